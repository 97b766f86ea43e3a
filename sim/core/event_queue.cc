#include "sim/core/event_queue.h"

#include <algorithm>
#include <bit>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// A slot of at most so many events is consumed whole: they are in order long before their turn, and
// their targets can be prefetched.
constexpr std::size_t kWholeMax = 2048;

}  // namespace

void EventQueue::push(const Event& event) {
  CHECK(last_popped_ < event.key);
  CHECK(!event.key.time.is_never());
  ++size_;
  if (tick_of(event.key.time.ns) > window_end_) {
    place(event);
    return;
  }
  if (late_.size() == kLateMax && window_end_ != current_tick_) {
    split();
    if (tick_of(event.key.time.ns) > window_end_) {
      place(event);
      return;
    }
  }
  late_.push_back({event.key.time.ns, &append(current_, event)});
  std::push_heap(late_.begin(), late_.end(), later);
}

Event EventQueue::pop() {
  CHECK(size_ != 0);
  if (next_ == order_.size() && late_.empty()) advance();
  const Event* event;
  if (late_.empty() || (next_ < order_.size() && earlier(order_[next_], late_.front()))) {
    event = order_[next_++].event;
    was_late_ = false;
  } else {
    was_late_ = true;
    std::pop_heap(late_.begin(), late_.end(), later);
    event = late_.back().event;
    late_.pop_back();
  }
  CHECK(last_popped_ < event->key);
  last_popped_ = event->key;
  --size_;
  return *event;
}

Instant EventQueue::next_time() const {
  if (size_ == 0) return Instant::never();
  if (!late_.empty()) {
    const std::int64_t late_ns = late_.front().time_ns;
    return Instant{next_ < order_.size() ? std::min(late_ns, order_[next_].time_ns) : late_ns};
  }
  if (next_ < order_.size()) return Instant{order_[next_].time_ns};
  const Position at = next_slot();
  return Instant{levels_[at.level].slots[at.slot].earliest_ns};
}

const Event& EventQueue::append(Slot& slot, const Event& event) {
  if (slot.last == nullptr || slot.last->count == kChunkEvents) add_chunk(slot);
  ++slot.count;
  return slot.last->events[slot.last->count++] = event;
}

void EventQueue::add_chunk(Slot& slot) {
  if (free_ == nullptr) {
    blocks_.push_back(std::make_unique<Chunk[]>(block_chunks_));
    for (std::size_t i = block_chunks_; i-- > 0;) {
      blocks_.back()[i].next = free_;
      free_ = &blocks_.back()[i];
    }
    block_chunks_ = std::min(2 * block_chunks_, kBlockChunks);
  }
  Chunk* chunk = free_;
  free_ = chunk->next;
  chunk->next = nullptr;
  chunk->count = 0;
  (slot.last == nullptr ? slot.first : slot.last->next) = chunk;
  slot.last = chunk;
}

void EventQueue::release(Slot& slot) {
  if (slot.last == nullptr) return;
  slot.last->next = free_;
  free_ = slot.first;
  slot = {};
}

void EventQueue::place(const Event& event) {
  const auto tick = static_cast<std::uint64_t>(tick_of(event.key.time.ns));
  const std::uint64_t difference = tick ^ static_cast<std::uint64_t>(current_tick_);
  const auto level = static_cast<std::size_t>((63 - std::countl_zero(difference)) / kSlotBits);
  const std::size_t index = tick >> (kSlotBits * level) & (kSlots - 1);
  Level& wheel = levels_[level];
  Slot& slot = wheel.slots[index];
  if (slot.first == nullptr) {
    wheel.occupied[index / 64] |= std::uint64_t{1} << (index % 64);
    occupied_levels_ |= 1u << level;
    slot.earliest_ns = event.key.time.ns;
  } else if (event.key.time.ns < slot.earliest_ns) {
    slot.earliest_ns = event.key.time.ns;
  }
  append(slot, event);
}

// Lower levels come earlier, and so do lower slots of one: what is on a level
// is later than the current time in that digit, and equal to it in those above.
EventQueue::Position EventQueue::next_slot() const {
  CHECK(occupied_levels_ != 0);
  const auto level = static_cast<std::size_t>(std::countr_zero(occupied_levels_));
  std::size_t word = 0;
  while (levels_[level].occupied[word] == 0) ++word;
  const auto bit = static_cast<std::size_t>(std::countr_zero(levels_[level].occupied[word]));
  return {level, word * 64 + bit};
}

