// What is written at a link.
#pragma once

#include <string>

#include "sim/view/network_map.h"

namespace mailcosm::sim::view {

// "10 ms, 100 Mbit/s, 1 % loss"
std::string link_text(const MapLink& link);

}  // namespace mailcosm::sim::view
