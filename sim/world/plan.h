// Plan: into how many partitions a world is cut, and how many threads run them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/parallel/cut.h"
#include "sim/parallel/forecast.h"
#include "sim/scenario/model.h"

namespace mailcosm::sim {

struct Plan {
  Cut cut;
  std::size_t threads = 1;
  Forecast forecast;
  std::size_t threads_asked = 0;  // 0: as many as are worth it
  bool acts_on_records = false;   // then one partition is all there can be
  // Of the cut that was looked at, even if the world stays whole: the shortest latency between two
  // partitions, and how long the run takes, in events of one thread.
  Duration look_ahead{};
  std::uint64_t cost = 0;
};

// Threads that the machine can run at the same time: at least one.
std::size_t threads_of_machine();

// `threads` as in WorldOptions. The topology is the scenario's.
Plan plan_of(const scenario::Scenario& scenario, const Topology& topology, std::size_t threads);

// In plain text, for people: what is cut where, and why so many threads.
std::string explain(const Plan& plan, const scenario::Scenario& scenario, const Topology& topology);

}  // namespace mailcosm::sim
