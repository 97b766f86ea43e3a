// TAP: results in the Test Anything Protocol, version 14 (https://testanything.org/).
#pragma once

#include <cstddef>
#include <string>

#include "sim/runner/case_result.h"

namespace mailcosm::sim::runner {

// The version and the plan: one test point for each case.
std::string tap_begin(std::size_t cases);
// A case as a test point, with a subtest in front that has a test point for each point of points.h,
// and diagnostics in YAML below those that are bad. `number` counts from 1.
std::string tap_case(const CaseResult& result, std::size_t number);
// Says that the rest of the plan is not coming.
std::string tap_bail_out(std::string_view reason);

}  // namespace mailcosm::sim::runner
