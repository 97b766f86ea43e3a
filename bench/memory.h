// What things cost in memory, counted by the allocator.
#pragma once

#include "bench/figure.h"

namespace mailcosm::bench {

// Idle host, live connection, account of a mailbox server.
Figures measure_memory();

}  // namespace mailcosm::bench
