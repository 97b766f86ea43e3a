#include "sim/world/record_choice.h"

#include <algorithm>

#include "sim/world/expectations/comparison.h"

namespace mailcosm::sim {

std::vector<Kind> kinds_chosen(scenario::Topic topic, const std::vector<scenario::Check>& where) {
  if (topic == scenario::Topic::kLine) return {Kind::kLineSent, Kind::kLineReceived};
  std::vector<Kind> kinds;
  for (const scenario::Check& check : where) {
    if (check.property != "kind") continue;
    if (const auto kind = kind_of(check.text)) kinds.push_back(*kind);
  }
  return kinds;
}

bool fits(const std::vector<scenario::Check>& where,
          const expectations::RecordCandidate& candidate) {
  return std::all_of(where.begin(), where.end(), [&](const scenario::Check& check) {
    return expectations::holds(check, candidate.property(check));
  });
}

}  // namespace mailcosm::sim
