#include "sim/parallel/forecast.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

TEST(ForecastTest, ThreadsNeedManyEventsAndManyInAWindow) {
  // 100 s are about 10,000 windows of 10 ms.
  const auto pays = [](std::uint64_t events, Duration look_ahead = 10ms) {
    return Forecast{events, 100s, 0}.is_worth_threads(look_ahead);
  };
  EXPECT_TRUE(pays(700'000));
  EXPECT_FALSE(pays(600'000));
  EXPECT_TRUE(pays(400'000, 20ms));
  EXPECT_FALSE(pays(Forecast::kEventsMin - 1, 1s));
  EXPECT_TRUE(pays(Forecast::kEventsMin, 1s));
}

TEST(ForecastTest, WindowsEndAtBarriers) {
  EXPECT_EQ((Forecast{1'000'000, 100s, 0}.events_of_window(10ms)), 99u);
  EXPECT_EQ((Forecast{1'000'000, 100s, 9'999}.events_of_window(10ms)), 50u);
}

TEST(ForecastTest, NothingIsNotDividedBy) {
  EXPECT_EQ((Forecast{}.events_of_window(Duration{})), 0u);
  EXPECT_FALSE(Forecast{}.is_worth_threads(Duration{}));
}

}  // namespace
}  // namespace mailcosm::sim
