#include "bench/engine.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mailcosm::bench {
namespace {

TEST(EngineBenchTest, MeasuresEveryPowerOfTenUpToTheLimitAndAllDelays) {
  std::set<std::string> names;
  for (const Figure& figure : measure_engine(10'000)) {
    EXPECT_GT(figure.value, 0) << figure.name;
    EXPECT_EQ(figure.unit, "ns/event");
    EXPECT_TRUE(names.insert(figure.name).second) << figure.name;
  }
  const std::set<std::string> expected = {"engine, 1,000 pending",
                                          "engine, 10,000 pending",
                                          "engine, 10,000 pending, uniform delays",
                                          "engine, 10,000 pending, milliseconds and days",
                                          "engine, 10,000 pending, heavy-tailed delays",
                                          "engine, 10,000 pending, equal times"};
  EXPECT_EQ(names, expected);
}

TEST(EngineBenchTest, LimitsBetweenPowersOfTenAreRoundedDown) {
  const Figures figures = measure_engine(9'999);
  EXPECT_EQ(figures.size(), 5u);
  EXPECT_EQ(figures.front().name, "engine, 1,000 pending");
}

}  // namespace
}  // namespace mailcosm::bench
