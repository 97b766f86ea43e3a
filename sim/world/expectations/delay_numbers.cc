#include "sim/world/expectations/delay_numbers.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim::expectations {
namespace {

Duration percentile(const std::vector<std::int64_t>& sorted, std::size_t percent) {
  return Duration(sorted[(sorted.size() * percent + 99) / 100 - 1]);
}

// A mean of parts, so that no sum overflows.
Duration mean_of(const std::vector<std::int64_t>& delays) {
  const auto count = static_cast<std::int64_t>(delays.size());
  std::int64_t whole = 0, rest = 0;
  for (const std::int64_t delay : delays) {
    whole += delay / count;
    rest += delay % count;
    whole += rest / count;
    rest %= count;
  }
  return Duration(whole);
}

}  // namespace

DelayNumbers numbers_of(std::vector<std::int64_t> delays) {
  CHECK(!delays.empty());
  std::sort(delays.begin(), delays.end());
  return {mean_of(delays),        percentile(delays, 50), percentile(delays, 90),
          percentile(delays, 95), percentile(delays, 99), Duration(delays.back())};
}

}  // namespace mailcosm::sim::expectations
