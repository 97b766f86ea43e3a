// One world on two threads: how much faster it is than on one.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

// The world of measure_mails(), with more mails at a time. Nothing on a machine with one processor.
Figures measure_threads(std::uint64_t mails);

}  // namespace mailcosm::bench
