#include "protocols/base/random.h"

#include <gtest/gtest.h>

#include <array>

namespace mailcosm {
namespace {

TEST(RandomTest, TheSameSeedGivesTheSameNumbersForEver) {
  // The reference sequence of SplitMix64 for seed 1234567.
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);
}

TEST(RandomTest, ForksDependOnSeedAndNameOnly) {
  EXPECT_EQ(Random::fork(1, "link a-b"), Random::fork(1, "link a-b"));
  EXPECT_NE(Random::fork(1, "link a-b"), Random::fork(1, "link a-c"));
  EXPECT_NE(Random::fork(1, "link a-b"), Random::fork(2, "link a-b"));
}

TEST(RandomTest, DrawsAreUniform) {
  Random random(7);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60000; ++i) ++counts[random.below(6)];
  for (int count : counts) EXPECT_NEAR(count, 10000, 500);
  int hits = 0;
  for (int i = 0; i < 100000; ++i) hits += random.chance(1, 100);
  EXPECT_NEAR(hits, 1000, 150);
}

}  // namespace
}  // namespace mailcosm
