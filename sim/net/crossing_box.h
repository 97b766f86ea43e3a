// CrossingBox: what one partition of a network has for another, until it is delivered.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "sim/net/crossing.h"

namespace mailcosm::sim {

// Keeps its memory when it is emptied. Aligned so that two threads that fill neighbours do not slow
// each other down.
class alignas(64) CrossingBox {
 public:
  void add(const CrossingPacket& arrival, const Packet& packet) {
    append_crossing(arrival, packet, bytes_);
    earliest_ = std::min(earliest_, arrival.key.time);
    ++packets_;
  }
  void add(const Loss& loss) { append_crossing(loss, bytes_); }

  std::string_view bytes() const { return bytes_; }
  // Of all arrivals; never if there is none.
  Instant earliest() const { return earliest_; }
  std::size_t packets() const { return packets_; }

  void clear() {
    bytes_.clear();
    earliest_ = Instant::never();
    packets_ = 0;
  }

 private:
  std::string bytes_;
  Instant earliest_ = Instant::never();
  std::size_t packets_ = 0;
};

}  // namespace mailcosm::sim
