// One world on two threads: how much faster it is than on one.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

// So many mails among 1,000 domains and 100,000 mailboxes. Nothing on a machine with one processor.
Figures measure_threads(std::uint64_t mails);

}  // namespace mailcosm::bench
