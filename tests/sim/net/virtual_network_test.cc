#include "sim/net/virtual_network.h"

#include <gtest/gtest.h>

#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

TEST(VirtualNetworkTest, CarriesADatagramAndItsAnswer) {
  NetWorld world;
  Mailslot at_a;
  Mailslot at_b;
  auto a = world.a().bind({IpAddress(), 0}, at_a);
  auto b = world.b().bind({IpAddress(), 53}, at_b);
  ASSERT_TRUE(a && b);
  EXPECT_GE(a->port(), 49152);
  a->send_to(world.at_b(53), "question");
  world.run();
  ASSERT_EQ(at_b.datagrams.size(), 1u);
  EXPECT_EQ(at_b.datagrams[0].second, "question");
  EXPECT_EQ(at_b.datagrams[0].first, world.at_a(a->port()));
  EXPECT_EQ(at_b.last_to, world.at_b(53));
  EXPECT_EQ(world.simulator.now().ns, 2'000'000) << "two links of 1 ms";
  b->send_to(at_b.datagrams[0].first, "answer");
  world.run();
  ASSERT_EQ(at_a.datagrams.size(), 1u);
  EXPECT_EQ(at_a.datagrams[0].second, "answer");
  EXPECT_EQ(world.network.packets_in_flight(), 0u);
}

TEST(VirtualNetworkTest, CarriesADialogueOverTcp) {
  for (bool ipv6 : {false, true}) {
    WorldOptions options;
    options.ipv6 = ipv6;
    NetWorld world(options);
    Server server(world.b(), 25);
    server.greeting = "220 b ready\r\n";
    server.echo = true;
    Peer client(world.a(), world.at_b(25));
    client.greeting = "EHLO a\r\n";
    world.run_for(1s);
    ASSERT_EQ(server.peers.size(), 1u);
    EXPECT_TRUE(client.connected);
    EXPECT_EQ(server.peers[0]->received, "EHLO a\r\n");
    EXPECT_EQ(client.received, "220 b ready\r\nEHLO a\r\n");
    EXPECT_EQ(client.stream->id(), server.peers[0]->stream->id());
    EXPECT_EQ(client.stream->remote(), world.at_b(25));
    EXPECT_EQ(server.peers[0]->stream->remote(), client.stream->local());
    client.stream->close();
    world.run();
    EXPECT_TRUE(server.peers[0]->ended && server.peers[0]->closed && client.closed && client.ended);
    EXPECT_EQ(server.peers[0]->error, StreamError::kNone);
    EXPECT_EQ(client.error, StreamError::kNone);
    EXPECT_EQ(world.network.packets_in_flight(), 0u);
    EXPECT_EQ(world.log.count(Kind::kPacketDropped), 0u);
  }
}

}  // namespace
}  // namespace mailcosm::sim
