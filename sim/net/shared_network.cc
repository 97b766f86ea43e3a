#include "sim/net/shared_network.h"

#include <string>
#include <utility>

namespace mailcosm::sim {

SharedNetwork::SharedNetwork(Topology the_topology, const NetworkSettings& the_settings,
                             std::vector<PartitionIndex> the_partition_of)
    : topology(std::move(the_topology)),
      settings(the_settings),
      partition_of(std::move(the_partition_of)),
      sources(topology.node_count(), !partition_of.empty()),
      hosts(topology.node_count(), nullptr),
      wires(2 * topology.link_count(), !partition_of.empty()),
      epochs(2 * topology.link_count(), 0) {
  for (LaneIndex lane = 0; lane < epochs.size(); ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    const std::string name =
        "link " + topology.node(it.from).name + "-" + topology.node(it.to).name;
    wires.emplace_back(Random::fork(settings.seed, name));
  }
}

}  // namespace mailcosm::sim
