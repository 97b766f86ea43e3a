// EventQueue: a monotone priority queue of events, flat in their number and insensitive to the mix
// of milliseconds and days that mail has.
//
// A hierarchical timing wheel: level 0 has 256 slots of 2^8 ns; each level above has 256 slots 256
// times as wide. An event waits in the lowest level on which its slot is not that of the current
// time. When time reaches a slot of many events, they move to lower levels; a slot of few is
// consumed as it is, however wide, for moving them would cost more than sorting them. What is
// consumed is sorted by key (places of events, not the events, which are larger), so that the order
// is the total order of EventKey and never that of insertion. What is pushed meanwhile into the
// window of time that the slot covers waits in a small heap; when that is no longer small, the
// window is split over lower levels after all. A heap for everything costs a factor of ten at a
// million pending events; a calendar queue collapses on skewed times.
//
// push() may only add events that are not before the last one popped. Slots are lists of chunks of
// one pool: memory follows the number of pending events (about 55 octets each, at the highest that
// the queue has seen), not the capacity that single slots once had. Nothing is allocated per event
// once the queue has reached its working size.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
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
  // Time of the next event, or never. Moves nothing: events before it may still be pushed.
  Instant next_time() const;
  Instant earliest() const { return next_time(); }
  // Whether the next event is before `end`.
  bool has_before(Instant end) const { return next_time() < end; }

  // The event that is about `distance` places after the next one, or null if that is not known yet:
  // for prefetching.
  const Event* ahead(std::size_t distance) const {
    return next_ + distance < order_.size() ? order_[next_ + distance].event : nullptr;
  }
  // The same for whoever wants to miss as few as possible: to be called after each pop(), tells
  // `ask` of nearly all events, most of them once and some events before their turn.
  template <typename Ask>
  void look_ahead(const Ask& ask);
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

 private:
  static constexpr int kSlotBits = 8;
  static constexpr std::size_t kSlots = 1u << kSlotBits;
  static constexpr int kGranularityBits = 8;
  static constexpr int kLevels = 7;                  // 8 + 7 * 8 = 64 bits: covers every int64
  static constexpr std::size_t kLateMax = 128;       // events of the heap
  static constexpr std::size_t kChunkEvents = 10;    // a chunk has 496 octets
  static constexpr std::size_t kBlockChunks = 1024;  // allocated at once, at most
  // How far ahead events are told of. Few, because those that are close together in time may be no
  // more at once than these.
  static constexpr std::size_t kAhead = 3;
  static constexpr std::size_t kSmallSlot = 32;  // events of a slot that is told of before its turn

  struct Chunk {
    Chunk* next;
    std::size_t count;
    std::array<Event, kChunkEvents> events;
  };
  struct Slot {
    Chunk* first = nullptr;
    Chunk* last = nullptr;
    std::size_t count = 0;
    std::int64_t earliest_ns = 0;  // only of slots of the wheel that are not empty
  };
  struct Level {
    std::array<Slot, kSlots> slots;
    std::array<std::uint64_t, kSlots / 64> occupied{};
  };
  // Where an event of the current slot is. Its own copy of the time decides most comparisons.
  struct Place {
    std::int64_t time_ns;
    const Event* event;
  };

  // Units of the wheel begin with 1, so that 0 is before every event.
  static std::int64_t tick_of(std::int64_t time_ns) { return (time_ns >> kGranularityBits) + 1; }
  static bool earlier(const Place& a, const Place& b) {
    return a.time_ns != b.time_ns ? a.time_ns < b.time_ns : a.event->key < b.event->key;
  }
  static bool later(const Place& a, const Place& b) { return earlier(b, a); }

  const Event& append(Slot& slot, const Event& event);
  void add_chunk(Slot& slot);
  void release(Slot& slot);
  void place(const Event& event);
  // The level and index of the slot that holds the earliest event of the wheel. REQUIRES: the wheel
  // is not empty.
  struct Position {
    std::size_t level;
    std::size_t slot;
  };
  Position next_slot() const;
  // Makes the tick of the earliest event of the wheel current. REQUIRES: the current slot is
  // consumed, the wheel is not empty.
  void advance();
  Slot take(Position at);
  // Makes `event` current, or puts it into the wheel.
  void distribute(const Event& event);
  // Narrows the window to one tick.
  void split();
  void sort_current();
  void sort_by_bins();
  // Tells `ask` of the share of the next slot, if that is small, for when `left` events of this one
  // are.
  template <typename Ask>
  void look_beyond(std::size_t left, const Ask& ask);

  std::array<Level, kLevels> levels_;
  std::uint32_t occupied_levels_ = 0;
  std::int64_t current_tick_ = 0;
  std::int64_t window_end_ = 0;  // the last tick of the window, which begins at current_tick_
  Slot current_;                 // the events of the window
  std::vector<Place> order_;     // those that were there when it became current
  std::size_t next_ = 0;         // the first of order_ that is not popped
  bool was_late_ = false;        // what was popped last
  bool is_told_ = false;         // all of order_, by look_ahead()
  const Chunk* told_ = nullptr;  // where the slot begins that was told of, before its turn
  std::vector<Place> late_;      // a heap of those that came later
  std::vector<Place> scratch_;
  Chunk* free_ = nullptr;
  std::vector<std::unique_ptr<Chunk[]>> blocks_;
  std::size_t block_chunks_ = 4;  // of the next block
  std::size_t size_ = 0;
  EventKey last_popped_{Instant{-1}, EventClass::kScenario, 0, 0};
};

template <typename Ask>
void EventQueue::look_ahead(const Ask& ask) {
  if (was_late_) {
    if (!late_.empty()) ask(*late_.front().event);
    return;
  }
  const std::size_t left = order_.size() - next_;
  if (left < kAhead) return look_beyond(left, ask);
  if (!is_told_) ask(*order_[next_ + kAhead - 1].event);
}

template <typename Ask>
void EventQueue::look_beyond(std::size_t left, const Ask& ask) {
  if (occupied_levels_ == 0) return;
  const Position at = next_slot();
  const Slot& slot = levels_[at.level].slots[at.slot];
  if (slot.count > kSmallSlot) return;
  const std::size_t steps = std::min(kAhead, order_.size());
  const std::size_t end = slot.count * (steps - left) / steps;
  std::size_t i = slot.count * (steps - left - 1) / steps;
  told_ = slot.first;
  const Chunk* chunk = slot.first;
  for (std::size_t skip = i / kChunkEvents; skip > 0; --skip) chunk = chunk->next;
  for (; i < end; ++i) {
    ask(chunk->events[i % kChunkEvents]);
    if (i % kChunkEvents == kChunkEvents - 1) chunk = chunk->next;
  }
}

}  // namespace mailcosm::sim
