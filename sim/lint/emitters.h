// What can happen where: which records the programs of a scenario, or of one host, can make at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/lint/subject.h"

namespace mailcosm::sim::lint {

// Why no record fits the checks of an expectation or a condition, as a sentence without full stop;
// empty if one may.
std::string impossible(const Subject& subject, scenario::Topic topic,
                       const std::vector<scenario::Check>& where);

}  // namespace mailcosm::sim::lint
