// Pareto: sizes with a heavy tail, P(X > x) = (min / x)^alpha.
#pragma once

#include <cstdint>

#include "protocols/base/random.h"

namespace mailcosm::sim {

struct Pareto {
  std::uint64_t min = 1;
  std::uint64_t max = 0;           // 0: none; else the distribution is cut off there
  std::int64_t alpha = 1'000'000;  // millionths; at least 0.5

  std::uint64_t draw(Random& random) const;
};

}  // namespace mailcosm::sim
