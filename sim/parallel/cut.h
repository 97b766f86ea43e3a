// Cut: which partition each host and router of a world goes to.
//
// Nodes that are close to each other stay together: all links shorter than some latency are kept
// whole. The longer that is, the farther partitions may run ahead of each other; the shorter, the
// more evenly work can be divided. The cut is the one with which the run takes the least time, as
// far as a forecast can tell: mostly only long links are cut, as between organisations and the
// internet. Depends on the topology, the weights and the forecast only.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/net/virtual_network.h"
#include "sim/parallel/forecast.h"
#include "sim/topology/topology.h"

namespace mailcosm::sim {

struct Cut {
  std::vector<PartitionIndex> partition_of;  // by node
  std::vector<std::uint64_t> weights;        // by partition
  // Links at least this long may be cut; none if everything is one partition.
  Duration shortest_cut{};
  // The shortest latency of a link that is cut; zero if none is.
  Duration look_ahead{};
  // How long the run takes, in events of one thread.
  std::uint64_t cost = 0;

  std::size_t partitions() const { return weights.size(); }
};

// How many partitions there may be, and how many threads run them.
struct CutLimits {
  std::size_t partitions_min = 1;
  std::size_t partitions_max = 1;
  std::size_t threads = 1;
};

// `weights` has the work expected of each node. There are fewer partitions than asked for if there
// are fewer nodes; none is empty. REQUIRES: one node, and 1 <= partitions_min <= partitions_max,
// threads >= 1.
Cut cut(const Topology& topology, const std::vector<std::uint64_t>& weights,
        const CutLimits& limits, const Forecast& forecast);

}  // namespace mailcosm::sim
