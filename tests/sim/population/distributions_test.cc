#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "sim/population/apportion.h"
#include "sim/population/count_distribution.h"
#include "sim/population/size_distribution.h"
#include "sim/population/zipf.h"
#include "tests/sim/population/statistics.h"

namespace mailcosm::sim {
namespace {

constexpr int kDraws = 100'000;

template <typename Distribution>
std::vector<double> draws(const Distribution& distribution, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> values;
  for (int i = 0; i < kDraws; ++i) values.push_back(static_cast<double>(distribution.draw(random)));
  return values;
}

TEST(ExponentialTest, FitsItsDistribution) {
  const std::vector<double> values = draws(Exponential{1'000'000'000}, 1);
  EXPECT_LT(ks_statistic(values, [](double x) { return 1 - std::exp(-x / 1e9); }), kKsLimit);
  EXPECT_NEAR(mean_of(values), 1e9, 1e7);
}

TEST(ExponentialTest, IsNeverNegative) {
  Random random(9);
  for (int i = 0; i < kDraws; ++i) EXPECT_GE(draw_exponential(random), 0);
}

TEST(NormalTest, FitsItsDistribution) {
  Random random(2);
  std::vector<double> values;
  for (int i = 0; i < kDraws; ++i)
    values.push_back(static_cast<double>(draw_normal(random)) / static_cast<double>(kFixedOne));
  EXPECT_LT(ks_statistic(values, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }),
            kKsLimit);
  EXPECT_NEAR(variance_of(values), 1, 0.02);
}

TEST(LognormalTest, FitsItsDistribution) {
  const std::vector<double> values = draws(Lognormal{1'000'000'000, 1'300'000}, 3);
  const auto cdf = [](double x) {
    return 0.5 * std::erfc(-std::log(x / 1e9) / 1.3 / std::sqrt(2.0));
  };
  EXPECT_LT(ks_statistic(values, cdf), kKsLimit);
}

TEST(LognormalTest, IsConstantWithoutSpread) {
  for (const double value : draws(Lognormal{4096, 0}, 4)) EXPECT_EQ(value, 4096);
}

TEST(ParetoTest, FitsItsDistribution) {
  const std::vector<double> values = draws(Pareto{1'000'000'000, 0, 1'300'000}, 5);
  EXPECT_LT(ks_statistic(values, [](double x) { return 1 - std::pow(1e9 / x, 1.3); }), kKsLimit);
  EXPECT_GE(*std::min_element(values.begin(), values.end()), 1e9 - 1);
}

TEST(ParetoTest, FitsItsDistributionBetweenBounds) {
  const std::vector<double> values = draws(Pareto{1'000'000'000, 20'000'000'000, 1'100'000}, 6);
  const double beyond = std::pow(1.0 / 20, 1.1);
  const auto cdf = [&](double x) { return (1 - std::pow(1e9 / x, 1.1)) / (1 - beyond); };
  EXPECT_LT(ks_statistic(values, cdf), kKsLimit);
  EXPECT_LE(*std::max_element(values.begin(), values.end()), 20e9);
}

TEST(ParetoTest, IsConstantBetweenEqualBounds) {
  for (const double value : draws(Pareto{1000, 1000, 1'100'000}, 7)) EXPECT_EQ(value, 1000);
}

TEST(UniformTest, HasEachNumberAlike) {
  std::vector<double> counts(10, 0);
  for (const double value : draws(Uniform{5, 14}, 8))
    counts.at(static_cast<std::size_t>(value) - 5) += 1;
  EXPECT_LT(chi_square_score(counts, std::vector<double>(10, kDraws / 10.0)), kChiSquareLimit);
}

TEST(EmpiricalTest, HasTheSharesOfItsTable) {
  const Empirical table{0, {{100, 25}, {200, 0}, {1000, 70}, {5000, 5}}};
  std::vector<double> counts(3, 0);
  double inside = 0;
  for (const double value : draws(table, 10)) {
    EXPECT_LT(value, 5000);
    EXPECT_FALSE(value >= 100 && value < 200);
    counts[value < 100 ? 0 : value < 1000 ? 1 : 2] += 1;
    if (value >= 200 && value < 600) inside += 1;
  }
  EXPECT_LT(chi_square_score(counts, {0.25 * kDraws, 0.7 * kDraws, 0.05 * kDraws}),
            kChiSquareLimit);
  EXPECT_NEAR(inside / counts[1], 0.5, 0.01);
}

TEST(SizeDistributionTest, MixesByShares) {
  const SizeDistribution sizes{{{950'000, Uniform{1, 1}}, {50'000, Uniform{2, 2}}}, 10};
  std::vector<double> counts(2, 0);
  for (const double value : draws(sizes, 11)) counts.at(static_cast<std::size_t>(value) - 1) += 1;
  EXPECT_LT(chi_square_score(counts, {0.95 * kDraws, 0.05 * kDraws}), kChiSquareLimit);
}

TEST(SizeDistributionTest, IsCutOffAtItsLimit) {
  const SizeDistribution sizes{{{1, Exponential{1'000'000}}}, 1'000'000};
  const std::vector<double> values = draws(sizes, 12);
  const double below = 1 - std::exp(-1.0);
  EXPECT_LT(ks_statistic(values, [&](double x) { return (1 - std::exp(-x / 1e6)) / below; }),
            kKsLimit);
  EXPECT_LE(*std::max_element(values.begin(), values.end()), 1e6);
}

TEST(SizeDistributionTest, GivesItsLimitIfAllLiesAbove) {
  Random random(1);
  EXPECT_EQ((SizeDistribution{{{1, Uniform{50, 60}}}, 10}.draw(random)), 10u);
}

TEST(ZipfTest, FitsItsDistribution) {
  constexpr std::size_t kRanks = 50;
  const Zipf zipf(200, 800'000);
  Random random(13);
  std::vector<double> counts(kRanks, 0), expected(kRanks, 0);
  double sum = 0;
  for (std::size_t i = 0; i < kRanks; ++i) sum += std::pow(static_cast<double>(i + 1), -0.8);
  for (std::size_t i = 0; i < kRanks; ++i)
    expected[i] = kDraws * std::pow(static_cast<double>(i + 1), -0.8) / sum;
  for (int i = 0; i < kDraws; ++i) counts.at(zipf.draw(random, kRanks) - 1) += 1;
  EXPECT_LT(chi_square_score(counts, expected), kChiSquareLimit);
}

TEST(ZipfTest, HasAllRanksAlikeWithExponentZero) {
  const Zipf zipf(20, 0);
  Random random(14);
  std::vector<double> counts(20, 0);
  for (int i = 0; i < kDraws; ++i) counts.at(zipf.draw(random, 20) - 1) += 1;
  EXPECT_LT(chi_square_score(counts, std::vector<double>(20, kDraws / 20.0)), kChiSquareLimit);
}

// Weights of high ranks are interpolated.
TEST(ZipfTest, FitsItsDistributionAtHighRanks) {
  constexpr std::size_t kRanks = 100'000;
  const Zipf zipf(kRanks, 1'200'000);
  double sum = 0;
  std::vector<double> sums(kRanks + 1, 0);
  for (std::size_t i = 1; i <= kRanks; ++i) sums[i] = sum += std::pow(static_cast<double>(i), -1.2);
  const std::array<std::size_t, 7> borders = {0, 10, 512, 1'000, 5'000, 33'333, kRanks};
  std::vector<double> counts(6, 0), expected(6, 0);
  for (std::size_t i = 0; i < 6; ++i)
    expected[i] = kDraws * (sums[borders[i + 1]] - sums[borders[i]]) / sum;
  Random random(18);
  for (int i = 0; i < kDraws; ++i) {
    const std::uint64_t rank = zipf.draw(random, kRanks);
    counts[static_cast<std::size_t>(std::lower_bound(borders.begin(), borders.end(), rank) -
                                    borders.begin()) -
           1] += 1;
  }
  EXPECT_LT(chi_square_score(counts, expected), kChiSquareLimit);
}

TEST(ZipfTest, ForgetsNoRank) {
  EXPECT_EQ(zipf_weight(1, 1'000'000), std::uint64_t{1} << 36);
  EXPECT_NEAR(static_cast<double>(zipf_weight(4, 1'000'000)), std::pow(2.0, 34), 1);
  EXPECT_EQ(zipf_weight(10'000'000, 5'000'000), 1u);
}

TEST(GeometricTest, HasItsMean) {
  const std::vector<double> values = draws(Geometric{1'500'000, 1000}, 15);
  EXPECT_NEAR(mean_of(values), 1.5, 0.01);
  EXPECT_NEAR(variance_of(values), 0.75, 0.02);  // (1 - p) / p^2 with p = 2/3
  for (const double value : draws(Geometric{100'000'000, 3}, 16)) EXPECT_LE(value, 3);
}

TEST(CountDistributionTest, DrawsFromItsModel) {
  const CountDistribution one(Uniform{1, 1}), zipf(ZipfCount{2, 1'000'000});
  Random random(17);
  double twos = 0;
  for (int i = 0; i < kDraws; ++i) {
    EXPECT_EQ(one.draw(random), 1u);
    if (zipf.draw(random) == 2) twos += 1;
  }
  EXPECT_NEAR(twos / kDraws, 1.0 / 3, 0.005);
}

TEST(ApportionTest, LeavesNothingOver) {
  const std::vector<std::uint64_t> weights = {5, 3, 1, 1};
  EXPECT_EQ(apportion(10, weights), (std::vector<std::uint64_t>{5, 3, 1, 1}));
  EXPECT_EQ(apportion(11, weights), (std::vector<std::uint64_t>{6, 3, 1, 1}));
  EXPECT_EQ(apportion(2, std::vector<std::uint64_t>{1, 1, 1}),
            (std::vector<std::uint64_t>{1, 1, 0}));
  EXPECT_EQ(apportion(6, weights, 1), (std::vector<std::uint64_t>{2, 2, 1, 1}));
  EXPECT_EQ(apportion(0, std::vector<std::uint64_t>{}), std::vector<std::uint64_t>{});
  EXPECT_EQ(apportion(4, std::vector<std::uint64_t>{0, 0}, 2), (std::vector<std::uint64_t>{2, 2}));
}

// Numbers that every compiler and every processor must draw.
TEST(DistributionsTest, DrawTheSameEverywhere) {
  Random random(42);
  const std::array<std::uint64_t, 6> drawn = {Exponential{1'000'000'000}.draw(random),
                                              Lognormal{4096, 1'300'000}.draw(random),
                                              Pareto{10'000, 0, 1'300'000}.draw(random),
                                              Pareto{10'000, 1'000'000, 1'100'000}.draw(random),
                                              Zipf(100'000, 800'000).draw(random, 100'000),
                                              static_cast<std::uint64_t>(draw_normal(random))};
  const std::array<std::uint64_t, 6> expected = {298992624, 1513,  22714,
                                                 170738,    52750, 18403374194487387636u};
  EXPECT_EQ(drawn, expected);
}

}  // namespace
}  // namespace mailcosm::sim
