// How fast the parsers are, and glibc's of DNS messages beside ours.
#pragma once

#include "bench/figure.h"

namespace mailcosm::bench {

Figures measure_parsers();

}  // namespace mailcosm::bench
