#include "sim/net/time_wait.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {

std::uint32_t TimeWaitTable::add(const TimeWaitRecord& record) {
  std::uint32_t index = free_;
  if (index == kNone) {
    index = static_cast<std::uint32_t>(records_.size());
    records_.emplace_back();
  } else {
    free_ = records_[index].next;
  }
  records_[index] = record;
  append(index);
  ++size_;
  return index;
}

void TimeWaitTable::append(std::uint32_t index) {
  records_[index].next = kNone;
  if (last_ == kNone) {
    first_ = index;
  } else {
    records_[last_].next = index;
  }
  last_ = index;
}

void TimeWaitTable::remove_first() {
  CHECK(first_ != kNone);
  const std::uint32_t index = first_;
  first_ = records_[index].next;
  if (first_ == kNone) last_ = kNone;
  records_[index].next = free_;
  free_ = index;
  if (--size_ == 0) clear();
}

void TimeWaitTable::move_first_to_end() {
  const std::uint32_t index = first_;
  if (index == last_) return;
  first_ = records_[index].next;
  append(index);
}

void TimeWaitTable::clear() {
  std::vector<TimeWaitRecord>().swap(records_);
  first_ = last_ = free_ = kNone;
  size_ = 0;
}

}  // namespace mailcosm::sim
