// What the terminal can show.
#pragma once

#include "sim/trace/narrative/style.h"

namespace mailcosm::cli {

// Colours only on a terminal that has them, and never against NO_COLOR (https://no-color.org).
sim::Style style_of_stdout();
// Columns of the terminal; 100 if standard output is none.
std::size_t width_of_stdout();

}  // namespace mailcosm::cli
