#include "sim/population/fixed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "protocols/base/random.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

long double real(Fixed x) {
  return static_cast<long double>(x) / static_cast<long double>(kFixedOne);
}
Fixed fixed(long double x) { return static_cast<Fixed>(x * static_cast<long double>(kFixedOne)); }

long double distance(long double a, long double b) { return std::fabs(a - b); }

const long double kTolerance = std::ldexp(1.0L, -52);

TEST(FixedTest, TakesLogarithms) {
  EXPECT_EQ(ln(1), 0);
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t x = (random.next() >> random.below(64)) | 1;
    EXPECT_LE(distance(real(ln(x)), std::log(static_cast<long double>(x))), 44 * kTolerance) << x;
  }
  EXPECT_LE(distance(real(ln(kLargest)), 64 * std::log(2.0L)), 44 * kTolerance);
}

TEST(FixedTest, LogarithmsNeverFall) {
  Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t x = (random.next() >> (1 + random.below(62))) | 1;
    EXPECT_LE(ln(x), ln(x + 1)) << x;
  }
}

TEST(FixedTest, MultipliesByPowersOfE) {
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    const auto x = static_cast<Fixed>(random.below(40 * static_cast<std::uint64_t>(kFixedOne))) -
                   20 * kFixedOne;
    const std::uint64_t value = random.below(std::uint64_t{1} << 34) + (std::uint64_t{1} << 32);
    const long double expected = static_cast<long double>(value) * std::exp(real(x));
    EXPECT_LE(distance(static_cast<long double>(times_exp(value, x)), expected),
              expected * 8 * kTolerance + 1)
        << value << " " << x;
  }
}

TEST(FixedTest, PowersOfEEndAtTheLargestAndAtNothing) {
  EXPECT_EQ(times_exp(7, 0), 7u);
  EXPECT_EQ(times_exp(kLargest, 0), kLargest);
  EXPECT_EQ(times_exp(2, fixed(43.7L)), kLargest);
  EXPECT_EQ(times_exp(1, fixed(127)), kLargest);
  EXPECT_EQ(times_exp(0, fixed(127)), 0u);
  EXPECT_EQ(times_exp(kLargest, fixed(-127)), 0u);
  EXPECT_EQ(times_exp(1, -1), 0u);
}

TEST(FixedTest, Multiplies) {
  EXPECT_EQ(multiply(fixed(1.5L), fixed(-2.5L)), fixed(-3.75L));
  EXPECT_EQ(divide(fixed(-3.75L), fixed(1.5L)), fixed(-2.5L));
  EXPECT_EQ(times(10, fixed(2.5L)), 25u);
  EXPECT_EQ(times(3, fixed(0.5L)), 1u);
  EXPECT_EQ(times(kLargest, fixed(2)), kLargest);
  EXPECT_EQ(from_millionths(1'500'000), fixed(1.5L));
  EXPECT_EQ(from_millionths(-250'000), fixed(-0.25L));
}

TEST(FixedTest, TakesRoots) {
  EXPECT_EQ(square_root(0), 0);
  EXPECT_EQ(square_root(fixed(6.25L)), fixed(2.5L));
  Random random(4);
  for (int i = 0; i < 20'000; ++i) {
    const auto x = static_cast<Fixed>(random.next() >> (1 + random.below(62)));
    EXPECT_LE(distance(real(square_root(x)), std::sqrt(real(x))), 16 * kTolerance) << x;
  }
}

}  // namespace
}  // namespace mailcosm::sim
