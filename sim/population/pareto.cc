#include "sim/population/pareto.h"

#include <limits>

#include "sim/population/exponential.h"
#include "sim/population/fixed.h"

namespace mailcosm::sim {

// By inversion. The logarithm of a Pareto variable is exponential; one that is bounded is an
// exponential one that is bounded, drawn with U in (P(X > max), 1].
std::uint64_t Pareto::draw(Random& random) const {
  const Fixed shape = from_millionths(alpha);
  if (max == 0) return times_exp(min, divide(draw_exponential(random), shape));
  if (max <= min) return min;
  constexpr std::uint64_t kOne = std::numeric_limits<std::uint64_t>::max();
  const Fixed range = ln(max) - ln(min);
  const std::uint64_t beyond = times_exp(kOne, -multiply(shape, range));
  const std::uint64_t u = beyond + 1 + random.below(kOne - beyond);
  const std::uint64_t drawn = times_exp(min, divide(ln(kOne) - ln(u), shape));
  return drawn < max ? drawn : max;
}

}  // namespace mailcosm::sim
