// What GitHub Actions shows of a run: annotations at the lines of scenarios, and a summary in
// Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/runner/case_result.h"
#include "sim/runner/report_text.h"

namespace mailcosm::sim::runner {

// GitHub shows at most ten errors of a step.
inline constexpr std::size_t kAnnotationsMax = 9;

// Workflow commands "::error file=...,line=...::...", one for each bad point; at most
// kAnnotationsMax, and then one more that says how many there are. `workspace` is the root of the
// repository, taken off the front of file names; may be empty.
std::string github_annotations(const std::vector<CaseResult>& results, std::string_view workspace);

// For $GITHUB_STEP_SUMMARY, which takes at most 1 MiB: totals, a table of what is bad, and for the
// first kDetailsMax of them what was found, with the exchange concerned as a sequence diagram.
inline constexpr std::size_t kDetailsMax = 20;
std::string github_summary(const std::vector<CaseResult>& results, const Totals& totals);

}  // namespace mailcosm::sim::runner
