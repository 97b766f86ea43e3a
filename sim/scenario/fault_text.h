// Faults as sentences, for scenarios that do not say it themselves.
#pragma once

#include <string>

#include "sim/scenario/fault.h"

namespace mailcosm::sim::scenario {

// "The link between router.red.com and internet is cut."
std::string sentence_of(const FaultEffect& effect);

}  // namespace mailcosm::sim::scenario
