// Cut: which partition each host and router of a world goes to.
//
// Nodes that are close to each other stay together: all links shorter than some latency are kept
// whole, and that latency is the longest one for which the partitions still come out about equally
// heavy. So the links that are cut are long ones, as between organisations and the internet, and
// each partition may run far ahead of the others. Depends on the topology and the weights only.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/net/virtual_network.h"
#include "sim/topology/topology.h"

namespace mailcosm::sim {

struct Cut {
  std::vector<PartitionIndex> partition_of;  // by node
  std::vector<std::uint64_t> weights;        // by partition
  // Links at least this long may be cut; none if everything is one partition.
  Duration shortest_cut{};

  std::size_t partitions() const { return weights.size(); }
};

// `weights` has the work expected of each node. Gives at most `partitions`, fewer if there are
// fewer nodes; none is empty. They are even if the heaviest has no more than one of `shares` equal
// shares of the work, and a little. REQUIRES: at least one of each.
Cut cut(const Topology& topology, const std::vector<std::uint64_t>& weights, std::size_t partitions,
        std::size_t shares);

}  // namespace mailcosm::sim
