// The records at the front of every trace: what the world consists of.
#pragma once

#include "sim/scenario/model.h"
#include "sim/topology/topology.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

// Emits run.started, one host.declared for each host and router, and one link.declared for each
// link.
void declare_world(const scenario::Scenario& scenario, const Topology& topology,
                   Recorder& recorder);

}  // namespace mailcosm::sim
