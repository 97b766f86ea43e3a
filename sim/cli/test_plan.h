// TestPlan: the cases of a `mailcosm test`, in the order of their report.
#pragma once

#include <string>
#include <vector>

#include "protocols/base/result.h"
#include "sim/cli/test.h"
#include "sim/runner/case.h"
#include "sim/runner/last_failed.h"

namespace mailcosm::cli {

struct PlannedCase {
  std::string file;
  sim::runner::Variant variant;
};

// Discovers, filters, takes the shard and multiplies by seeds and ties. An empty plan is an error,
// unless it is an empty shard.
Result<std::vector<PlannedCase>> make_plan(const TestArguments& arguments,
                                           const sim::runner::LastFailed& last_failed);

}  // namespace mailcosm::cli
