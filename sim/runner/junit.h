// JUnit: results as the XML that CI systems read.
#pragma once

#include <string>
#include <vector>

#include "sim/runner/case_result.h"

namespace mailcosm::sim::runner {

// One <testsuite> for each case, with its seed, digest, events and the command that reproduces it
// as properties; in it one <testcase> for each point (points.h), with `file` and `line`. A scenario
// that does not parse or run is an <error>, an expectation or golden that differs a <failure> whose
// text begins with "path:line: "; what was not checked is <skipped>. Times are seconds as measured,
// the only thing that differs from run to run. Always well-formed XML 1.0.
std::string junit(const std::vector<CaseResult>& results);

}  // namespace mailcosm::sim::runner
