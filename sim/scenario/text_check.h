// check_text: what must be right with a file before it is read as YAML. Linear in the size of the
// text.
#pragma once

#include <cstdint>

#include "sim/scenario/reporter.h"

namespace mailcosm::sim::scenario {

// Size, UTF-8, byte order mark, line ends, control characters, tabs in front of a line, length of
// lines. Gives false if the text must not be read further.
bool check_text(std::uint32_t file, Reporter& reporter);

}  // namespace mailcosm::sim::scenario
