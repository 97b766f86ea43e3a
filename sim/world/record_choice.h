// Records that are chosen with the words of expectations: `line: {...}` and `event: {...}`.
#pragma once

#include <vector>

#include "sim/scenario/expectation.h"
#include "sim/trace/kind.h"
#include "sim/world/expectations/candidates.h"

namespace mailcosm::sim {

// The kinds that may fit. REQUIRES: `topic` is kLine or kEvent.
std::vector<Kind> kinds_chosen(scenario::Topic topic, const std::vector<scenario::Check>& where);

bool fits(const std::vector<scenario::Check>& where,
          const expectations::RecordCandidate& candidate);

}  // namespace mailcosm::sim
