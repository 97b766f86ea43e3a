// Lognormal: sizes whose logarithm is normal, as those of most messages and files.
#pragma once

#include <cstdint>

#include "protocols/base/random.h"
#include "sim/population/fixed.h"
#include "sim/population/normal.h"

namespace mailcosm::sim {

struct Lognormal {
  std::uint64_t median = 1;  // e^mu
  std::int64_t sigma = 0;    // millionths; at most 10

  std::uint64_t draw(Random& random) const {
    return times_exp(median, multiply(from_millionths(sigma), draw_normal(random)));
  }
};

}  // namespace mailcosm::sim
