// What the comparisons of the language mean, for texts and for numbers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/scenario/expectation.h"

namespace mailcosm::sim::scenario {

// False for comparisons of the other kind.
bool holds(Comparison comparison, std::string_view found, std::string_view wanted);
bool holds(Comparison comparison, std::int64_t found, std::int64_t wanted);

// Whether a text fits all checks; without any it does.
bool all_hold(const std::vector<Check>& checks, std::string_view found);

}  // namespace mailcosm::sim::scenario
