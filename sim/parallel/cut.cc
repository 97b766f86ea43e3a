#include "sim/parallel/cut.h"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <functional>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

using Weights = std::vector<std::uint64_t>;

// The busiest thread may have so many percent of what it has if neighbours are torn apart.
constexpr std::uint64_t kOrderPercentMax = 105;
constexpr std::size_t kAttemptsMax = 32;

struct Cluster {
  HostIndex first;  // of its nodes
  std::uint64_t weight = 0;
};

// Nodes that hang together by links shorter than `shortest_cut`, in the order of their first nodes,
// and the number of the cluster of each node.
std::vector<Cluster> clusters_of(const Topology& topology, const Weights& weights,
                                 Duration shortest_cut, std::vector<std::size_t>& cluster_of) {
  const std::size_t nodes = topology.node_count();
  std::vector<std::size_t> ranks(nodes), parents(nodes);
  boost::disjoint_sets sets(ranks.data(), parents.data());
  for (std::size_t node = 0; node < nodes; ++node) sets.make_set(node);
  for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    if (it.settings.latency < shortest_cut) sets.union_set(it.from, it.to);
  }
  std::vector<Cluster> clusters;
  std::vector<std::size_t> number_of(nodes, nodes);
  cluster_of.resize(nodes);
  for (HostIndex node = 0; node < nodes; ++node) {
    std::size_t& number = number_of[sets.find_set(std::size_t{node})];
    if (number == nodes) {
      number = clusters.size();
      clusters.push_back({node});
    }
    cluster_of[node] = number;
    clusters[number].weight += weights[node];
  }
  return clusters;
}

// Neighbours together: the clusters in their order, a new partition whenever one has its share.
std::vector<PartitionIndex> in_order(const std::vector<Cluster>& clusters, std::uint64_t total,
                                     std::size_t partitions, Weights& loads) {
  std::vector<PartitionIndex> partition_of;
  loads.assign(partitions, 0);
  std::uint64_t before = 0;
  for (const Cluster& cluster : clusters) {
    // Where its middle lies.
    const std::uint64_t middle = before + cluster.weight / 2;
    const auto partition = static_cast<PartitionIndex>(std::min<std::uint64_t>(
        middle * partitions / std::max<std::uint64_t>(total, 1), partitions - 1));
    partition_of.push_back(partition);
    loads[partition] += cluster.weight;
    before += cluster.weight;
  }
  return partition_of;
}

// The heaviest first, each to the partition that has least.
std::vector<PartitionIndex> by_weight(const std::vector<Cluster>& clusters, std::size_t partitions,
                                      Weights& loads) {
  std::vector<std::size_t> order(clusters.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return clusters[a].weight != clusters[b].weight ? clusters[a].weight > clusters[b].weight
                                                    : a < b;
  });
  std::vector<PartitionIndex> partition_of(clusters.size());
  std::set<std::pair<std::uint64_t, PartitionIndex>> lightest;
  for (PartitionIndex partition = 0; partition < partitions; ++partition)
    lightest.emplace(0, partition);
  loads.assign(partitions, 0);
  for (std::size_t cluster : order) {
    const PartitionIndex partition = lightest.extract(lightest.begin()).value().second;
    partition_of[cluster] = partition;
    loads[partition] += clusters[cluster].weight;
    lightest.emplace(loads[partition], partition);
  }
  return partition_of;
}

// What the busiest of the threads has to do if the heaviest partition goes first, each to the
// thread that has least.
std::uint64_t busiest(Weights loads, std::size_t threads) {
  std::sort(loads.begin(), loads.end(), std::greater());
  std::multiset<std::uint64_t> sums;
  sums.insert(0);
  for (const std::uint64_t load : loads) {
    const std::uint64_t least = sums.size() < threads ? 0 : sums.extract(sums.begin()).value();
    sums.insert(least + load);
  }
  return *sums.rbegin();
}

