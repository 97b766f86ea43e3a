#include "sim/world/expectations/delay_numbers.h"

#include <gtest/gtest.h>

#include <limits>

namespace mailcosm::sim::expectations {
namespace {

TEST(DelayNumbersTest, APercentileIsTheSmallestThatSoManyDoNotExceed) {
  std::vector<std::int64_t> delays;
  for (std::int64_t i = 200; i >= 1; --i) delays.push_back(i);
  const DelayNumbers numbers = numbers_of(delays);
  EXPECT_EQ(numbers.p50, Duration(100));
  EXPECT_EQ(numbers.p90, Duration(180));
  EXPECT_EQ(numbers.p95, Duration(190));
  EXPECT_EQ(numbers.p99, Duration(198));
  EXPECT_EQ(numbers.max, Duration(200));
}

TEST(DelayNumbersTest, BetweenTwoTheLargerOneCounts) {
  EXPECT_EQ(numbers_of({1, 2, 3}).p50, Duration(2));
  EXPECT_EQ(numbers_of({1, 2, 3, 4}).p50, Duration(2));
  EXPECT_EQ(numbers_of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).p90, Duration(9));
  EXPECT_EQ(numbers_of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}).p90, Duration(10));
}

TEST(DelayNumbersTest, OneDelayIsAllOfThem) {
  const DelayNumbers numbers = numbers_of({7});
  for (Duration each : {numbers.mean, numbers.p50, numbers.p90, numbers.p99, numbers.max})
    EXPECT_EQ(each, Duration(7));
}

TEST(DelayNumbersTest, TheMeanIsRoundedDown) {
  EXPECT_EQ(numbers_of({1, 2}).mean, Duration(1));
  EXPECT_EQ(numbers_of({2, 2, 4, 4}).mean, Duration(3));
  EXPECT_EQ(numbers_of({0, 0, 2}).mean, Duration(0));
}

TEST(DelayNumbersTest, TheMeanOfCenturiesDoesNotOverflow) {
  constexpr std::int64_t kLong = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(numbers_of({kLong, kLong, kLong - 3}).mean, Duration(kLong - 1));
}

}  // namespace
}  // namespace mailcosm::sim::expectations
