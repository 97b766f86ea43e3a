// A line of bench/beside.py: what another program, or valgrind, says beside our own figures.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/figure.h"

namespace mailcosm::bench {

struct BesideLine {
  std::optional<Figure> figure;
  std::string missing;  // a sentence without full stop, instead of a figure
};

// Words separated by tabs, without a line end; bench/beside.py says which. `ours` are the figures
// beside which a peer is measured; its remark says how many times as fast we are. A line that is
// none of these is missing.
BesideLine read_beside_line(std::string_view line, const Figures& ours);

}  // namespace mailcosm::bench
