// PlantUML: sequence diagrams as text for https://plantuml.com.
#pragma once

#include <string>
#include <string_view>

#include "sim/view/sequence.h"

namespace mailcosm::sim::view {

std::string plantuml_sequence(const Sequence& sequence);

// Text as PlantUML text: everything that has a meaning there as a character code. REQUIRES: no
// control characters.
std::string plantuml_escaped(std::string_view text);

}  // namespace mailcosm::sim::view
