// Empirical: a measured distribution, given as shares of intervals and uniform within each.
#pragma once

#include <cstdint>
#include <vector>

#include "protocols/base/random.h"

namespace mailcosm::sim {

struct Empirical {
  struct Interval {
    std::uint64_t below = 0;  // from the `below` of the interval before (or `from`) up to here
    std::uint64_t share = 0;  // of the sum of all
  };
  std::uint64_t from = 0;
  std::vector<Interval> intervals;  // ascending, each `below` more than the one before

  std::uint64_t draw(Random& random) const;
};

}  // namespace mailcosm::sim
