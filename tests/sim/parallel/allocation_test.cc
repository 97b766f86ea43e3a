// Packets that cross from one partition to another: they take no memory once all is at its working
// size, whether one thread runs both or two.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"
#include "sim/parallel/conductor.h"
#include "tests/support/allocations.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// Answers every datagram with another, for ever.
class Player final : public DatagramHandler {
 public:
  explicit Player(Runtime& runtime) : socket(runtime.bind({IpAddress(), 53}, *this)) {}
  void on_datagram(const Endpoint& from, const Endpoint&, std::string_view bytes) override {
    ++turns;
    socket->send_to(from, bytes);
  }
  std::unique_ptr<DatagramSocket> socket;
  std::uint64_t turns = 0;
};

Topology two_hosts() {
  Topology topology;
  const HostIndex a = topology.add_host("a").value();
  const HostIndex b = topology.add_host("b").value();
  LinkSettings link;
  link.latency = 5ms;
  EXPECT_TRUE(topology.add_link(a, b, link));
  for (const HostIndex host : {a, b})
    EXPECT_TRUE(topology.assign_address(host, IpAddress::Family::kIpv4));
  return topology;
}

void expect_no_allocations(std::size_t threads) {
  Simulator world;
  Topology topology = two_hosts();
  Recorder whole(topology.node_count());
  std::vector<std::unique_ptr<Partition>> partitions;
  std::vector<VirtualNetwork::Drive> drives;
  for (int i = 0; i < 2; ++i) {
    partitions.push_back(std::make_unique<Partition>(whole));
    drives.push_back({&partitions.back()->simulator, &partitions.back()->recorder});
  }
  VirtualNetwork network(drives, {0, 1}, std::move(topology), {});
  Conductor conductor(world, whole, network, partitions, threads);
  conductor.begin();
  Player a(network.host(0)), b(network.host(1));
  const Endpoint to_a{network.host(0).addresses().front(), 53};
  const Endpoint to_b{network.host(1).addresses().front(), 53};
  // Many at a time, so that a window is worth two threads.
  for (int i = 0; i < 100; ++i) {
    a.socket->send_to(to_b, "a question of some length");
    b.socket->send_to(to_a, "another question");
  }
  conductor.advance(Instant{} + 5s, UINT64_MAX);
  const std::uint64_t turns = a.turns + b.turns;
  const test::AllocationCounter allocated;
  conductor.advance(Instant{} + 10s, UINT64_MAX);
  EXPECT_GT(a.turns + b.turns, turns + 100'000);
  // Slots of the event queue that are used for the first time still grow.
  EXPECT_LT(allocated.count(), 100u);
  EXPECT_EQ(conductor.shared_windows() > 0, threads > 1);
}

TEST(ParallelAllocationTest, CrossingPacketsAllocateNothing) { expect_no_allocations(1); }

TEST(ParallelAllocationTest, CrossingPacketsAllocateNothingOnTwoThreads) {
  expect_no_allocations(2);
}

}  // namespace
}  // namespace mailcosm::sim
