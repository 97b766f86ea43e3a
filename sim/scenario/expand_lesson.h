// Prints the lesson of an expanded scenario.
#pragma once

#include "sim/scenario/model.h"
#include "sim/scenario/yaml_writer.h"

namespace mailcosm::sim::scenario {

void expand_lesson(const Scenario& scenario, YamlWriter& out);

}  // namespace mailcosm::sim::scenario
