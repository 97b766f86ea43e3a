// From the hosts, routers and links of a scenario to a topology.
#pragma once

#include "sim/scenario/model.h"
#include "sim/topology/topology.h"

namespace mailcosm::sim {

// Hosts come first, in the order of the scenario, then routers: a host's index is its place in
// Scenario::hosts.
Topology build_topology(const scenario::Scenario& scenario);

}  // namespace mailcosm::sim
