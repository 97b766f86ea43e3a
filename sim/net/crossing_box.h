// CrossingBoxes: what one partition of a network has for each of the others, until it is delivered.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/net/crossing.h"
#include "sim/net/shared_network.h"

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

  bool empty() const { return bytes_.empty(); }
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

// One box for each receiver, and a list of those with something in them: of many partitions, few
// are neighbours.
class alignas(64) CrossingBoxes {
 public:
  explicit CrossingBoxes(std::size_t partitions) : boxes_(partitions) { used_.reserve(partitions); }

  // For something to be added to.
  CrossingBox& box_for(PartitionIndex receiver) {
    CrossingBox& box = boxes_[receiver];
    if (box.empty()) used_.push_back(receiver);
    return box;
  }
  // Calls each(receiver, box) once for each box that has been used since the last call.
  template <typename Each>
  void collect(Each each) {
    for (const PartitionIndex receiver : used_) each(receiver, boxes_[receiver]);
    used_.clear();
  }
  std::size_t packets() const {
    std::size_t packets = 0;
    for (const CrossingBox& box : boxes_) packets += box.packets();
    return packets;
  }

 private:
  std::vector<CrossingBox> boxes_;  // by receiver
  std::vector<PartitionIndex> used_;
};

}  // namespace mailcosm::sim
