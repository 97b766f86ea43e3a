#include "sim/core/event_queue.h"

#include <algorithm>
#include <bit>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

bool earlier(const Event& a, const Event& b) { return a.key < b.key; }

}  // namespace

void EventQueue::push(const Event& event) {
  CHECK(last_popped_ < event.key);
  CHECK(!event.key.time.is_never());
  ++size_;
  const std::int64_t tick = event.key.time.ns >> kGranularityBits;
  if (tick > current_tick_) {
    place(event);
    return;
  }
  // It belongs to the slot being consumed (or to one that was looked at but had nothing yet):
  // insert in order.
  const auto begin = current_.begin() + static_cast<std::ptrdiff_t>(current_at_);
  const auto at = std::lower_bound(begin, current_.end(), event, earlier);
  CHECK(at == current_.end() || at->key != event.key);
  current_.insert(at, event);
}

void EventQueue::place(const Event& event) {
  const auto tick = static_cast<std::uint64_t>(event.key.time.ns >> kGranularityBits);
  // The lowest level on which the event's slot differs from the current one.
  const std::uint64_t difference = tick ^ static_cast<std::uint64_t>(current_tick_);
  const int level = difference == 0 ? 0 : (63 - std::countl_zero(difference)) / kSlotBits;
  const std::size_t slot = tick >> (kSlotBits * level) & (kSlots - 1);
  Level& wheel = levels_[static_cast<std::size_t>(level)];
  wheel.slots[slot].push_back(event);
  wheel.occupied[slot / 64] |= std::uint64_t{1} << (slot % 64);
}

Event EventQueue::pop() {
  CHECK(size_ != 0);
  if (current_at_ == current_.size()) advance();
  const Event event = current_[current_at_++];
  CHECK(last_popped_ < event.key);
  last_popped_ = event.key;
  --size_;
  return event;
}

Instant EventQueue::next_time() {
  if (size_ == 0) return Instant::never();
  if (current_at_ == current_.size()) advance();
  return current_[current_at_].key.time;
}

void EventQueue::advance() {
  current_.clear();
  current_at_ = 0;
  while (current_.empty()) {
    int level = 0;
    int slot = -1;
    for (; level < kLevels; ++level) {
      const auto position =
          static_cast<std::size_t>(current_tick_ >> (kSlotBits * level)) & (kSlots - 1);
      slot = find_occupied(level, position);
      if (slot >= 0) break;
    }
    CHECK(slot >= 0);
    open_slot(level, static_cast<std::size_t>(slot));
  }
  std::sort(current_.begin(), current_.end(), earlier);
}

int EventQueue::find_occupied(int level, std::size_t from) const {
  const Level& wheel = levels_[static_cast<std::size_t>(level)];
  for (std::size_t word = from / 64; word < wheel.occupied.size(); ++word) {
    std::uint64_t bits = wheel.occupied[word];
    if (word == from / 64) bits &= ~std::uint64_t{0} << (from % 64);
    if (bits != 0) return static_cast<int>(word * 64) + std::countr_zero(bits);
  }
  return -1;
}

void EventQueue::open_slot(int level, std::size_t slot) {
  Level& wheel = levels_[static_cast<std::size_t>(level)];
  wheel.occupied[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
  // Time moves to the start of that slot: higher digits stay, this one is set, lower ones become
  // zero.
  const int digit_shift = kSlotBits * level;
  const std::int64_t above = level + 1 < kLevels ? current_tick_ >> (digit_shift + kSlotBits)
                                                                        << (digit_shift + kSlotBits)
                                                 : 0;
  current_tick_ = above | static_cast<std::int64_t>(slot) << digit_shift;
  if (level == 0) {
    current_.swap(wheel.slots[slot]);
    return;
  }
  moving_.clear();
  moving_.swap(wheel.slots[slot]);
  for (const Event& event : moving_) {
    if (event.key.time.ns >> kGranularityBits == current_tick_) {
      current_.push_back(event);
    } else {
      place(event);
    }
  }
}

}  // namespace mailcosm::sim
