#include "sim/topology/routes.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();

// Lanes turned around: an edge leads from the far end of a lane to its near end.
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_weight_t, std::int64_t>>;

bool is_router(const Topology& topology, HostIndex node) {
  return topology.node(node).kind == Topology::NodeKind::kRouter;
}

bool is_leaf(const Topology& topology, HostIndex node) {
  const Topology::Node& it = topology.node(node);
  return it.kind == Topology::NodeKind::kHost && it.lanes_out.size() == 1 &&
         is_router(topology, topology.lane(it.lanes_out[0]).to);
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
  core_nodes_.clear();
  core_of_.assign(topology.node_count(), kLeaf);
  for (HostIndex node = 0; node < topology.node_count(); ++node) {
    if (is_leaf(topology, node)) continue;
    core_of_[node] = static_cast<std::uint32_t>(core_nodes_.size());
    core_nodes_.push_back(node);
  }
  tables_.assign(core_nodes_.size(), {});
}

LaneIndex Routes::next_hop(const Topology& topology, HostIndex from, HostIndex destination) {
  prepare(topology);
  if (from == destination) return kNoLane;
  LaneIndex first = kNoLane;
  if (core_of_[from] == kLeaf) {
    first = topology.node(from).lanes_out[0];
    if (!topology.lane(first).settings.up) return kNoLane;
    from = topology.lane(first).to;
    if (from == destination) return first;
  }
  LaneIndex last = kNoLane;
  if (core_of_[destination] == kLeaf) {
    last = opposite(topology.node(destination).lanes_out[0]);
    if (!topology.lane(last).settings.up) return kNoLane;
    destination = topology.lane(last).from;
  }
  const LaneIndex middle = from == destination ? last : hop_in_core(topology, from, destination);
  if (middle == kNoLane) return kNoLane;
  return first != kNoLane ? first : middle;
}

LaneIndex Routes::hop_in_core(const Topology& topology, HostIndex from, HostIndex destination) {
  return table_to(topology, core_of_[destination])[core_of_[from]];
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
      const std::uint32_t next = core_of_[it.to];
      if (!it.settings.up || next == kLeaf || at == core_destination) continue;
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
      const std::uint32_t next = core_of_[it.to];
      if (!it.settings.up || next == kLeaf) continue;
      // Only routers pass packets on: a way leads through no other host.
      if (next != core_destination && !is_router(topology, it.to)) continue;
      boost::add_edge(next, core_of_[it.from], it.settings.latency.count(), graph);
    }
  }
  std::vector<std::int64_t> distances(core_nodes_.size(), kFar);
  boost::dijkstra_shortest_paths(
      graph, core_destination,
      boost::distance_map(distances.data()).distance_inf(kFar).distance_combine(&sum));
  return distances;
}

}  // namespace mailcosm::sim
