// What the tests of distributions measure with. Floating point: nothing here decides an event.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace mailcosm::sim {

inline double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

inline double variance_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

// Kolmogorov and Smirnov: the largest distance between the values' distribution and the one that
// they should have, times the root of their number. More than 1.95 in one of a thousand cases.
template <typename Cdf>
double ks_statistic(std::vector<double> values, Cdf cdf) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = cdf(values[i]);
    distance = std::max({distance, std::abs(static_cast<double>(i + 1) / n - expected),
                         std::abs(static_cast<double>(i) / n - expected)});
  }
  return distance * std::sqrt(n);
}
inline constexpr double kKsLimit = 1.95;

// Pearson's chi-square, as a multiple of the spread around its mean (Wilson and Hilferty 1931):
// more than 3.1 in one of a thousand cases.
inline double chi_square_score(const std::vector<double>& counts,
                               const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  const double k = static_cast<double>(counts.size() - 1);
  return (std::cbrt(sum / k) - (1 - 2 / (9 * k))) / std::sqrt(2 / (9 * k));
}
inline constexpr double kChiSquareLimit = 3.1;

}  // namespace mailcosm::sim
