// DOT: the network for Graphviz (https://graphviz.org). `neato -n` keeps the positions; `dot` finds
// its own.
#pragma once

#include <string>
#include <string_view>

#include "sim/view/network_map.h"

namespace mailcosm::sim::view {

std::string dot_network(const NetworkMap& map);

// A quoted string of DOT. REQUIRES: no control characters.
std::string dot_quoted(std::string_view text);

}  // namespace mailcosm::sim::view
