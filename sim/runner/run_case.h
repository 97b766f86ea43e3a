// run_case: runs one scenario in memory and decides whether it passes.
//
// Pure: reads no file, clock or environment; may be called from several threads at once. Never
// throws for what a scenario says. A failed CHECK is reported to the reporter that is installed
// (protocols/base/check.h), which may ask running_here() what the thread was doing.
#pragma once

#include <atomic>
#include <string>

#include "sim/runner/case_result.h"

namespace mailcosm::sim::runner {

// A run that `stop` ends before its time is kStopped.
CaseResult run_case(const Case& the_case, const std::atomic<bool>& stop);
CaseResult run_case(const Case& the_case);

// The case that the calling thread is running, and where its world is; for reporters of failed
// CHECKs. Null outside of run_case().
const Case* running_here();
// "seed 1, virtual time 5 ns, after 12 events; ..."; empty outside of a run.
std::string position_here();

}  // namespace mailcosm::sim::runner
