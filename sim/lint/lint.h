// lint: what is legal in a scenario and all the same most likely wrong.
//
// Looks at the text and the expanded model and runs nothing. The rules are in rule.h; the key
// `x-ignore` of the language silences them where something is meant as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/lint/finding.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim::lint {

// In the order of the text. REQUIRES: `text` is the file that `scenario` was read from, without
// overrides.
std::vector<Finding> lint(const scenario::Scenario& scenario, std::string_view text);

// As compilers print it: place, severity, message and rule; the line with a caret; why; what to do.
std::string to_text(const std::vector<Finding>& findings, std::string_view file,
                    std::string_view text);
// One JSON object on one line: file, line, column, rule, severity, message, about, suggestion.
std::string to_json(const Finding& finding, std::string_view file);

}  // namespace mailcosm::sim::lint
