// apply_override: one --set option, applied to the tree of the scenario before it is checked.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/scenario/node.h"
#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// `path` as in Override, `value` a tree. Where a key of the path is missing, mappings are made.
// Reports a path that does not fit the tree, at the start of the reporter's file `file`.
void apply_override(std::string_view path, Node value, std::uint32_t file, Node& root,
                    Reporter& reporter);

}  // namespace mailcosm::sim::scenario
