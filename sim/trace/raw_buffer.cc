#include "sim/trace/raw_buffer.h"

namespace mailcosm::sim {

void RawBuffer::flush() {
  if (used_ != 0 && !failed_ && !sink_.write({memory_.get(), used_})) failed_ = true;
  used_ = 0;
}

void RawBuffer::make_room(std::size_t count) {
  flush();
  if (count <= capacity_) return;
  memory_ = std::make_unique_for_overwrite<char[]>(count);
  capacity_ = count;
}

}  // namespace mailcosm::sim
