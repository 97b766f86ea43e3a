#include "sim/parallel/cut.h"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

using Weights = std::vector<std::uint64_t>;

// The heaviest partition may have so many percent of an equal share.
constexpr std::uint64_t kSharePercentMax = 115;

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

bool is_even(const Weights& loads, std::uint64_t total, std::size_t shares) {
  const std::uint64_t most = *std::max_element(loads.begin(), loads.end());
  return most * 100 * shares <= total * kSharePercentMax &&
         std::count(loads.begin(), loads.end(), 0u) == 0;
}

// In ascending order; the first cuts everything.
std::vector<Duration> latencies_of(const Topology& topology) {
  std::set<Duration> latencies = {Duration{}};
  for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane)
    latencies.insert(topology.lane(lane).settings.latency);
  return {latencies.begin(), latencies.end()};
}

// With everything shorter than `shortest_cut` kept whole; nothing if too little is left to divide.
std::optional<Cut> attempt(const Topology& topology, const Weights& weights, std::uint64_t total,
                           std::size_t partitions, std::size_t shares, Duration shortest_cut) {
  std::vector<std::size_t> cluster_of;
  const std::vector<Cluster> clusters = clusters_of(topology, weights, shortest_cut, cluster_of);
  if (clusters.size() < partitions) return std::nullopt;
  Cut result;
  result.shortest_cut = shortest_cut;
  std::vector<PartitionIndex> places = in_order(clusters, total, partitions, result.weights);
  if (!is_even(result.weights, total, shares))
    places = by_weight(clusters, partitions, result.weights);
  for (std::size_t cluster : cluster_of) result.partition_of.push_back(places[cluster]);
  return result;
}

}  // namespace

Cut cut(const Topology& topology, const Weights& node_weights, std::size_t partitions,
        std::size_t shares) {
  CHECK(partitions > 0 && shares > 0 && topology.node_count() > 0);
  CHECK(node_weights.size() == topology.node_count());
  partitions = std::min(partitions, topology.node_count());
  Weights weights = node_weights;
  for (std::uint64_t& weight : weights) weight = std::max<std::uint64_t>(weight, 1);
  const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  if (partitions == 1) return {std::vector<PartitionIndex>(topology.node_count(), 0), {total}, {}};
  // The more is kept whole, the harder it is to divide evenly.
  const std::vector<Duration> latencies = latencies_of(topology);
  std::optional<Cut> best =
      attempt(topology, weights, total, partitions, shares, latencies.front());
  CHECK(best.has_value());
  for (std::size_t low = 0, high = latencies.size(); low + 1 < high;) {
    const std::size_t middle = low + (high - low) / 2;
    std::optional<Cut> found =
        attempt(topology, weights, total, partitions, shares, latencies[middle]);
    if (found && is_even(found->weights, total, shares)) {
      best = std::move(found);
      low = middle;
    } else {
      high = middle;
    }
  }
  return *std::move(best);
}

}  // namespace mailcosm::sim
