// When a timer of the Linux kernel really fires: on a tick of its clock, and the coarser the
// farther away it is (kernel/time/timer.c: a wheel without cascading; each level has 64 slots, and
// is eight times coarser than the one below). Never early, up to an eighth of the wait late.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

// Linux's TCP_TIMEOUT_MIN: what a tail loss probe waits beyond two round trips, and the reordering
// timer beyond the reordering window.
inline constexpr Duration kTimeoutMin = std::chrono::milliseconds(2);

// `now + wait` as such a timer sees it. A tick of zero stands for an ideal clock.
inline Instant fires_at(Instant now, Duration wait, Duration tick) {
  if (tick == Duration(0)) return now + wait;
  const std::int64_t current = now.ns / tick.count();
  const std::int64_t ticks = (wait.count() + tick.count() - 1) / tick.count();
  constexpr int kLevelShift = 3;
  constexpr std::int64_t kSlots = 64;
  int shift = 0;
  for (std::int64_t reach = kSlots - 1; ticks >= reach && shift < 8 * kLevelShift;
       reach <<= kLevelShift) {
    shift += kLevelShift;
  }
  const std::int64_t granule = std::int64_t{1} << shift;
  const std::int64_t slot = (current + ticks + granule) >> shift;
  return Instant{(slot << shift) * tick.count()};
}

}  // namespace mailcosm::sim
