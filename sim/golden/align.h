// Alignment of two sequences: which of their items are the same, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace mailcosm::sim {

// Pairs of indices (left, right) of equal items, both ascending: a longest common subsequence, or,
// for sequences whose product of lengths exceeds four million after equal ends are taken off, none
// between those ends.
std::vector<std::pair<std::size_t, std::size_t>> align(const std::vector<std::uint64_t>& left,
                                                       const std::vector<std::uint64_t>& right);

}  // namespace mailcosm::sim
