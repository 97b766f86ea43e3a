// apportion: divides a number of things by weights, so that nothing is left over.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mailcosm::sim {

// By the method of the largest remainder; between equal remainders the earlier one wins. Everybody
// gets `each_min` first. REQUIRES: weights below 2^48, not all 0 unless `total` is used up by
// `each_min`; total >= each_min * weights.size().
std::vector<std::uint64_t> apportion(std::uint64_t total, std::span<const std::uint64_t> weights,
                                     std::uint64_t each_min = 0);

}  // namespace mailcosm::sim
