// Reads the expectations.
#pragma once

#include "sim/scenario/draft.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/people.h"

namespace mailcosm::sim::scenario {

// REQUIRES: all machines and programs are in the draft, and `until` is set.
void read_expectations(const Fields& scenario, const People& people, Draft& draft);

}  // namespace mailcosm::sim::scenario
