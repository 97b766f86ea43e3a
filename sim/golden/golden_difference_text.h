// The words of a comparison of goldens.
#pragma once

#include "sim/golden/golden_difference.h"

namespace mailcosm::sim {

// The report of a difference whose other members are known.
std::string describe(const GoldenDifference& difference, const Golden& expected,
                     const Golden& actual, const GoldenNames& names);

}  // namespace mailcosm::sim
