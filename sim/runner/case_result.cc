#include "sim/runner/case_result.h"

#include <algorithm>

namespace mailcosm::sim::runner {

std::size_t CaseResult::failed_expectations() const {
  return static_cast<std::size_t>(
      std::count_if(expectations.begin(), expectations.end(),
                    [](const ExpectationOutcome& outcome) { return !outcome.held; }));
}

}  // namespace mailcosm::sim::runner
