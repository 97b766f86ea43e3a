// Prints checks so that read_topic and read_checks read the same back.
#pragma once

#include <vector>

#include "sim/scenario/expectation.h"
#include "sim/scenario/yaml_writer.h"

namespace mailcosm::sim::scenario {

// Into the mapping that is open.
void write_checks(const std::vector<Check>& checks, YamlWriter& out);

}  // namespace mailcosm::sim::scenario