void EventQueue::advance() {
  release(current_);
  order_.clear();
  next_ = 0;
  const Position at = next_slot();
  Slot opened = take(at);
  is_told_ = opened.first == told_;
  told_ = nullptr;
  // Time jumps to the earliest event, wherever in its slot that is: nothing is
  // before it.
  current_tick_ = tick_of(opened.earliest_ns);
  window_end_ = current_tick_;
  if (at.level == 0 || opened.count <= kWholeMax) {
    window_end_ |= (std::int64_t{1} << (kSlotBits * at.level)) - 1;
    current_ = opened;
  } else {
    // Each chunk is free before the next one is read: two copies of a crowded slot would be many.
    while (opened.first != nullptr) {
      Chunk* chunk = opened.first;
      opened.first = chunk->next;
      if (opened.first != nullptr) __builtin_prefetch(opened.first);
      for (std::size_t i = 0; i < chunk->count; ++i) distribute(chunk->events[i]);
      chunk->next = free_;
      free_ = chunk;
    }
  }
  sort_current();
}

EventQueue::Slot EventQueue::take(Position at) {
  Level& wheel = levels_[at.level];
  wheel.occupied[at.slot / 64] &= ~(std::uint64_t{1} << (at.slot % 64));
  if ((wheel.occupied[0] | wheel.occupied[1] | wheel.occupied[2] | wheel.occupied[3]) == 0)
    occupied_levels_ &= ~(1u << at.level);
  const Slot slot = wheel.slots[at.slot];
  wheel.slots[at.slot] = {};
  return slot;
}

void EventQueue::distribute(const Event& event) {
  if (tick_of(event.key.time.ns) == current_tick_) {
    append(current_, event);
  } else {
    place(event);
  }
}

void EventQueue::split() {
  current_tick_ = std::max(current_tick_, tick_of(last_popped_.time.ns));
  window_end_ = current_tick_;
  Slot window = current_;
  current_ = {};
  for (; next_ < order_.size(); ++next_) distribute(*order_[next_].event);
  for (const Place& place : late_) distribute(*place.event);
  late_.clear();
  order_.clear();
  next_ = 0;
  release(window);
  sort_current();
}

void EventQueue::sort_current() {
  bool sorted = true;
  for (const Chunk* chunk = current_.first; chunk != nullptr; chunk = chunk->next) {
    for (std::size_t i = 0; i < chunk->count; ++i) {
      const Place place{chunk->events[i].key.time.ns, &chunk->events[i]};
      sorted = sorted && (order_.empty() || earlier(order_.back(), place));
      order_.push_back(place);
    }
  }
  if (sorted) return;
  constexpr std::size_t kFewEnough = 256;
  if (order_.size() <= kFewEnough) {
    std::sort(order_.begin(), order_.end(), earlier);
  } else {
    sort_by_bins();
  }
}

// First into bins, by time; a bin that then holds more than one is sorted by comparison.
void EventQueue::sort_by_bins() {
  constexpr int kBinBits = 8;
  constexpr std::size_t kBins = 1u << kBinBits;
  const std::int64_t begin_ns = (current_tick_ - 1) << kGranularityBits;
  const auto ticks = static_cast<std::uint64_t>(window_end_ - current_tick_ + 1);
  const int shift = kGranularityBits + static_cast<int>(std::bit_width(ticks - 1)) - kBinBits;
  const auto bin_of = [begin_ns, shift](const Place& place) {
    return static_cast<std::size_t>((place.time_ns - begin_ns) >> shift);
  };
  std::array<std::uint32_t, kBins + 1> ends{};
  for (const Place& place : order_) ++ends[bin_of(place) + 1];
  for (std::size_t bin = 0; bin < kBins; ++bin) ends[bin + 1] += ends[bin];
  scratch_.resize(order_.size());
  for (const Place& place : order_) scratch_[ends[bin_of(place)]++] = place;
  order_.swap(scratch_);
  std::uint32_t begin = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    std::sort(order_.begin() + begin, order_.begin() + ends[bin], earlier);
    begin = ends[bin];
  }
}

}  // namespace mailcosm::sim
