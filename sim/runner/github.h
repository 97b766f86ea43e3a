// What GitHub Actions shows of a run: annotations at the lines of scenarios, and a summary in
// Markdown.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/runner/case_result.h"
#include "sim/runner/report_text.h"

namespace mailcosm::sim::runner {

// GitHub shows at most ten errors of a step.
inline constexpr std::size_t kAnnotationsMax = 9;

// Workflow commands "::error file=...,line=...::...", one for each bad point; at most
// kAnnotationsMax, and then one more that says how many there are. `in_repository` gives the name
// of a file in its repository.
std::string github_annotations(const std::vector<CaseResult>& results,
                               const std::function<std::string(const std::string&)>& in_repository);

// For $GITHUB_STEP_SUMMARY, which takes at most 1 MiB: totals, a table of what is bad, and for the
// first kDetailsMax of them what was found, with the exchange concerned as a sequence diagram.
inline constexpr std::size_t kDetailsMax = 20;
std::string github_summary(const std::vector<CaseResult>& results, const Totals& totals);

}  // namespace mailcosm::sim::runner
