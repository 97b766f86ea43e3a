// Where two runs of the same scenario differ, for a report of nondeterminism.
#pragma once

#include <string>

#include "sim/scenario/model.h"
#include "sim/world/world.h"

namespace mailcosm::sim::runner {

// Runs the scenario twice with full traces, and tells where they part first and what led to it; or
// that these two runs agree.
std::string difference_of_two_runs(const scenario::Scenario& scenario, const WorldOptions& options);

}  // namespace mailcosm::sim::runner
