#include "sim/parallel/forecast.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

TEST(ForecastTest, ThreadsNeedManyEventsAndManyInAWindow) {
  // 100 s are about 10,000 windows of 10 ms; both threads have the same to do.
  const auto pays = [](std::uint64_t events, Duration look_ahead = 10ms) {
    const Forecast forecast{events, 100s, 0};
    return forecast.is_worth_threads(forecast.cost(look_ahead, {1, 2}));
  };
  EXPECT_TRUE(pays(650'000));
  EXPECT_FALSE(pays(600'000));
  EXPECT_TRUE(pays(400'000, 20ms));
  EXPECT_FALSE(pays(Forecast::kEventsMin - 1, 1s));
  EXPECT_TRUE(pays(Forecast::kEventsMin, 1s));
}

TEST(ForecastTest, ThreadsDoNotPayIfOneHasNearlyEverything) {
  const Forecast forecast{100'000'000, 100s, 0};
  EXPECT_TRUE(forecast.is_worth_threads(forecast.cost(1s, {89, 100})));
  EXPECT_FALSE(forecast.is_worth_threads(forecast.cost(1s, {91, 100})));
}

TEST(ForecastTest, WindowsEndAtBarriers) {
  EXPECT_EQ((Forecast{1'000'000, 100s, 0}.windows(10ms)), 10'001u);
  EXPECT_EQ((Forecast{1'000'000, 100s, 0}.events_of_window(10ms)), 99u);
  EXPECT_EQ((Forecast{1'000'000, 100s, 9'999}.events_of_window(10ms)), 50u);
}

TEST(ForecastTest, NoWindowIsWithoutAnEvent) {
  EXPECT_EQ((Forecast{700, 100s, 3}.windows(10ms)), 704u);
}

TEST(ForecastTest, LargeNumbersDoNotOverflow) {
  const Forecast forecast{1'000'000'000'000'000, 1s, 0};
  EXPECT_EQ(forecast.cost(1s, {1'000'000'000'000'000, 2'000'000'000'000'000}),
            500'000'000'000'000u + 2 * Forecast::kEventsOfMeeting);
}

TEST(ForecastTest, NothingIsNotDividedBy) {
  EXPECT_EQ((Forecast{}.events_of_window(Duration{})), 0u);
  EXPECT_FALSE(Forecast{}.is_worth_threads(Forecast{}.cost(Duration{}, {0, 0})));
}

}  // namespace
}  // namespace mailcosm::sim
