// Fan-out: one mail to a list of lists. Its server sends it on to one address of every domain, which
// stands there for everybody.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

struct TreeResult {
  double seconds = 0;  // of real time, without set-up
  std::uint64_t stored = 0;
  std::uint64_t packets = 0;
};
// One mail of 10 kB to `members`, twenty in each domain. REQUIRES: a multiple of 20.
TreeResult run_tree(std::uint64_t members);

// With 100, 1,000, ... members, as far as `members_max` (at least 20): the cost of a delivery must
// not grow.
Figures measure_trees(std::uint64_t members_max);

}  // namespace mailcosm::bench
