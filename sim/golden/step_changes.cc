#include "sim/golden/step_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "protocols/base/hash.h"
#include "sim/golden/align.h"
#include "sim/golden/golden_marks.h"

namespace mailcosm::sim {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const GoldenStep* step, StepAspect aspect) {
  Lines lines;
  if (step == nullptr) return lines;
  if (aspect == StepAspect::kTime) return {fmt::format("at {}", step->time)};
  lines.push_back(step->heading);
  if (!step->parties.empty()) lines.push_back(fmt::format("({})", step->parties));
  for (const GoldenLine& line : step->lines)
    lines.push_back(fmt::format(" {}{}", mark_text(line.mark), line.text));
  return lines;
}

std::vector<std::uint64_t> digests_of(const Lines& lines) {
  std::vector<std::uint64_t> digests;
  for (const std::string& line : lines) digests.push_back(hash64(line));
  return digests;
}

using Places = std::unordered_map<std::string, std::size_t>;  // for look-up only

Places places_of(const Golden& golden) {
  Places places;
  for (std::size_t i = 0; i < golden.steps.size(); ++i) places.emplace(golden.steps[i].id, i);
  return places;
}

}  // namespace

std::vector<StepPair> pair_steps(const Golden& left, const Golden& right) {
  const Places in_left = places_of(left);
  const Places in_right = places_of(right);
  std::vector<StepPair> pairs;
  std::size_t next = 0;  // of the left one
  const auto add_left_until = [&](std::size_t end) {
    for (; next < end; ++next)
      if (!in_right.contains(left.steps[next].id)) pairs.push_back({&left.steps[next], nullptr});
  };
  for (const GoldenStep& step : right.steps) {
    const auto found = in_left.find(step.id);
    if (found == in_left.end()) {
      pairs.push_back({nullptr, &step});
      continue;
    }
    add_left_until(found->second);
    next = std::max(next, found->second + 1);
    pairs.push_back({&left.steps[found->second], &step});
  }
  add_left_until(left.steps.size());
  return pairs;
}

std::vector<LineChange> changes_of(const StepPair& pair, StepAspect aspect) {
  const Lines left = lines_of(pair.left, aspect);
  const Lines right = lines_of(pair.right, aspect);
  std::vector<LineChange> changes;
  if (left == right) return changes;
  std::size_t i = 0;
  std::size_t j = 0;
  const auto add_until = [&](std::size_t left_end, std::size_t right_end) {
    while (i < left_end) changes.push_back({'-', left[i++]});
    while (j < right_end) changes.push_back({'+', right[j++]});
  };
  for (const auto& [a, b] : align(digests_of(left), digests_of(right))) {
    add_until(a, b);
    changes.push_back({' ', left[i++]});
    ++j;
  }
  add_until(left.size(), right.size());
  return changes;
}

}  // namespace mailcosm::sim
