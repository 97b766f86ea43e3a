// Routes: shortest ways through a topology, computed when they are first asked for.
//
// Most nodes hang on the rest by one link: hosts on the router of their organisation, that router
// on one of a provider. They form trees, in which there is only one way, up and then down. What is
// left when they are taken off is the core; there one search per destination fills one table, so
// that memory grows with the square of the core and not of the hosts. Distances go towards the
// destination and the next hop is chosen by distance and then by lane number, so that no order
// inside a heap decides between equal ways.
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
  // The lanes between a node and the router that it hangs on; kNoLane if that is not `router`, if
  // it hangs on none, and as long as nothing has been asked for. They may be outdated: good for
  // guesses only.
  LaneIndex lane_up(HostIndex node) const {
    return node < places_.size() ? places_[node].up : kNoLane;
  }
  LaneIndex lane_down(HostIndex router, HostIndex node) const {
    const LaneIndex up = lane_up(node);
    return up != kNoLane && places_[node].above == router ? up ^ 1 : kNoLane;
  }

 private:
  // All that a way through trees needs: no settings of links have to be looked at for a packet. A
  // node of the core has depth 0 and no lane.
  struct Place {
    LaneIndex up = kNoLane;   // to the router that it hangs on
    std::uint32_t above = 0;  // that router; of a node of the core, its number there
    std::uint32_t depth = 0;  // links to the core
    bool up_open = false;     // whether the link to the router is up, in either direction
    bool down_open = false;
  };

  void prepare(const Topology& topology);
  void take_off_trees(const Topology& topology);
  const std::vector<LaneIndex>& table_to(const Topology& topology, std::uint32_t core_destination);
  std::vector<std::int64_t> distances_to(const Topology& topology,
                                         std::uint32_t core_destination) const;
  bool in_core(HostIndex node) const { return places_[node].up == kNoLane; }

  bool valid_ = false;
  std::vector<Place> places_;          // by node
  std::vector<HostIndex> core_nodes_;  // number in the core -> node
  std::vector<std::vector<LaneIndex>>
      tables_;  // by core destination; by core node; empty: not computed
};

}  // namespace mailcosm::sim
