// Prints what large numbers of users do.
#pragma once

#include "sim/scenario/traffic.h"
#include "sim/scenario/yaml_writer.h"

namespace mailcosm::sim::scenario {

void expand_traffic(const Traffic& traffic, YamlWriter& out);

}  // namespace mailcosm::sim::scenario
