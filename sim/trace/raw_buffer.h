// RawBuffer: collects octets for a ByteSink in one piece of memory that writers fill by pointer, so
// that the sink is called once per 64 KiB and no octet is copied in between.
#pragma once

#include <cstddef>
#include <memory>

#include "sim/trace/byte_sink.h"

namespace mailcosm::sim {

class RawBuffer {
 public:
  // The sink must outlive the buffer.
  explicit RawBuffer(ByteSink& sink)
      : sink_(sink), memory_(std::make_unique_for_overwrite<char[]>(kCapacity)) {}

  // Memory for `count` octets, until the next call. It grows for a larger count than any before.
  char* room(std::size_t count) {
    if (capacity_ - used_ < count) make_room(count);
    return memory_.get() + used_;
  }
  // The room is filled up to here.
  void filled_to(const char* end) { used_ = static_cast<std::size_t>(end - memory_.get()); }

  void flush();
  // Whether the sink has refused anything. Then nothing more is written.
  bool failed() const { return failed_; }

 private:
  static constexpr std::size_t kCapacity = 65'536;
  void make_room(std::size_t count);

  ByteSink& sink_;
  std::unique_ptr<char[]> memory_;
  std::size_t capacity_ = kCapacity;
  std::size_t used_ = 0;
  bool failed_ = false;
};

}  // namespace mailcosm::sim
