// Bulk transfers over links that lose: everything arrives, byte for byte, whatever is lost.
#include <gtest/gtest.h>

#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

struct Case {
  std::uint32_t loss_per_million;
  CongestionControl control;
  bool sack;
  bool reorders;
};

void run_case(const Case& the_case, std::uint64_t seed, std::size_t size) {
  NetWorldOptions options;
  options.packets = false;
  options.network.seed = seed;
  options.network.tcp.congestion_control = the_case.control;
  options.network.tcp.sack = the_case.sack;
  options.network.tcp.timestamps = the_case.sack;
  options.access.bits_per_second = 10'000'000;
  options.access.latency = 10ms;
  options.access.queue_packets_max = 30;
  options.access.loss_per_million = the_case.loss_per_million;
  options.access.may_reorder = the_case.reorders;
  options.access.jitter = the_case.reorders ? Duration(8ms) : Duration(0);
  options.access.duplicate_per_million = the_case.reorders ? 5'000 : 0;
  options.far = options.access;
  NetWorld world(options);
  Server server(world.b(), 25);
  server.greeting = pattern(size, seed + 1000);
  Peer client(world.a(), world.at_b(25));
  client.greeting = pattern(size, seed);
  client.close_after_greeting = true;
  world.run();
  ASSERT_EQ(server.peers.size(), 1u) << "seed " << seed;
  ASSERT_EQ(server.peers[0]->received, client.greeting) << "seed " << seed;
  ASSERT_EQ(client.received, server.greeting) << "seed " << seed;
  ASSERT_EQ(client.error, StreamError::kNone) << "seed " << seed;
  ASSERT_EQ(server.peers[0]->error, StreamError::kNone) << "seed " << seed;
  ASSERT_EQ(world.network.packets_in_flight(), 0u);
  // A transfer of 1.6 s without loss: nobody sits and waits.
  const Duration limit = the_case.loss_per_million == 0 ? Duration(10s) : Duration(120s);
  ASSERT_LT(client.closed_at - Instant{0}, limit) << "seed " << seed;
}

TEST(TcpBulkTest, ArrivesWholeBothWaysUnderLoss) {
  for (std::uint32_t loss : {0u, 10'000u, 30'000u}) {
    for (CongestionControl control : {CongestionControl::kReno, CongestionControl::kCubic}) {
      for (std::uint64_t seed = 1; seed <= 8; ++seed)
        run_case({loss, control, true, false}, seed, 300'000);
    }
  }
}

TEST(TcpBulkTest, ArrivesWholeWithoutSackAndTimestamps) {
  for (std::uint32_t loss : {0u, 20'000u}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      run_case({loss, CongestionControl::kReno, false, false}, seed, 100'000);
    }
  }
}

TEST(TcpBulkTest, ArrivesWholeWhenPacketsOvertakeEachOther) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    run_case({10'000, CongestionControl::kCubic, true, true}, seed, 150'000);
  }
}

// Every exchange of a short dialogue survives heavy loss.
TEST(TcpBulkTest, DialoguesFinishUnderHeavyLoss) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    NetWorldOptions options;
    options.packets = false;
    options.network.seed = seed;
    options.access.latency = 20ms;
    options.access.loss_per_million = 100'000;
    NetWorld world(options);
    Server server(world.b(), 25);
    server.greeting = "220 ready\r\n";
    server.echo = true;
    Peer client(world.a(), world.at_b(25));
    client.greeting = "QUIT\r\n";
    client.close_after_greeting = true;
    world.run();
    ASSERT_TRUE(client.closed) << seed;
    if (client.error == StreamError::kTimeout) continue;  // five SYNs in a row may well be lost
    ASSERT_EQ(client.received, "220 ready\r\nQUIT\r\n") << seed;
  }
}

}  // namespace
}  // namespace mailcosm::sim
