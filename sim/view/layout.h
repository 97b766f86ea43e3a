// Where each host stands in a picture of the network.
//
// The internet (hosts of no organisation) stands in the middle, organisations left and right of it
// in the order of their first host, each in a frame: its router, name servers and resolver next to
// the middle, then its mail servers, then the machines of its people. A network without
// organisations is laid out in columns by the number of links from one end. All numbers are
// integers, so that positions are the same wherever the program was compiled.
#pragma once

#include "sim/view/network_map.h"

namespace mailcosm::sim::view {

// Room that a host takes with its name below it.
inline constexpr std::int32_t kCellWidth = 160;
inline constexpr std::int32_t kCellHeight = 120;

// Sets all positions, the areas and the size.
void lay_out(NetworkMap& map);

}  // namespace mailcosm::sim::view
