// What idle and waiting things cost in memory.
#pragma once

#include <cstdint>

#include "bench/figure.h"

namespace mailcosm::bench {

// Octets for each of many.
struct MemoryUse {
  double idle_host = 0;   // with its place in the topology, its address and its link
  double connection = 0;  // open, both ends, after they have talked
  double time_wait = 0;   // what is left of a connection for four minutes
  double mailbox = 0;     // empty, with its part of the account and of the journal on the disk
  // A body of a million octets, for each octet: one mail to a hundred mailboxes on four servers.
  double body = 0;
};

// `octets_in_use` gives what the program holds at this moment.
MemoryUse memory_use(std::uint64_t (*octets_in_use)());

// Of all that malloc() knows of; nothing in a build whose allocator does not tell.
Figures measure_memory();

}  // namespace mailcosm::bench
