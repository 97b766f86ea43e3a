// The event engine under the hold model: pop the earliest event, dispatch it to its agent, and let
// it schedule one more, a random delay later.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

// How the delays are distributed. A queue that is fast for one may be slow for another.
enum class Delays : std::uint8_t {
  kExponential,  // mean 1 s: the work for which figures of other simulators are known
  kUniform,      // 0 to 2 s
  kTwoScales,    // nine of ten about a millisecond, the others about a day
  kHeavyTail,    // Pareto, shape 1.1, from 10 us to 30 days
  kEqual,        // always 1 s, and all begin together: every event of a round ties
};
const char* name_of(Delays delays);

// Nanoseconds of real time for each event with `pending` events and agents: the median of `runs`
// runs of `events` events.
double hold(std::uint64_t pending, std::uint64_t events, Delays delays, int runs);

// With 1,000 to 10,000,000 pending, as far as `pending_max`; then the other delays.
Figures measure_engine(std::uint64_t pending_max);

}  // namespace mailcosm::bench
