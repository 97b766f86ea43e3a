#include "sim/population/apportion.h"

#include <algorithm>
#include <numeric>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

__extension__ using Uint128 = unsigned __int128;

}  // namespace

std::vector<std::uint64_t> apportion(std::uint64_t total, std::span<const std::uint64_t> weights,
                                     std::uint64_t each_min) {
  CHECK(total >= each_min * weights.size());
  total -= each_min * weights.size();
  std::vector<std::uint64_t> shares(weights.size(), each_min);
  if (total == 0) return shares;
  Uint128 sum = 0;
  for (const std::uint64_t weight : weights) sum += weight;
  CHECK(sum > 0);
  std::vector<Uint128> remainders(weights.size());
  std::uint64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Uint128 product = static_cast<Uint128>(total) * weights[i];
    const auto whole = static_cast<std::uint64_t>(product / sum);
    shares[i] += whole;
    left -= whole;
    remainders[i] = product % sum;
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  });
  for (std::size_t i = 0; left > 0; ++i, --left) ++shares[order[i]];
  return shares;
}

}  // namespace mailcosm::sim
