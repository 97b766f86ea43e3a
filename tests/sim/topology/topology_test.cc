#include "sim/topology/topology.h"

#include <gtest/gtest.h>

#include "protocols/base/random.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

LinkSettings with_latency(Duration latency) {
  LinkSettings settings;
  settings.latency = latency;
  return settings;
}

// Names of the nodes that a packet visits.
std::string way(const Topology& topology, HostIndex from, HostIndex to) {
  std::string text = topology.node(from).name;
  while (from != to) {
    const LaneIndex lane = topology.next_hop(from, to);
    if (lane == kNoLane) return text + " -";
    from = topology.lane(lane).to;
    text += " " + topology.node(from).name;
  }
  return text;
}

// a - r1 - r2 - b with a detour r1 - r3 - r2.
struct Triangle {
  Topology topology;
  HostIndex a = topology.add_host("a").value();
  HostIndex b = topology.add_host("b").value();
  HostIndex r1 = topology.add_router("r1").value();
  HostIndex r2 = topology.add_router("r2").value();
  HostIndex r3 = topology.add_router("r3").value();
  Triangle() {
    EXPECT_TRUE(topology.add_link(a, r1, with_latency(1ms)));
    EXPECT_TRUE(topology.add_link(b, r2, with_latency(1ms)));
    EXPECT_TRUE(topology.add_link(r1, r2, with_latency(10ms)));
    EXPECT_TRUE(topology.add_link(r1, r3, with_latency(6ms)));
    EXPECT_TRUE(topology.add_link(r3, r2, with_latency(6ms)));
  }
  void change(HostIndex from, HostIndex to, const LinkSettings& settings) {
    topology.change(topology.lane_between(from, to), settings);
  }
};

TEST(TopologyTest, TakesTheWayOfLeastLatency) {
  Triangle t;
  EXPECT_EQ(way(t.topology, t.a, t.b), "a r1 r2 b");
  EXPECT_EQ(t.topology.latency(t.a, t.b), 12ms);
  t.change(t.r1, t.r2, with_latency(13ms));
  EXPECT_EQ(way(t.topology, t.a, t.b), "a r1 r3 r2 b");
  EXPECT_EQ(way(t.topology, t.b, t.a), "b r2 r1 a") << "each direction has latencies of its own";
}

TEST(TopologyTest, EqualWaysAreDecidedByTheLowerLink) {
  Triangle t;
  t.change(t.r1, t.r2, with_latency(12ms));
  EXPECT_EQ(way(t.topology, t.a, t.b), "a r1 r2 b");
}

TEST(TopologyTest, GoesAroundALinkThatIsDownAndReturns) {
  Triangle t;
  LinkSettings down = with_latency(10ms);
  down.up = false;
  t.change(t.r1, t.r2, down);
  EXPECT_EQ(way(t.topology, t.a, t.b), "a r1 r3 r2 b");
  t.change(t.r1, t.r3, down);
  EXPECT_EQ(way(t.topology, t.a, t.b), "a -");
  EXPECT_EQ(t.topology.latency(t.a, t.b), std::nullopt);
  t.change(t.r1, t.r2, with_latency(10ms));
  EXPECT_EQ(way(t.topology, t.a, t.b), "a r1 r2 b");
  t.change(t.r2, t.b, down);
  EXPECT_EQ(way(t.topology, t.a, t.b), "a -");
  EXPECT_EQ(way(t.topology, t.b, t.a), "b r2 r1 a");
}

TEST(TopologyTest, HostsPassNothingOn) {
  Topology topology;
  const HostIndex a = topology.add_host("a").value();
  const HostIndex m = topology.add_host("m").value();
  const HostIndex b = topology.add_host("b").value();
  ASSERT_TRUE(topology.add_link(a, m, with_latency(1ms)));
  ASSERT_TRUE(topology.add_link(m, b, with_latency(1ms)));
  EXPECT_EQ(way(topology, a, m), "a m");
  EXPECT_EQ(way(topology, a, b), "a -");
  ASSERT_TRUE(topology.add_link(a, b, with_latency(1s)));
  EXPECT_EQ(way(topology, a, b), "a b");
}

TEST(TopologyTest, RefusesWhatMakesNoNetwork) {
  Topology topology;
  const HostIndex a = topology.add_host("a").value();
  const HostIndex b = topology.add_host("b").value();
  EXPECT_EQ(topology.add_router("a").error().what, "there is already a node named a");
  EXPECT_FALSE(topology.add_host(""));
  EXPECT_FALSE(topology.add_link(a, a, with_latency(1ms)));
  EXPECT_FALSE(topology.add_link(a, b, with_latency(0ms)));
  ASSERT_TRUE(topology.add_link(a, b, with_latency(1ns)));
  EXPECT_EQ(topology.add_link(b, a, with_latency(1ms)).error().what,
            "there is already a link between b and a");
  ASSERT_TRUE(topology.give_address(a, IpAddress::ipv4(0xc0000201)));
  EXPECT_FALSE(topology.give_address(b, IpAddress::ipv4(0xc0000201)));
  EXPECT_EQ(topology.assign_address(b, IpAddress::Family::kIpv4).value().to_string(), "192.0.2.2");
  EXPECT_EQ(topology.owner_of(IpAddress::ipv4(0xc0000202)), b);
  EXPECT_EQ(topology.find("b"), b);
  EXPECT_EQ(topology.find("c"), std::nullopt);
}

// Against Floyd and Warshall, on trees, forests, rings and what lies between.
TEST(TopologyTest, AgreesWithAnotherAlgorithmOnRandomGraphs) {
  constexpr std::size_t kNodes = 12;
  constexpr std::int64_t kFar = std::int64_t{1} << 50;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Random random(seed);
    Topology topology;
    std::vector<std::vector<std::int64_t>> distance(kNodes,
                                                    std::vector<std::int64_t>(kNodes, kFar));
    for (std::size_t i = 0; i < kNodes; ++i) {
      const std::string name = "n" + std::to_string(i);
      ASSERT_TRUE(random.chance(1, 4) ? topology.add_host(name) : topology.add_router(name));
      distance[i][i] = 0;
    }
    const std::uint64_t links = 8 + random.below(16);
    for (std::uint64_t link = 0; link < links; ++link) {
      const auto a = static_cast<HostIndex>(random.below(kNodes));
      const auto b = static_cast<HostIndex>(random.below(kNodes));
      LinkSettings settings =
          with_latency(Duration(1 + static_cast<std::int64_t>(random.below(9))));
      settings.up = random.chance(9, 10);
      if (!topology.add_link(a, b, settings) || !settings.up) continue;
      distance[a][b] = distance[b][a] = settings.latency.count();
    }
    for (std::size_t k = 0; k < kNodes; ++k) {
      if (topology.node(static_cast<HostIndex>(k)).kind == Topology::NodeKind::kHost) continue;
      for (std::size_t i = 0; i < kNodes; ++i) {
        for (std::size_t j = 0; j < kNodes; ++j) {
          distance[i][j] = std::min(distance[i][j], distance[i][k] + distance[k][j]);
        }
      }
    }
    for (HostIndex i = 0; i < kNodes; ++i) {
      for (HostIndex j = 0; j < kNodes; ++j) {
        const auto found = topology.latency(i, j);
        ASSERT_EQ(found ? found->count() : kFar, distance[i][j]) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace mailcosm::sim
