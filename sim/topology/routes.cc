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
    places_[node].above = static_cast<std::uint32_t>(core_nodes_.size());
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
    if (in_core(*node)) continue;
    Place& place = places_[*node];
    place.above = topology.lane(place.up).to;
    place.depth = places_[place.above].depth + 1;
    place.up_open = topology.lane(place.up).settings.up;
    place.down_open = topology.lane(opposite(place.up)).settings.up;
  }
}

LaneIndex Routes::next_hop(const Topology& topology, HostIndex from, HostIndex destination) {
  prepare(topology);
  if (from == destination) return kNoLane;
  const Place* const places = places_.data();
  HostIndex near = from, far = destination;
  LaneIndex down = kNoLane;  // the last lane of the way to `far`, seen from where `far` is now
  while (near != far) {
    const Place& here = places[near];
    const Place& there = places[far];
    if (here.depth == 0 && there.depth == 0) break;
    if (there.depth >= here.depth) {
      if (!there.down_open) return kNoLane;
      down = opposite(there.up);
      far = there.above;
    } else {
      if (!here.up_open) return kNoLane;
      near = here.above;
    }
  }
  LaneIndex first = down;
  if (near != far) first = table_to(topology, places[far].above)[places[near].above];
  if (near != far && first == kNoLane) return kNoLane;
  return near == from ? first : places[from].up;
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
      const std::uint32_t next = places_[it.to].above;
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
      const std::uint32_t next = places_[it.to].above;
      // Only routers pass packets on: a way leads through no other host.
      if (next != core_destination && !is_router(topology, it.to)) continue;
      boost::add_edge(next, places_[it.from].above, it.settings.latency.count(), graph);
    }
  }
  std::vector<std::int64_t> distances(core_nodes_.size(), kFar);
  boost::dijkstra_shortest_paths(
      graph, core_destination,
      boost::distance_map(distances.data()).distance_inf(kFar).distance_combine(&sum));
  return distances;
}

}  // namespace mailcosm::sim
