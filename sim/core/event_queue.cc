#include "sim/core/event_queue.h"

#include <algorithm>
#include <bit>

#include "protocols/base/check.h"

namespace mailcosm::sim {
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
  const Place place{event.key.time.ns, static_cast<std::uint32_t>(current_.size())};
  current_.push_back(event);
  const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(current_at_);
  const auto at = std::lower_bound(
      begin, order_.end(), place, [this](const Place& a, const Place& b) { return earlier(a, b); });
  CHECK(at == order_.end() || current_[at->index].key != event.key);
  order_.insert(at, place);
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
  if (current_at_ == order_.size()) advance();
  const Event& event = current_[order_[current_at_++].index];
  CHECK(last_popped_ < event.key);
  last_popped_ = event.key;
  --size_;
  return event;
}

Instant EventQueue::next_time() {
  if (size_ == 0) return Instant::never();
  if (current_at_ == order_.size()) advance();
  return Instant{order_[current_at_].time_ns};
}

Instant EventQueue::earliest() {
  if (size_ == 0) return Instant::never();
  if (current_at_ < order_.size()) return Instant{order_[current_at_].time_ns};
  const auto [level, place] = next_slot();
  const std::vector<Event>& slot =
      levels_[static_cast<std::size_t>(level)].slots[static_cast<std::size_t>(place)];
  if (seen_.slot != &slot) seen_ = {&slot, 0, Instant::never()};
  for (; seen_.events < slot.size(); ++seen_.events)
    seen_.earliest = std::min(seen_.earliest, slot[seen_.events].key.time);
  return seen_.earliest;
}

std::pair<int, int> EventQueue::next_slot() const {
  for (int level = 0; level < kLevels; ++level) {
    const auto position =
        static_cast<std::size_t>(current_tick_ >> (kSlotBits * level)) & (kSlots - 1);
    const int slot = find_occupied(level, position);
    if (slot >= 0) return {level, slot};
  }
  CHECK(false);
  return {};
}

void EventQueue::advance() {
  current_.clear();
  current_at_ = 0;
  seen_ = {};
  while (current_.empty()) {
    const auto [level, slot] = next_slot();
    open_slot(level, static_cast<std::size_t>(slot));
  }
  sort_current();
}

// Sorts places, which are a third of the size of events: first into as many bins as a slot has room
// for, by time; a bin that then holds more than a few is sorted by comparison.
void EventQueue::sort_current() {
  constexpr int kBinBits = 8;
  constexpr int kBinShift = kGranularityBits - kBinBits;
  constexpr std::size_t kBins = 1u << kBinBits;
  const auto bin_of = [](const Event& event) {
    return static_cast<std::size_t>(event.key.time.ns >> kBinShift) & (kBins - 1);
  };
  const auto before = [this](const Place& a, const Place& b) { return earlier(a, b); };
  order_.resize(current_.size());
  if (current_.size() <= 2 * kBins) {
    for (std::size_t i = 0; i < current_.size(); ++i)
      order_[i] = {current_[i].key.time.ns, static_cast<std::uint32_t>(i)};
    std::sort(order_.begin(), order_.end(), before);
    return;
  }
  std::array<std::uint32_t, kBins + 1> ends{};
  for (const Event& event : current_) ++ends[bin_of(event) + 1];
  for (std::size_t bin = 0; bin < kBins; ++bin) ends[bin + 1] += ends[bin];
  for (std::size_t i = 0; i < current_.size(); ++i)
    order_[ends[bin_of(current_[i])]++] = {current_[i].key.time.ns, static_cast<std::uint32_t>(i)};
  std::uint32_t begin = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    std::sort(order_.begin() + begin, order_.begin() + ends[bin], before);
    begin = ends[bin];
  }
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
