// Checks of the expanded scenario: does everything that is named exist, and does it make sense
// together?
#pragma once

#include "sim/scenario/draft.h"

namespace mailcosm::sim::scenario {

// Links end at machines, latencies, addresses that only one host has.
void check_network(Draft& draft);
// Master files parse; servers exist; MX, NS and CNAME name what they may; no CNAME cycles.
void check_zones(Draft& draft);
// Hosts and servers of programs exist, ports are free, accounts fit, aliases lead somewhere.
void check_agents(Draft& draft);
// Users that are counted exist wherever they are named; their programs find hosts and servers.
void check_traffic(Draft& draft);

}  // namespace mailcosm::sim::scenario
