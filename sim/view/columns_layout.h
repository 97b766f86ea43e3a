// Columns for a network without organisations: each host stands as many columns from one end of the
// network as there are links between them.
#pragma once

#include <vector>

#include "sim/view/network_map.h"

namespace mailcosm::sim::view {

// Every host once. Parts that are not connected stand below one another; inside a column hosts
// stand in the order that crosses few links.
std::vector<std::vector<HostIndex>> columns_of(const NetworkMap& map);

}  // namespace mailcosm::sim::view
