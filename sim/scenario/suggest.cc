#include "sim/scenario/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::size_t kWordMax = 64;  // longer words get no suggestion
constexpr std::size_t kCandidatesListed = 24;

std::size_t folded_distance(std::string_view a, std::string_view b) {
  return edit_distance(ascii::to_lower(a), ascii::to_lower(b));
}

}  // namespace

// Optimal string alignment: three rows of the table are enough, because a swap looks two rows back.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kWordMax) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > kWordMax) continue;
    const std::size_t distance = folded_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string suggestion_for(std::string_view word, std::span<const std::string_view> candidates) {
  if (const auto best = nearest(word, candidates)) return fmt::format("did you mean '{}'?", *best);
  if (candidates.empty() || candidates.size() > kCandidatesListed) return {};
  return fmt::format("possible here: {}", fmt::join(candidates, ", "));
}

}  // namespace mailcosm::sim::scenario
