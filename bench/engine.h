// The event engine under the hold model: pop the earliest event, dispatch it to its agent, and let
// it schedule one more, exponentially later.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

// Nanoseconds of real time for each event with `pending` events and agents, over `events` events.
double hold(std::uint64_t pending, std::uint64_t events);

// With 1,000 to 10,000,000 pending, as far as `pending_max`.
Figures measure_engine(std::uint64_t pending_max);

}  // namespace mailcosm::bench
