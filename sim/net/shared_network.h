// SharedNetwork: what the fabrics of one virtual network share.
//
// A network may be cut into partitions, each with a fabric of its own that a thread of its own may
// drive. Everything here either changes only while all fabrics rest (topology, epochs, changes), or
// consists of entries that belong to one node or lane each and are touched by the fabric of its
// partition alone; a lane belongs to the partition of the node that sends on it. Known to sim/net
// only.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/net/network_settings.h"
#include "sim/net/spread.h"
#include "sim/net/wire.h"
#include "sim/topology/topology.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

class VirtualHost;

using PartitionIndex = std::uint32_t;

struct SharedNetwork {
  // `the_partition_of` has one for each node, or is empty: then there is one only.
  SharedNetwork(Topology the_topology, const NetworkSettings& the_settings,
                std::vector<PartitionIndex> the_partition_of = {});
  SharedNetwork(const SharedNetwork&) = delete;
  SharedNetwork& operator=(const SharedNetwork&) = delete;

  Topology topology;
  const NetworkSettings settings;
  const std::vector<PartitionIndex> partition_of;  // by node; empty: there is one only
  Spread<EventSource> sources;                     // by node; the network fills it
  std::vector<VirtualHost*> hosts;                 // by node; null for routers
  Spread<Wire> wires;                              // by lane
  // Of lanes: changes whenever one goes down, so that what was on it is lost.
  std::vector<std::uint32_t> epochs;
  std::map<LaneIndex, RecordId> changes;  // of lanes that are not as they were at the start
  RecordId last_change;                   // of any lane
  Instant last_changed;
};

}  // namespace mailcosm::sim
