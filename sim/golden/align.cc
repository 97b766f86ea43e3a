#include "sim/golden/align.h"

#include <algorithm>

namespace mailcosm::sim {
namespace {

constexpr std::size_t kProductMax = 4'000'000;

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// The classic table of lengths, from the back.
void align_middle(const std::vector<std::uint64_t>& left, const std::vector<std::uint64_t>& right,
                  std::size_t front, std::size_t back, Pairs& pairs) {
  const std::size_t rows = left.size() - front - back;
  const std::size_t columns = right.size() - front - back;
  if (rows == 0 || columns == 0 || rows > kProductMax / columns) return;
  std::vector<std::uint32_t> length((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
    return length[i * (columns + 1) + j];
  };
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      at(i, j) = left[front + i] == right[front + j] ? at(i + 1, j + 1) + 1
                                                     : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows && j < columns) {
    if (left[front + i] == right[front + j]) {
      pairs.emplace_back(front + i++, front + j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
}

}  // namespace

Pairs align(const std::vector<std::uint64_t>& left, const std::vector<std::uint64_t>& right) {
  const std::size_t shorter = std::min(left.size(), right.size());
  std::size_t front = 0;
  while (front < shorter && left[front] == right[front]) ++front;
  std::size_t back = 0;
  while (back < shorter - front && left[left.size() - 1 - back] == right[right.size() - 1 - back])
    ++back;
  Pairs pairs;
  for (std::size_t i = 0; i < front; ++i) pairs.emplace_back(i, i);
  align_middle(left, right, front, back, pairs);
  for (std::size_t i = back; i-- > 0;)
    pairs.emplace_back(left.size() - 1 - i, right.size() - 1 - i);
  return pairs;
}

}  // namespace mailcosm::sim
