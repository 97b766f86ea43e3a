#include "sim/parallel/look_ahead.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

LinkSettings latency_of(Duration latency) {
  LinkSettings settings;
  settings.latency = latency;
  return settings;
}

// a - b - c, and d alone: 10 ms there and 20 ms back between a and b, 5 ms between b and c.
struct Chain {
  Chain() {
    for (const char* name : {"a", "c", "d"}) EXPECT_TRUE(topology.add_host(name));
    EXPECT_TRUE(topology.add_router("b"));
    EXPECT_TRUE(topology.add_link(0, 3, latency_of(10ms), latency_of(20ms)));
    EXPECT_TRUE(topology.add_link(3, 1, latency_of(5ms)));
  }
  Topology topology;
  const std::vector<PartitionIndex> each_alone = {0, 2, 3, 1};
};

TEST(LookAheadTest, WaysAreShortestSumsAndLeadAround) {
  const Chain chain;
  const LookAhead ways(chain.topology, chain.each_alone, 4);
  EXPECT_EQ(ways.between(0, 1), 10ms);
  EXPECT_EQ(ways.between(1, 0), 20ms);
  EXPECT_EQ(ways.between(0, 2), 15ms);
  EXPECT_EQ(ways.between(2, 0), 25ms);
  EXPECT_EQ(ways.between(0, 0), 30ms);
  EXPECT_EQ(ways.between(1, 1), 10ms);
  EXPECT_EQ(ways.between(0, 3), LookAhead::kUnreachable);
  EXPECT_EQ(ways.between(3, 3), LookAhead::kUnreachable);
}

TEST(LookAheadTest, OnlyLanesBetweenPartitionsCount) {
  const Chain chain;
  const LookAhead ways(chain.topology, {0, 1, 0, 0}, 2);
  EXPECT_EQ(ways.crossing(), (std::vector<LaneIndex>{2, 3}));
  EXPECT_EQ(ways.between(0, 1), 5ms);
  EXPECT_EQ(ways.between(0, 0), 10ms);
}

TEST(LookAheadTest, TheBoundIsTheEarliestTimeAtWhichAnythingCanArrive) {
  const Chain chain;
  const LookAhead ways(chain.topology, chain.each_alone, 4);
  const auto at = [](Duration duration) { return Instant{} + duration; };
  const Instant never = Instant::never();
  const auto bound = [&](const std::vector<Instant>& next) { return ways.bound(next); };
  // a's event at 1 ms may reach b at 11 ms; nothing leaves d.
  EXPECT_EQ(bound({at(1ms), at(50ms), at(60ms), at(2ms)}), at(11ms));
  // b's may reach c before a's can reach b.
  EXPECT_EQ(bound({at(1ms), at(3ms), never, never}), at(8ms));
  EXPECT_EQ(bound({never, never, at(60ms), never}), at(65ms));
  EXPECT_EQ(bound({never, never, never, at(2ms)}), never);
  EXPECT_EQ(bound({never, never, never, never}), never);
}

TEST(LookAheadTest, FollowsChangesOfLinks) {
  Chain chain;
  LookAhead ways(chain.topology, chain.each_alone, 4);
  chain.topology.change(0, latency_of(3ms));
  LinkSettings down = latency_of(5ms);
  down.up = false;
  chain.topology.change(2, down);
  ways.update(chain.topology);
  EXPECT_EQ(ways.between(0, 1), 3ms);
  EXPECT_EQ(ways.between(0, 2), LookAhead::kUnreachable);
  EXPECT_EQ(ways.between(2, 0), 25ms);
}

TEST(LookAheadTest, SumsThatDoNotFitAreNoWay) {
  Topology topology;
  for (const char* name : {"a", "b", "c"}) EXPECT_TRUE(topology.add_router(name));
  EXPECT_TRUE(topology.add_link(0, 1, latency_of(Duration::max() - Duration(1))));
  EXPECT_TRUE(topology.add_link(1, 2, latency_of(Duration(2))));
  const LookAhead ways(topology, {0, 1, 2}, 3);
  EXPECT_EQ(ways.between(0, 2), LookAhead::kUnreachable);
  EXPECT_EQ(ways.between(1, 2), Duration(2));
}

}  // namespace
}  // namespace mailcosm::sim
