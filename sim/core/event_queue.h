// EventQueue: a monotone priority queue of events, flat in their number and insensitive to the mix
// of milliseconds and days that mail has.
//
// A hierarchical timing wheel: level 0 has 256 slots of 2^13 ns (8 microseconds); each level above
// has 256 slots 256 times as wide. An event waits in the lowest level whose span from the current
// time still holds it, and moves down when time reaches its slot. Of the slot that time has reached
// the places are sorted by key (not the events, which are larger) and consumed in order, so that
// the order is the total order of EventKey and never that of insertion. A heap costs a factor of
// ten at a million pending events; a calendar queue collapses on skewed times.
//
// push() may only add events that are not before the last one popped. Memory of emptied slots is
// reused; nothing is allocated per event once the queue has reached its working size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/core/event.h"

namespace mailcosm::sim {

class EventQueue {
 public:
  // REQUIRES: the key is greater than that of the event popped last. Equal keys are a CHECK
  // failure.
  void push(const Event& event);
  // REQUIRES: !empty().
  Event pop();
  // Time of the next event, or never. Moves events between levels but changes no order.
  Instant next_time();
  // The same, but nothing moves: for who only looks, and will push earlier events before it pops.
  Instant earliest();
  // Whether the next event is before `end`, by moving as little as possible.
  bool has_before(Instant end) {
    if (current_at_ < order_.size()) return order_[current_at_].time_ns < end.ns;
    return size_ != 0 && earliest() < end;
  }

  // The event that will come `distance` places after the next one, or null if that is not known
  // yet: for prefetching.
  const Event* ahead(std::size_t distance) const {
    return current_at_ + distance < order_.size() ? &current_[order_[current_at_ + distance].index]
                                                  : nullptr;
  }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

 private:
  static constexpr int kSlotBits = 8;
  static constexpr std::size_t kSlots = 1u << kSlotBits;
  static constexpr int kGranularityBits = 13;
  static constexpr int kLevels = 7;  // 13 + 7 * 8 = 69 bits: covers every int64

  struct Level {
    std::array<std::vector<Event>, kSlots> slots;
    std::array<std::uint64_t, kSlots / 64> occupied{};
  };

  static int shift_of(int level) { return kGranularityBits + kSlotBits * level; }
  void place(const Event& event);
  // Makes the slot of the earliest pending event current. REQUIRES: current slot consumed, queue
  // not empty.
  void advance();
  // The slot of the lowest level that holds something: level and place.
  std::pair<int, int> next_slot() const;
  // First occupied slot of `level` at or after `from`, or -1.
  int find_occupied(int level, std::size_t from) const;
  void open_slot(int level, std::size_t slot);

  std::array<Level, kLevels> levels_;
  // The slot being consumed: its events as they came, and their order.
  struct Place {
    std::int64_t time_ns;
    std::uint32_t index;  // in current_
  };
  bool earlier(const Place& a, const Place& b) const {
    if (a.time_ns != b.time_ns) return a.time_ns < b.time_ns;
    return current_[a.index].key < current_[b.index].key;
  }
  void sort_current();
  std::vector<Event> current_;
  std::vector<Place> order_;
  std::size_t current_at_ = 0;     // first of order_ not popped
  std::int64_t current_tick_ = 0;  // time >> kGranularityBits of that slot
  std::vector<Event> moving_;      // scratch space while a slot moves down
  // The slot that earliest() looked at last, and what it found among its first events. Slots grow
  // at the end only, until time reaches them.
  struct Seen {
    const std::vector<Event>* slot = nullptr;
    std::size_t events = 0;
    Instant earliest = Instant::never();
  };
  Seen seen_;
  std::size_t size_ = 0;
  EventKey last_popped_{Instant{-1}, EventClass::kScenario, 0, 0};
};

}  // namespace mailcosm::sim
