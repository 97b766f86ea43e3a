// check_scalar: is one plain value of the type that its key demands?
#pragma once

#include "sim/scenario/keys.h"
#include "sim/scenario/node.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// REQUIRES: node.is_scalar(). `type` is key.type, or key.map_type for a name in a map.
void check_scalar(const Node& node, const Key& key, Type type, Reporter& reporter);

}  // namespace mailcosm::sim::scenario
