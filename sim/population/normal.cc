#include "sim/population/normal.h"

namespace mailcosm::sim {
namespace {

__extension__ using Int128 = __int128;

constexpr int kBits = kFixedBits;

// Uniform in [-1, 1).
Fixed draw_coordinate(Random& random) {
  return static_cast<Fixed>(random.next() >> (63 - kBits)) - kFixedOne;
}

}  // namespace

// G. Marsaglia, T. A. Bray: A convenient method for generating normal variables, SIAM Review 6
// (1964). The second number of each pair is dropped, so that a draw depends on nothing before it.
Fixed draw_normal(Random& random) {
  while (true) {
    const Fixed x = draw_coordinate(random), y = draw_coordinate(random);
    const Fixed square = multiply(x, x) + multiply(y, y);
    if (square == 0 || square >= kFixedOne) continue;
    const Fixed log =
        2 * (ln(static_cast<std::uint64_t>(kFixedOne)) - ln(static_cast<std::uint64_t>(square)));
    // x and the root of `square` first: their quotient lies within [-1, 1].
    return multiply(divide(x, square_root(square)), square_root(log));
  }
}

}  // namespace mailcosm::sim
