#include "sim/topology/routes.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>

namespace mailcosm::sim {
namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();

// Lanes turned around: an edge leads from the far end of a lane to its near end.
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_weight_t, std::int64_t>>;

bool is_router(const Topology& topology, HostIndex node) {
  return topology.node(node).kind == Topology::NodeKind::kRouter;
}

// The other direction of the same link.
LaneIndex opposite(LaneIndex lane) { return lane ^ 1; }

std::int64_t sum(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_add_overflow(a, b, &result) ? kFar : result;
}

}  // namespace

void Routes::prepare(const Topology& topology) {
  if (valid_) return;
  valid_ = true;
  take_off_trees(topology);
  core_nodes_.clear();
  for (HostIndex node = 0; node < topology.node_count(); ++node) {
    if (!in_core(node)) continue;
    places_[node].core = static_cast<std::uint32_t>(core_nodes_.size());
    core_nodes_.push_back(node);
  }
  tables_.assign(core_nodes_.size(), {});
}

// From the outside in: who has one link left, to a router, hangs on that router.
void Routes::take_off_trees(const Topology& topology) {
  const auto nodes = static_cast<HostIndex>(topology.node_count());
  places_.assign(nodes, {});
  std::vector<std::size_t> links_left(nodes);
  std::vector<HostIndex> order;
  for (HostIndex node = 0; node < nodes; ++node) {
    links_left[node] = topology.node(node).lanes_out.size();
    if (links_left[node] == 1) order.push_back(node);
  }
  for (std::size_t at = 0; at < order.size(); ++at) {
    const HostIndex node = order[at];
    if (links_left[node] != 1) continue;
    for (LaneIndex lane : topology.node(node).lanes_out) {
      const HostIndex neighbour = topology.lane(lane).to;
      const LaneIndex its_way_up = places_[neighbour].up;
      if (its_way_up == opposite(lane)) continue;  // hangs on this node
      if (!is_router(topology, neighbour)) break;
      places_[node].up = lane;
      if (--links_left[neighbour] == 1) order.push_back(neighbour);
      break;
    }
  }
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    if (!in_core(*node))
      places_[*node].depth = places_[topology.lane(places_[*node].up).to].depth + 1;
  }
}

LaneIndex Routes::next_hop(const Topology& topology, HostIndex from, HostIndex destination) {
  prepare(topology);
  if (from == destination) return kNoLane;
  HostIndex near = from, far = destination;
  LaneIndex down = kNoLane;  // the last lane of the way to `far`, seen from where `far` is now
  while (near != far) {
    const std::uint32_t depth = std::max(places_[near].depth, places_[far].depth);
    if (depth == 0) break;
    if (places_[far].depth == depth) {
      down = opposite(places_[far].up);
      if (!topology.lane(down).settings.up) return kNoLane;
      far = topology.lane(down).from;
    } else {
      const LaneIndex up = places_[near].up;
      if (!topology.lane(up).settings.up) return kNoLane;
      near = topology.lane(up).to;
    }
  }
  LaneIndex first = down;
  if (near != far) first = table_to(topology, places_[far].core)[places_[near].core];
  if (near != far && first == kNoLane) return kNoLane;
  return near == from ? first : places_[from].up;
}

const std::vector<LaneIndex>& Routes::table_to(const Topology& topology,
                                               std::uint32_t core_destination) {
  std::vector<LaneIndex>& table = tables_[core_destination];
  if (!table.empty()) return table;
  const std::vector<std::int64_t> distances = distances_to(topology, core_destination);
  table.assign(core_nodes_.size(), kNoLane);
  for (std::uint32_t at = 0; at < core_nodes_.size(); ++at) {
    std::int64_t best = kFar;
    for (LaneIndex lane : topology.node(core_nodes_[at]).lanes_out) {
      const Topology::Lane& it = topology.lane(lane);
      if (!it.settings.up || !in_core(it.to) || at == core_destination) continue;
      const std::uint32_t next = places_[it.to].core;
      if (next != core_destination && !is_router(topology, it.to)) continue;
      const std::int64_t distance = sum(distances[next], it.settings.latency.count());
      if (distance < best) {
        best = distance;
        table[at] = lane;
      }
    }
  }
  return table;
}

std::vector<std::int64_t> Routes::distances_to(const Topology& topology,
                                               std::uint32_t core_destination) const {
  Graph graph(core_nodes_.size());
  for (HostIndex node : core_nodes_) {
    for (LaneIndex lane : topology.node(node).lanes_out) {
      const Topology::Lane& it = topology.lane(lane);
      if (!it.settings.up || !in_core(it.to)) continue;
      const std::uint32_t next = places_[it.to].core;
      // Only routers pass packets on: a way leads through no other host.
      if (next != core_destination && !is_router(topology, it.to)) continue;
      boost::add_edge(next, places_[it.from].core, it.settings.latency.count(), graph);
    }
  }
  std::vector<std::int64_t> distances(core_nodes_.size(), kFar);
  boost::dijkstra_shortest_paths(
      graph, core_destination,
      boost::distance_map(distances.data()).distance_inf(kFar).distance_combine(&sum));
  return distances;
}

}  // namespace mailcosm::sim
