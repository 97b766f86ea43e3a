// Routes: shortest ways through a topology, computed when they are first asked for.
//
// Hosts with one link to a router (nearly all) take no part in the search: their way is that of the
// router they hang on. For the others one search per destination fills one table, so that memory
// grows with the square of the routers and not of the hosts. Distances go towards the destination
// and the next hop is chosen by distance and then by lane number, so that no order inside a heap
// decides between equal ways.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/topology/topology.h"

namespace mailcosm::sim {

class Routes {
 public:
  // Everything is computed anew when next asked for.
  void invalidate() { valid_ = false; }

  LaneIndex next_hop(const Topology& topology, HostIndex from, HostIndex destination);

 private:
  static constexpr std::uint32_t kLeaf = 0xffffffff;

  void prepare(const Topology& topology);
  const std::vector<LaneIndex>& table_to(const Topology& topology, std::uint32_t core_destination);
  std::vector<std::int64_t> distances_to(const Topology& topology,
                                         std::uint32_t core_destination) const;
  LaneIndex hop_in_core(const Topology& topology, HostIndex from, HostIndex destination);

  bool valid_ = false;
  std::vector<std::uint32_t> core_of_;  // node -> number in the core, or kLeaf
  std::vector<HostIndex> core_nodes_;   // number in the core -> node
  std::vector<std::vector<LaneIndex>>
      tables_;  // by core destination; by core node; empty: not computed
};

}  // namespace mailcosm::sim
