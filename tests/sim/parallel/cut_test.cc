#include "sim/parallel/cut.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "protocols/base/random.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

constexpr Forecast kBusy{100'000'000, 100s, 0};

LinkSettings latency_of(Duration latency) {
  LinkSettings settings;
  settings.latency = latency;
  return settings;
}

// Organisations of a router and `hosts` hosts each, around one router in the middle.
Topology star(std::size_t organisations, std::size_t hosts) {
  Topology topology;
  const HostIndex middle = *topology.add_router("internet");
  for (std::size_t i = 0; i < organisations; ++i) {
    const std::string name = std::to_string(i);
    const HostIndex router = *topology.add_router("router" + name);
    EXPECT_TRUE(topology.add_link(router, middle, latency_of(10ms)));
    for (std::size_t j = 0; j < hosts; ++j) {
      const HostIndex host = *topology.add_host("host" + name + "-" + std::to_string(j));
      EXPECT_TRUE(topology.add_link(host, router, latency_of(1ms)));
    }
  }
  return topology;
}

std::vector<std::uint64_t> equal_weights(const Topology& topology) {
  return std::vector<std::uint64_t>(topology.node_count(), 10);
}

void expect_is_consistent(const Cut& it, const std::vector<std::uint64_t>& weights) {
  std::vector<std::uint64_t> loads(it.partitions(), 0);
  for (std::size_t node = 0; node < weights.size(); ++node) {
    ASSERT_LT(it.partition_of[node], it.partitions());
    loads[it.partition_of[node]] += std::max<std::uint64_t>(weights[node], 1);
  }
  EXPECT_EQ(loads, it.weights);
  for (const std::uint64_t load : loads) EXPECT_GT(load, 0u);
}

TEST(CutTest, KeepsOrganisationsWhole) {
  const Topology topology = star(16, 4);
  for (const std::size_t partitions : {2u, 3u, 4u, 8u}) {
    const Cut it = cut(topology, equal_weights(topology), {partitions, partitions, 2}, kBusy);
    EXPECT_EQ(it.partitions(), partitions);
    EXPECT_EQ(it.shortest_cut, 10ms);
    expect_is_consistent(it, equal_weights(topology));
    for (LaneIndex lane = 0; lane < 2 * topology.link_count(); ++lane) {
      const Topology::Lane& link = topology.lane(lane);
      if (link.settings.latency < 10ms) {
        EXPECT_EQ(it.partition_of[link.from], it.partition_of[link.to]);
      }
    }
  }
}

TEST(CutTest, CutsShorterLinksWhereThatSavesMoreThanTheMeetingsCost) {
  const Topology topology = star(2, 8);
  std::vector<std::uint64_t> weights = equal_weights(topology);
  for (HostIndex node = 0; node < topology.node_count(); ++node) {
    if (topology.node(node).name.starts_with("host0")) weights[node] = 1'000;
  }
  // Nearly all the work is in one organisation. 100 s have 10,000 windows of 10 ms.
  const Cut whole = cut(topology, weights, {2, 16, 2}, {1'000'000, 100s, 0});
  EXPECT_EQ(whole.look_ahead, 10ms);
  EXPECT_GT(whole.cost, 1'000'000u);
  const Cut it = cut(topology, weights, {2, 2, 2}, {100'000'000, 100s, 0});
  EXPECT_EQ(it.shortest_cut, 1ms);
  EXPECT_EQ(it.look_ahead, 1ms);
  EXPECT_LT(it.cost, 60'000'000u);
  expect_is_consistent(it, weights);
  EXPECT_LT(it.weights[0] * 10, it.weights[1] * 11);
  EXPECT_LT(it.weights[1] * 10, it.weights[0] * 11);
}

TEST(CutTest, TriesSomeOfVeryManyLatencies) {
  Topology topology;
  EXPECT_TRUE(topology.add_router("0"));
  for (HostIndex i = 1; i <= 1'000; ++i) {
    EXPECT_TRUE(topology.add_router(std::to_string(i)));
    EXPECT_TRUE(topology.add_link(i - 1, i, latency_of(i * 1us)));
  }
  const Cut it = cut(topology, equal_weights(topology), {2, 16, 2}, kBusy);
  EXPECT_GT(it.look_ahead, 400us);
  expect_is_consistent(it, equal_weights(topology));
}

TEST(CutTest, GivesNoMorePartitionsThanNodes) {
  const Topology topology = star(1, 1);
  for (const std::size_t asked : {1u, 2u, 3u, 4u, 100u}) {
    const Cut it = cut(topology, {0, 0, 0}, {asked, asked, asked}, kBusy);
    EXPECT_EQ(it.partitions(), std::min<std::size_t>(asked, 3));
    expect_is_consistent(it, {0, 0, 0});
  }
}

TEST(CutTest, LeavesNoPartitionEmptyWhateverTheTopology) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const auto below = [&](std::uint64_t bound) {
      return static_cast<std::size_t>(random.below(bound));
    };
    Topology topology;
    const std::size_t nodes = 1 + below(40);
    std::vector<std::uint64_t> weights;
    for (std::size_t i = 0; i < nodes; ++i) {
      EXPECT_TRUE(topology.add_router("n" + std::to_string(i)));
      weights.push_back(random.below(5) * random.below(100));
    }
    for (std::size_t i = 0; i < 2 * nodes; ++i) {
      // Some are refused: twice the same link, or from a node to itself.
      (void)topology.add_link(static_cast<HostIndex>(below(nodes)),
                              static_cast<HostIndex>(below(nodes)),
                              latency_of(Duration(1 + random.below(4))));
    }
    const std::size_t most = 1 + below(6), least = 1 + below(most);
    const CutLimits limits{least, most, 1 + below(most)};
    const Cut it = cut(topology, weights, limits, kBusy);
    expect_is_consistent(it, weights);
    EXPECT_GE(it.partitions(), std::min(least, nodes));
    EXPECT_LE(it.partitions(), most);
    EXPECT_EQ(cut(topology, weights, limits, kBusy).partition_of, it.partition_of);
  }
}

}  // namespace
}  // namespace mailcosm::sim
