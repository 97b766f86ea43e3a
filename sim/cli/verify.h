// `run --verify`: runs a scenario twice and demands the same trace, byte for byte.
#pragma once

#include "sim/cli/run.h"
#include "sim/scenario/model.h"

namespace mailcosm::cli {

// Two runs with full depth into temporary files. If they differ, tells on standard error where they
// part first and what led to it. Gives the exit code.
int verify(const RunArguments& arguments, const sim::scenario::Scenario& scenario);

}  // namespace mailcosm::cli