// In ascending order, some of them if there are very many; the first cuts everything.
std::vector<Duration> latencies_of(const Topology& topology) {
  std::set<Duration> latencies = {Duration{}};
  for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane)
    latencies.insert(topology.lane(lane).settings.latency);
  const std::vector<Duration> all(latencies.begin(), latencies.end());
  if (all.size() <= kAttemptsMax) return all;
  std::vector<Duration> some;
  for (std::size_t i = 0; i < kAttemptsMax; ++i)
    some.push_back(all[i * (all.size() - 1) / (kAttemptsMax - 1)]);
  return some;
}

Duration look_ahead_of(const Topology& topology, const std::vector<PartitionIndex>& partition_of) {
  Duration shortest = Duration::max();
  for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    if (partition_of[it.from] != partition_of[it.to])
      shortest = std::min(shortest, it.settings.latency);
  }
  return shortest;
}

// The clusters in their order where that is about as even as any other way: it keeps neighbours
// together.
std::vector<PartitionIndex> places_of(const std::vector<Cluster>& clusters, std::uint64_t total,
                                      std::size_t partitions, std::size_t threads, Weights& loads) {
  Weights ordered;
  std::vector<PartitionIndex> in_line = in_order(clusters, total, partitions, ordered);
  std::vector<PartitionIndex> scattered = by_weight(clusters, partitions, loads);
  if (std::count(ordered.begin(), ordered.end(), 0u) != 0 ||
      busiest(ordered, threads) * 100 > busiest(loads, threads) * kOrderPercentMax) {
    return scattered;
  }
  loads = std::move(ordered);
  return in_line;
}

// With everything shorter than `shortest_cut` kept whole; nothing if too little is left to divide.
std::optional<Cut> attempt(const Topology& topology, const Weights& weights,
                           const CutLimits& limits, const Forecast& forecast,
                           Duration shortest_cut) {
  std::vector<std::size_t> cluster_of;
  const std::vector<Cluster> clusters = clusters_of(topology, weights, shortest_cut, cluster_of);
  if (clusters.size() < limits.partitions_min) return std::nullopt;
  const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  const std::size_t partitions = std::min(limits.partitions_max, clusters.size());
  Cut result;
  result.shortest_cut = shortest_cut;
  const std::vector<PartitionIndex> places =
      places_of(clusters, total, partitions, limits.threads, result.weights);
  for (std::size_t cluster : cluster_of) result.partition_of.push_back(places[cluster]);
  result.look_ahead = look_ahead_of(topology, result.partition_of);
  result.cost = forecast.cost(result.look_ahead, {busiest(result.weights, limits.threads), total});
  return result;
}

}  // namespace

Cut cut(const Topology& topology, const Weights& node_weights, const CutLimits& limits,
        const Forecast& forecast) {
  CHECK(topology.node_count() > 0 && node_weights.size() == topology.node_count());
  CHECK(0 < limits.partitions_min && limits.partitions_min <= limits.partitions_max);
  CHECK(limits.threads > 0);
  Weights weights = node_weights;
  for (std::uint64_t& weight : weights) weight = std::max<std::uint64_t>(weight, 1);
  CutLimits possible = limits;
  possible.partitions_min = std::min(limits.partitions_min, topology.node_count());
  possible.partitions_max = std::min(limits.partitions_max, topology.node_count());
  if (possible.partitions_max == 1) {
    const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    return {std::vector<PartitionIndex>(weights.size(), 0), {total}, {}, {}, forecast.events};
  }
  std::optional<Cut> best;
  for (const Duration latency : latencies_of(topology)) {
    std::optional<Cut> found = attempt(topology, weights, possible, forecast, latency);
    // What is kept whole beyond that leaves even less to divide.
    if (!found) break;
    if (!best || found->cost <= best->cost) best = std::move(found);
  }
  return *std::move(best);
}

}  // namespace mailcosm::sim
