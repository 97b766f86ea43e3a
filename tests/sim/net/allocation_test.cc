// What packets, timers and idle things cost in memory.
#include <gtest/gtest.h>

#include "tests/sim/net/net_world.h"
#include "tests/support/allocations.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// Sends one turn after another without keeping anything.
class Player final : public StreamHandler {
 public:
  explicit Player(std::uint64_t turns) : turns_(turns) {}
  void on_connected() override { stream->send(kLine); }
  void on_received(std::string_view bytes) override {
    octets += bytes.size();
    if (turns_ != 0 && --turns_ != 0) stream->send(kLine);
  }
  void on_end() override {}
  void on_closed(StreamError) override {}
  static constexpr std::string_view kLine =
      "MAIL FROM:<alice@green.com> BODY=8BITMIME SIZE=1000\r\n";
  std::unique_ptr<Stream> stream;
  std::size_t octets = 0;

 private:
  std::uint64_t turns_;
};

class Partner final : public ListenHandler {
 public:
  void on_accepted(std::unique_ptr<Stream> stream) override {
    player.stream = std::move(stream);
    player.stream->set_handler(player);
  }
  Player player{UINT64_MAX};
};

NetWorldOptions quiet() {
  NetWorldOptions options;
  options.packets = false;
  options.access.bits_per_second = 100'000'000;
  return options;
}

TEST(AllocationTest, ADialogueAllocatesNothingPerTurn) {
  NetWorld world(quiet());
  Partner partner;
  auto listener = world.b().listen({IpAddress(), 25}, partner);
  Player player(UINT64_MAX);
  player.stream = world.a().connect(world.at_b(25), player);
  world.run_for(20s);  // everything has its working size, also the slots of the timing wheel
  const std::size_t octets = player.octets;
  const test::AllocationCounter allocated;
  world.run_for(10s);
  EXPECT_GT(player.octets, octets + 100'000);
  // Slots of the event queue that are used for the first time still grow.
  const std::size_t turns = (player.octets - octets) / Player::kLine.size();
  EXPECT_LT(allocated.count(), turns / 10);
}

TEST(AllocationTest, DatagramsAllocateNothing) {
  NetWorld world(quiet());
  class Counter final : public DatagramHandler {
   public:
    void on_datagram(const Endpoint&, const Endpoint&, std::string_view) override { ++count; }
    int count = 0;
  } counter;
  auto b = world.b().bind({IpAddress(), 53}, counter);
  auto a = world.a().bind({IpAddress(), 0}, counter);
  const Endpoint to = world.at_b(53);
  const auto burst = [&] {
    for (int i = 0; i < 2000; ++i) {
      a->send_to(to, "a question of some length, as DNS has them");
      world.run_for(3ms);
    }
  };
  burst();
  const test::AllocationCounter allocated;
  burst();
  EXPECT_EQ(counter.count, 4000);
  EXPECT_LT(allocated.count(), 2000u / 10);
}

TEST(AllocationTest, IdleHostsAreSmall) {
  constexpr HostIndex kHosts = 1000;
  Simulator simulator;
  Recorder recorder(kHosts + 1);
  Topology topology;
  const HostIndex router = topology.add_router("router").value();
  for (HostIndex i = 0; i < kHosts; ++i) {
    const HostIndex host = topology.add_host("host" + std::to_string(i)).value();
    (void)topology.assign_address(host, IpAddress::Family::kIpv4);
    (void)topology.add_link(router, host, LinkSettings());
  }
  const test::AllocationCounter allocated;
  VirtualNetwork network(simulator, recorder, std::move(topology), {});
  EXPECT_LT(allocated.octets() / kHosts, 640u);
}

TEST(AllocationTest, AnIdleConnectionIsSmall) {
  constexpr std::size_t kConnections = 200;
  NetWorld world(quiet());
  Server server(world.b(), 25);
  server.greeting = "220 ready\r\n";
  std::vector<std::unique_ptr<Peer>> clients;
  clients.reserve(kConnections);
  const test::AllocationCounter allocated;
  for (std::size_t i = 0; i < kConnections; ++i) {
    clients.push_back(std::make_unique<Peer>(world.a(), world.at_b(25)));
    world.run_for(50ms);
  }
  world.run_for(1min);
  // Both ends with their handles and the test's own notes.
  EXPECT_LT(allocated.octets() / kConnections, 4096u);
}

}  // namespace
}  // namespace mailcosm::sim
