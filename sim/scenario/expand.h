// expand: prints the complete model as YAML without shorthands, in a stable order.
#pragma once

#include <string>

#include "sim/scenario/model.h"

namespace mailcosm::sim::scenario {

// parse() of the result gives an equal model, but for source positions.
std::string expand(const Scenario& scenario);

}  // namespace mailcosm::sim::scenario
