// SVG: pictures for slides and pages (https://www.w3.org/TR/SVG11/). Text stays text; title and
// description are read by assistive technology; colours follow the light or dark mode of the
// reader, and nothing is told by colour alone.
#pragma once

#include <string>
#include <string_view>

#include "sim/view/network_map.h"
#include "sim/view/sequence.h"

namespace mailcosm::sim::view {

std::string svg_sequence(const Sequence& sequence);
std::string svg_network(const NetworkMap& map, std::string_view title);

}  // namespace mailcosm::sim::view
