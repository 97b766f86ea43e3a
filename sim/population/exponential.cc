#include "sim/population/exponential.h"

#include <algorithm>

namespace mailcosm::sim {

Fixed draw_exponential(Random& random) {
  // U is a multiple of 2^-64 and lies in (0, 1]: ln(2^64) - ln(2^64 U).
  constexpr Fixed kLargest = 0x2c5c85fdf473de6a;
  const std::uint64_t u = random.next();
  return u == 0 ? 0 : std::max<Fixed>(kLargest - ln(u), 0);
}

}  // namespace mailcosm::sim
