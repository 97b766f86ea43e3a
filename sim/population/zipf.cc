#include "sim/population/zipf.h"

#include <algorithm>
#include <bit>

#include "protocols/base/check.h"
#include "sim/population/fixed.h"

namespace mailcosm::sim {

std::uint64_t zipf_weight(std::uint64_t rank, std::int64_t exponent_millionths) {
  constexpr std::uint64_t kFirst = std::uint64_t{1} << 36;
  if (exponent_millionths == 0) return kFirst;
  const Fixed log = multiply(from_millionths(exponent_millionths), ln(rank));
  return std::max<std::uint64_t>(times_exp(kFirst, -log), 1);
}

Zipf::Zipf(std::uint64_t count, std::int64_t exponent_millionths) {
  CHECK(count > 0 && count <= std::uint64_t{1} << 27);
  CHECK(exponent_millionths >= 0 && exponent_millionths <= 5'000'000);
  sums_.reserve(count);
  std::uint64_t sum = 0, low = zipf_weight(1, exponent_millionths);
  for (std::uint64_t rank = 1; rank <= count;) {
    // A straight line over 1/256 of the rank's octave: off by less than 20 millionths of the
    // weight, and a hundred times as fast.
    constexpr int kPieces = 8;
    const int shift = std::max(63 - std::countl_zero(rank) - kPieces, 0);
    const std::uint64_t step = std::uint64_t{1} << shift;
    const std::uint64_t high = zipf_weight(rank + step, exponent_millionths);
    for (std::uint64_t i = 0; i < step && rank <= count; ++i, ++rank)
      sums_.push_back(sum += low - ((low - high) * i >> shift));
    low = high;
  }
}

std::uint64_t Zipf::draw(Random& random, std::uint64_t among) const {
  CHECK(among > 0 && among <= sums_.size());
  const auto end = sums_.begin() + static_cast<std::ptrdiff_t>(among);
  const std::uint64_t place = random.below(*(end - 1));
  return static_cast<std::uint64_t>(std::upper_bound(sums_.begin(), end, place) - sums_.begin()) +
         1;
}

}  // namespace mailcosm::sim
