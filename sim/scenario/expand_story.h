// The second half of expand(): story and expectations.
#pragma once

#include "sim/scenario/model.h"
#include "sim/scenario/yaml_writer.h"

namespace mailcosm::sim::scenario {

void expand_story(const Scenario& scenario, YamlWriter& out);
void expand_expectations(const Scenario& scenario, YamlWriter& out);

}  // namespace mailcosm::sim::scenario
