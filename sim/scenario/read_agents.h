// Reads the programs that are spelled out.
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"

namespace mailcosm::sim::scenario {

void read_agents(const Fields& scenario, Draft& draft);

}  // namespace mailcosm::sim::scenario
