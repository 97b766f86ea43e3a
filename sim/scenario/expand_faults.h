// Prints the faults of an expanded scenario.
#pragma once

#include "sim/scenario/model.h"
#include "sim/scenario/yaml_writer.h"

namespace mailcosm::sim::scenario {

void expand_faults(const Scenario& scenario, YamlWriter& out);

}  // namespace mailcosm::sim::scenario
