// What things cost in memory, counted by the allocator.
#pragma once

#include "bench/figure.h"

namespace mailcosm::bench {

// Idle host, live connection, account of a mailbox server. Nothing if the allocator keeps no count,
// as that of sanitizers.
Figures measure_memory();

}  // namespace mailcosm::bench
