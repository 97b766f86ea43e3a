#include "sim/golden/align.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(AlignTest, FindsTheLongestCommonSubsequence) {
  EXPECT_EQ(align({}, {}), Pairs());
  EXPECT_EQ(align({1}, {}), Pairs());
  EXPECT_EQ(align({1, 2, 3}, {1, 2, 3}), (Pairs{{0, 0}, {1, 1}, {2, 2}}));
  EXPECT_EQ(align({1, 3}, {1, 2, 3}), (Pairs{{0, 0}, {1, 2}}));
  EXPECT_EQ(align({1, 2, 9, 3, 4}, {5, 2, 3, 6}), (Pairs{{1, 1}, {3, 2}}));
  EXPECT_EQ(align({1, 1, 1}, {1, 1}), (Pairs{{0, 0}, {1, 1}}));
}

TEST(AlignTest, GivesEqualEndsOnlyBeyondItsLimit) {
  std::vector<std::uint64_t> left(3'000);
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  std::vector<std::uint64_t> right = left;
  right[1] = right[2'998] = 99'999;
  EXPECT_EQ(align(left, right), (Pairs{{0, 0}, {2'999, 2'999}}));
}

}  // namespace
}  // namespace mailcosm::sim
