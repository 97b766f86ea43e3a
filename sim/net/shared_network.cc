#include "sim/net/shared_network.h"

#include <string>
#include <utility>

namespace mailcosm::sim {

SharedNetwork::SharedNetwork(Topology the_topology, const NetworkSettings& the_settings)
    : topology(std::move(the_topology)),
      settings(the_settings),
      hosts(topology.node_count(), nullptr),
      epochs(2 * topology.link_count(), 0) {
  sources.reserve(topology.node_count());
  wires.reserve(epochs.size());
  for (LaneIndex lane = 0; lane < epochs.size(); ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    const std::string name =
        "link " + topology.node(it.from).name + "-" + topology.node(it.to).name;
    wires.emplace_back(Random::fork(settings.seed, name));
  }
}

}  // namespace mailcosm::sim
