// Reads `faults:`: what breaks, when, and for how long.
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/people.h"

namespace mailcosm::sim::scenario {

// REQUIRES: machines, links and programs of the draft are complete. Reports whatever cannot be:
// names that mean nothing, times outside of the run, effects without a subject to work on.
void read_faults(const Fields& scenario, const People& people, Draft& draft);

}  // namespace mailcosm::sim::scenario
