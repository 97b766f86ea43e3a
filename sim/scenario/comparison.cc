#include "sim/scenario/comparison.h"

#include <algorithm>

#include "protocols/base/glob.h"

namespace mailcosm::sim::scenario {

bool holds(Comparison comparison, std::string_view found, std::string_view wanted) {
  switch (comparison) {
    case Comparison::kIs:
      return found == wanted;
    case Comparison::kIsNot:
      return found != wanted;
    case Comparison::kContains:
      return found.find(wanted) != std::string_view::npos;
    case Comparison::kContainsNot:
      return found.find(wanted) == std::string_view::npos;
    case Comparison::kStartsWith:
      return found.starts_with(wanted);
    case Comparison::kEndsWith:
      return found.ends_with(wanted);
    case Comparison::kMatches:
      return matches_glob(found, wanted);
    default:
      return false;
  }
}

bool holds(Comparison comparison, std::int64_t found, std::int64_t wanted) {
  switch (comparison) {
    case Comparison::kIs:
      return found == wanted;
    case Comparison::kIsNot:
      return found != wanted;
    case Comparison::kAtLeast:
      return found >= wanted;
    case Comparison::kAtMost:
      return found <= wanted;
    case Comparison::kMoreThan:
      return found > wanted;
    case Comparison::kLessThan:
      return found < wanted;
    default:
      return false;
  }
}

bool all_hold(const std::vector<Check>& checks, std::string_view found) {
  return std::all_of(checks.begin(), checks.end(), [&](const Check& check) {
    return holds(check.comparison, found, check.text);
  });
}

}  // namespace mailcosm::sim::scenario
