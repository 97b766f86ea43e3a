// Workload: how much a scenario is expected to have to do, and on which machines.
//
// Guesses from what the scenario says; the outcome of a run never depends on them.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/parallel/forecast.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim {

struct Workload {
  std::vector<std::uint64_t> weights;  // by node: hosts in the order of the scenario, then routers
  Forecast forecast;
};

Workload workload_of(const scenario::Scenario& scenario);

}  // namespace mailcosm::sim
