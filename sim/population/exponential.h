// Exponential: the time until something that may happen at any moment alike.
#pragma once

#include <cstdint>

#include "protocols/base/random.h"
#include "sim/population/fixed.h"

namespace mailcosm::sim {

// With mean 1: -ln(1 - U). Between 0 and 44.4.
Fixed draw_exponential(Random& random);

struct Exponential {
  std::uint64_t mean = 1;
  std::uint64_t draw(Random& random) const { return times(mean, draw_exponential(random)); }
};

}  // namespace mailcosm::sim
