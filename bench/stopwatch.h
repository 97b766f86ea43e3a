// Stopwatch: real time, for measurements only.
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace mailcosm::bench {

class Stopwatch {
 public:
  // Since construction, in seconds.
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  }

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// The middle one. REQUIRES: at least one.
inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Of `runs` runs of `run`, which gives a value: machines are noisy.
template <typename Run>
double median_of(int runs, Run run) {
  std::vector<double> values;
  for (int i = 0; i < runs; ++i) values.push_back(run());
  return median(std::move(values));
}

template <typename Run>
double median_of_five(Run run) {
  return median_of(5, run);
}

}  // namespace mailcosm::bench
