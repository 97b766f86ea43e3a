// SizeDistribution: how large messages are: one named distribution, or a mixture of some.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "protocols/base/random.h"
#include "sim/population/empirical.h"
#include "sim/population/exponential.h"
#include "sim/population/lognormal.h"
#include "sim/population/pareto.h"
#include "sim/population/uniform.h"

namespace mailcosm::sim {

struct SizeDistribution {
  using Shape = std::variant<Uniform, Exponential, Lognormal, Pareto, Empirical>;
  struct Part {
    std::uint64_t share = 1;  // of the sum of all; millionths in scenarios
    Shape shape;
  };
  std::vector<Part> parts;  // at least one
  // Larger draws are drawn again: the distribution is cut off here.
  std::uint64_t max = 0;

  std::uint64_t draw(Random& random) const;
};

}  // namespace mailcosm::sim
