#include <gtest/gtest.h>

#include <cmath>

#include "sim/population/arrival_process.h"
#include "tests/sim/population/statistics.h"

namespace mailcosm::sim {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t kCount = 100'000;

// Seconds from the start of each of the first `kCount` arrivals.
std::vector<double> arrivals(const ArrivalModel& model, std::uint64_t seed, WallTime start = {}) {
  const auto process = make_arrivals(model, kCount, start);
  Random random(seed);
  std::vector<double> times;
  Duration time{};
  for (std::uint64_t i = 0; i < kCount; ++i) {
    time += process->next(random);
    times.push_back(static_cast<double>(time.count()) / 1e9);
  }
  return times;
}

// Variance over mean of the numbers in windows of so many seconds: 1 for a Poisson process.
double dispersion(const std::vector<double>& times, double window) {
  std::vector<double> counts(static_cast<std::size_t>(times.back() / window), 0);
  for (const double time : times) {
    const auto place = static_cast<std::size_t>(time / window);
    if (place < counts.size()) counts[place] += 1;
  }
  return variance_of(counts) / mean_of(counts);
}

ArrivalModel model_of(ArrivalKind kind) {
  ArrivalModel model;
  model.kind = kind;
  model.during = hours(1);
  return model;
}

TEST(PoissonProcessTest, HasExponentialGaps) {
  const std::vector<double> times = arrivals(model_of(ArrivalKind::kPoisson), 1);
  std::vector<double> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
  EXPECT_LT(ks_statistic(gaps, [](double x) { return 1 - std::exp(-x / 0.036); }), kKsLimit);
  EXPECT_NEAR(times.back(), 3600, 3600 * 0.01);
  EXPECT_NEAR(dispersion(times, 1), 1, 0.1);
}

TEST(ConstantProcessTest, HasEqualGaps) {
  const std::vector<double> times = arrivals(model_of(ArrivalKind::kConstant), 2);
  EXPECT_GE(times.front(), 0);
  EXPECT_LE(times.front(), 0.036);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_NEAR(times[i] - times[i - 1], 0.036, 2e-9);
  EXPECT_NEAR(times.back() - times.front(), 3600 - 0.036, 1e-6);
}

TEST(DiurnalProcessTest, FollowsItsProfile) {
  ArrivalModel model = model_of(ArrivalKind::kDiurnal);
  model.during = hours(24);
  std::vector<double> expected;
  for (std::uint32_t hour = 0; hour < 24; ++hour) {
    model.profile[hour] = hour < 6 ? 0 : hour;
    expected.push_back(hour < 6 ? 1e-9 : hour * kCount / 261.0);
  }
  std::vector<double> counts(24, 0);
  for (const double time : arrivals(model, 3)) {
    if (time < 86'400) counts[static_cast<std::size_t>(time / 3600)] += 1;
  }
  EXPECT_EQ(counts[5], 0);
  counts.erase(counts.begin(), counts.begin() + 6);
  expected.erase(expected.begin(), expected.begin() + 6);
  EXPECT_LT(chi_square_score(counts, expected), kChiSquareLimit);
}

// From half past eight on: half an hour of weight 1, an hour of 3 and half an hour of 1.
TEST(DiurnalProcessTest, BeginsAtTheTimeOfDay) {
  ArrivalModel model = model_of(ArrivalKind::kDiurnal);
  model.during = hours(2);
  model.profile.fill(1);
  model.profile[9] = 3;
  const WallTime start{std::int64_t{86'400 + 8 * 3'600 + 1'800} * 1'000'000'000};
  std::vector<double> counts(4, 0);
  for (const double time : arrivals(model, 4, start)) {
    if (time < 7'200) counts[static_cast<std::size_t>(time / 1'800)] += 1;
  }
  EXPECT_LT(
      chi_square_score(counts, {kCount / 8.0, kCount * 3 / 8.0, kCount * 3 / 8.0, kCount / 8.0}),
      kChiSquareLimit);
}

TEST(DiurnalProcessTest, WaitsForTheDay) {
  ArrivalModel model = model_of(ArrivalKind::kDiurnal);
  model.profile[20] = 1;
  const std::vector<double> times = arrivals(model, 5);
  EXPECT_GE(times.front(), 20 * 3'600);
  EXPECT_LT(times.front(), 20 * 3'600 + 10);
}

TEST(BurstProcessTest, HasItsMeanRateInBursts) {
  ArrivalModel model = model_of(ArrivalKind::kBursts);
  model.during = hours(100);
  model.burst_factor = 20;
  model.burst_length = seconds(30);
  model.burst_pause = minutes(5);
  const std::vector<double> times = arrivals(model, 6);
  EXPECT_NEAR(times.back(), 360'000, 360'000 * 0.05);
  // A Poisson process of two rates: much more uneven than one of one rate, at this scale.
  EXPECT_GT(dispersion(times, 30), 10);
}

TEST(BurstProcessTest, IsPoissonWithEqualRates) {
  ArrivalModel model = model_of(ArrivalKind::kBursts);
  model.burst_factor = 1;
  model.burst_length = model.burst_pause = seconds(1);
  const std::vector<double> times = arrivals(model, 7);
  EXPECT_NEAR(times.back(), 3600, 3600 * 0.01);
  EXPECT_NEAR(dispersion(times, 1), 1, 0.1);
}

TEST(SelfExcitingProcessTest, HasItsMeanRateAndItsClusters) {
  ArrivalModel model = model_of(ArrivalKind::kSelfExciting);
  model.during = hours(100);
  model.branching = 500'000;
  model.memory = seconds(10);
  const std::vector<double> times = arrivals(model, 8);
  EXPECT_NEAR(times.back(), 360'000, 360'000 * 0.02);
  // Over times much longer than the memory: 1 / (1 - branching)^2.
  EXPECT_NEAR(dispersion(times, 600), 4, 0.6);
}

TEST(SelfExcitingProcessTest, IsPoissonWithoutBranching) {
  ArrivalModel model = model_of(ArrivalKind::kSelfExciting);
  model.memory = seconds(10);
  const std::vector<double> times = arrivals(model, 9);
  EXPECT_NEAR(times.back(), 3600, 3600 * 0.01);
  EXPECT_NEAR(dispersion(times, 1), 1, 0.1);
}

}  // namespace
}  // namespace mailcosm::sim
