// `mailcosm test --update`: writing golden files.
#pragma once

#include <string>

#include "sim/runner/case_result.h"

namespace mailcosm::cli {

// Writes the golden file of a scenario that passes, if it would change. Gives what to print: the
// difference and what was done. False in `written` if the file could not be written.
std::string update_golden(const sim::runner::CaseResult& result, bool& written);

}  // namespace mailcosm::cli
