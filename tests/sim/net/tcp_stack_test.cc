// What a host makes of segments that belong to no connection, to a listener, or to one in TIME-WAIT
// (RFC 9293 sections 3.10.7.1, 3.10.7.2 and 3.6.1; RFC 6191; RFC 1337).
#include <gtest/gtest.h>

#include "tests/sim/net/raw_peer.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;
using Timestamps = RawPeer::Timestamps;

// RFC 9293 section 3.10.7.1: everything but a RST is reset, with numbers that the sender accepts.
TEST(TcpStackTest, ResetsStrangers) {
  NetWorld world;
  RawPeer raw(world);
  EXPECT_EQ(raw.say(50'000, "S", 100, 0), answer("RST ACK", 0, 101));
  EXPECT_EQ(raw.say(50'000, "SF", 100, 0), answer("RST ACK", 0, 102));
  EXPECT_EQ(raw.say(50'000, "P", 100, 0, "abc"), answer("RST ACK", 0, 103));
  EXPECT_EQ(raw.say(50'000, "", 100, 0), answer("RST ACK", 0, 100));
  EXPECT_EQ(raw.say(50'000, ".", 100, 77), "RST seq 77");
  EXPECT_EQ(raw.say(50'000, "S.", 100, 77), "RST seq 77");
  EXPECT_EQ(raw.say(50'000, "FP.", 100, 77, "abc"), "RST seq 77");
  EXPECT_EQ(raw.say(50'000, "R", 100, 0), "");
  EXPECT_EQ(raw.say(50'000, "R.", 100, 77), "");
  EXPECT_EQ(raw.say(50'000, "S", 0xffffffff, 0), answer("RST ACK", 0, 0));
}

// Where a packet says that its connection lies is a hint, and may be wrong or outdated.
TEST(TcpStackTest, FindsItsConnectionsAlsoByWrongHints) {
  NetWorld world;
  Server server(world.b(), 25);
  RawPeer raw(world);
  const Sequence one = raw.open(50'001);
  const Sequence other = raw.open(50'002);
  Sequence ours = 1001;
  for (const SocketSlot hint : {0u, 1u, 2u, 15u, 16u, 1'000'000u, kNoSocket}) {
    SCOPED_TRACE(hint);
    raw.receiver = hint;
    EXPECT_EQ(raw.say(50'001, "P.", ours, one + 1, "a"), answer("ACK", one + 1, ours + 1));
    EXPECT_EQ(raw.say(50'002, "P.", ours, other + 1, "b"), answer("ACK", other + 1, ours + 1));
    ++ours;
  }
  ASSERT_EQ(server.peers.size(), 2u);
  EXPECT_EQ(server.peers[0]->received, "aaaaaaa");
  EXPECT_EQ(server.peers[1]->received, "bbbbbbb");
}

// Both ends of a connection of a host to itself have its name.
TEST(TcpStackTest, AHintAtTheOtherEndOfTheSameConnectionMisleadsNobody) {
  NetWorld world;
  Server server(world.b(), 25);
  Peer client(world.b(), world.at_b(25));
  world.run_for(1s);
  ASSERT_TRUE(client.connected);
  ASSERT_EQ(server.peers.size(), 1u);
  Fabric& fabric = world.b().fabric();
  const TcpSocket& first = *fabric.sockets.find(0);
  const TcpSocket& second = *fabric.sockets.find(1);
  ASSERT_EQ(first.connection.id(), second.connection.id());
  const TcpSocket& target = first.remote.port == 25 ? first : second;
  Packet& packet = fabric.packets.take();
  packet.from = packet.to = world.b().index();
  packet.source = target.remote;
  packet.destination = target.local;
  packet.receiver = 1 - target.slot;
  packet.segment.flags = tcp_flag::kRst;
  packet.segment.sequence = target.connection.next_expected();
  packet.segment.connection = target.connection.id();
  fabric.send(packet);
  world.run_for(1s);
  EXPECT_TRUE(client.closed);
  EXPECT_FALSE(server.peers[0]->closed);
}

// RFC 9293 section 3.10.7.2: LISTEN: first RST, second ACK, third SYN, and the rest is dropped.
TEST(TcpStackTest, ListensForSynsOnly) {
  NetWorld world;
  Server server(world.b(), 25);
  RawPeer raw(world);
  EXPECT_EQ(raw.say(50'000, "R", 100, 0), "");
  EXPECT_EQ(raw.say(50'000, "SR", 100, 0), "");
  EXPECT_EQ(raw.say(50'000, ".", 100, 77), "RST seq 77");
  EXPECT_EQ(raw.say(50'000, "S.", 100, 77), "RST seq 77");
  EXPECT_EQ(raw.say(50'000, "P", 100, 0, "abc"), "");
  EXPECT_EQ(raw.say(50'000, "F", 100, 0), "");
  EXPECT_EQ(raw.say(50'000, "", 100, 0), "");
  EXPECT_EQ(world.b().connections(), 0u);
  EXPECT_TRUE(raw.say(50'000, "S", 100, 0).starts_with("SYN ACK"));
  EXPECT_EQ(world.b().connections(), 1u);
  // RFC 9293 section 3.10.7.4, second check: a RST brings it back to LISTEN, and nobody is told.
  EXPECT_EQ(raw.say(50'000, "R", 101, 0), "");
  EXPECT_EQ(world.b().connections(), 0u);
  EXPECT_TRUE(server.peers.empty());
}

// The backlog at its limit less one, its limit, and one more: silence, and an answer once there is
// room again.
TEST(TcpStackTest, HoldsAsManyHalfOpenConnectionsAsItsBacklog) {
  NetWorldOptions options;
  options.network.tcp.backlog = 3;
  NetWorld world(options);
  Server server(world.b(), 25);
  RawPeer raw(world);
  EXPECT_NE(raw.say(50'001, "S", 100, 0), "");
  EXPECT_NE(raw.say(50'002, "S", 100, 0), "");
  const std::string third = raw.say(50'003, "S", 100, 0);
  EXPECT_NE(third, "") << "the limit itself";
  EXPECT_EQ(raw.say(50'004, "S", 100, 0), "") << "one more";
  EXPECT_EQ(world.b().connections(), 3u);
  // One is completed, and makes room.
  EXPECT_EQ(raw.say(50'003, ".", 101, RawPeer::number_after(third, "seq") + 1), "");
  EXPECT_EQ(server.peers.size(), 1u);
  const std::string fourth = raw.say(50'004, "S", 100, 0);
  EXPECT_TRUE(fourth.starts_with("SYN ACK")) << fourth;
  EXPECT_EQ(raw.say(50'005, "S", 100, 0), "");
  // One is reset, one times out: 1 + 2 + 4 + 8 + 16 + 32 seconds.
  EXPECT_EQ(raw.say(50'001, "R", 101, 0), "");
  EXPECT_NE(raw.say(50'005, "S", 100, 0), "");
  world.run_for(70s);
  EXPECT_EQ(world.b().connections(), 1u);
  for (std::uint16_t port = 50'011; port <= 50'013; ++port) {
    EXPECT_NE(raw.say(port, "S", 100, 0), "") << port;
  }
  EXPECT_EQ(raw.say(50'014, "S", 100, 0), "");
}

// A listener that goes and comes again begins with an empty backlog, whatever was half open before.
TEST(TcpStackTest, ANewListenerHasABacklogOfItsOwn) {
  NetWorldOptions options;
  options.network.tcp.backlog = 1;
  NetWorld world(options);
  auto server = std::make_unique<Server>(world.b(), 25);
  RawPeer raw(world);
  const Sequence theirs = RawPeer::number_after(raw.say(50'001, "S", 100, 0), "seq");
  server.reset();
  server = std::make_unique<Server>(world.b(), 25);
  EXPECT_EQ(raw.say(50'001, ".", 101, theirs + 1), "") << "the new one takes it";
  EXPECT_EQ(server->peers.size(), 1u);
  EXPECT_NE(raw.say(50'002, "S", 100, 0), "");
  EXPECT_EQ(raw.say(50'003, "S", 100, 0), "") << "the limit still holds";
}

// With nobody there any more, the last ACK of a handshake is reset.
TEST(TcpStackTest, ResetsAHandshakeThatNobodyWaitsFor) {
  NetWorld world;
  auto server = std::make_unique<Server>(world.b(), 25);
  RawPeer raw(world);
  const Sequence theirs = RawPeer::number_after(raw.say(50'001, "S", 100, 0), "seq");
  server.reset();
  EXPECT_TRUE(raw.say(50'001, ".", 101, theirs + 1).starts_with("RST"));
  EXPECT_EQ(world.b().connections(), 0u);
}

// Host b has closed first, and is in TIME-WAIT towards port 50,000 of a.
class TimeWaitTest : public testing::Test {
 protected:
  void open_and_close(const Timestamps* timestamps = nullptr) {
    theirs_ = raw_.open(50'000, timestamps) + 1;
    ASSERT_EQ(server_.peers.size(), 1u);
    server_.peers[0]->stream->close();
    world_.run_for(1ms);
    raw_.say(50'000, "F.", 1001, theirs_ + 1, {}, timestamps);
    ++theirs_;
    ASSERT_EQ(world_.b().connections(), 0u);
    ASSERT_EQ(world_.b().time_waits(), 1u);
  }
  std::string as_it_stands() const { return answer("ACK", theirs_, 1002); }
  // A record that has been replaced stays in line for a while.
  bool opens(Sequence sequence, const Timestamps* timestamps = nullptr) {
    const std::string said = raw_.say(50'000, "S", sequence, 0, {}, timestamps);
    if (said == as_it_stands()) return false;
    // RFC 6191 section 2: our numbers go on above those of the old connection, as in Linux.
    EXPECT_EQ(said, answer("SYN ACK", theirs_ + 65'537, sequence + 1));
    EXPECT_EQ(
        raw_.say(50'000, "P.", sequence + 1, theirs_ + 65'538, "anew", timestamps).substr(0, 3),
        "ACK");
    EXPECT_EQ(server_.peers.back()->received, "anew");
    return true;
  }

  NetWorld world_;
  Server server_{world_.b(), 25};
  RawPeer raw_{world_};
  Sequence theirs_ = 0;
};

// RFC 9293 section 3.6.1, MUST-13: twice MSL, here Linux's 60 s.
TEST_F(TimeWaitTest, LastsAsLongAsItsSetting) {
  open_and_close();
  world_.run_for(59s);
  EXPECT_EQ(world_.b().time_waits(), 1u);
  world_.run_for(1s);
  EXPECT_EQ(world_.b().time_waits(), 0u);
  EXPECT_EQ(raw_.say(50'000, ".", 1002, theirs_), "RST seq " + std::to_string(theirs_));
}

TEST_F(TimeWaitTest, AcknowledgesTheFinAgainAndWaitsAnew) {
  open_and_close();
  world_.run_for(50s);
  EXPECT_EQ(raw_.say(50'000, "F.", 1001, theirs_), as_it_stands());
  world_.run_for(50s);
  EXPECT_EQ(world_.b().time_waits(), 1u);
  world_.run_for(10s);
  EXPECT_EQ(world_.b().time_waits(), 0u);
}

// RFC 1337 section 3, F1.
TEST_F(TimeWaitTest, IsNotAssassinated) {
  open_and_close();
  EXPECT_EQ(raw_.say(50'000, "R", 1002, 0), "");
  EXPECT_EQ(raw_.say(50'000, "R.", 1002, theirs_), "");
  EXPECT_EQ(raw_.say(50'000, "R", 1003, 0), "");
  EXPECT_EQ(world_.b().time_waits(), 1u);
}

// RFC 9293 section 3.10.7.4: old octets and strange acknowledgments are told where we stand; what
// says nothing new gets no answer.
TEST_F(TimeWaitTest, AnswersOldSegments) {
  open_and_close();
  EXPECT_EQ(raw_.say(50'000, ".", 1002, theirs_), "");
  EXPECT_EQ(raw_.say(50'000, "P.", 1001, theirs_, "old"), as_it_stands());
  EXPECT_EQ(raw_.say(50'000, "P.", 1002, theirs_, "new"), as_it_stands());
  EXPECT_EQ(raw_.say(50'000, ".", 999'999, theirs_), as_it_stands());
  EXPECT_EQ(raw_.say(50'000, "S.", 1002, theirs_), as_it_stands());
}

// RFC 9293 section 3.6.1, MAY-2, without timestamps: by a larger number only.
TEST_F(TimeWaitTest, IsReplacedByALargerNumber) {
  open_and_close();
  EXPECT_FALSE(opens(1000)) << "the old SYN, late";
  EXPECT_FALSE(opens(1001));
  EXPECT_FALSE(opens(1002)) << "RCV.NXT itself";
  EXPECT_FALSE(opens(1002u + 0x80000001u)) << "more than half round the numbers";
  EXPECT_TRUE(opens(1003));
}

// RFC 6191 section 2: by a later timestamp, whatever the number.
TEST_F(TimeWaitTest, IsReplacedByALaterTimestamp) {
  const Timestamps then{500, 0};
  open_and_close(&then);
  const Timestamps later{501, 0};
  EXPECT_TRUE(opens(17, &later));
}

// RFC 6191 section 2: an equal one leaves it to the number; an earlier one opens nothing, not even
// with a larger number.
TEST_F(TimeWaitTest, IsNotReplacedByAnEarlierTimestamp) {
  const Timestamps then{500, 0};
  open_and_close(&then);
  const Timestamps earlier{499, 0};
  EXPECT_FALSE(opens(2000, &earlier));
  EXPECT_FALSE(opens(900, &then));
  EXPECT_TRUE(opens(2000, &then));
}

// RFC 6191 section 2: a SYN without timestamps to a connection that had them: the number decides.
TEST_F(TimeWaitTest, IsReplacedWithoutTimestampsByANumber) {
  const Timestamps then{500, 0};
  open_and_close(&then);
  EXPECT_FALSE(opens(900));
  EXPECT_TRUE(opens(2000));
}

// Without a listener there is nothing to open.
TEST_F(TimeWaitTest, IsNotReplacedWhenNobodyListens) {
  open_and_close();
  server_.listener.reset();
  EXPECT_EQ(raw_.say(50'000, "S", 5000, 0), as_it_stands());
}

// An old record that has been replaced ends in its time, and takes nothing with it.
TEST_F(TimeWaitTest, AReplacedRecordDisturbsNobody) {
  open_and_close();
  ASSERT_TRUE(opens(5000));
  world_.run_for(120s);
  EXPECT_EQ(world_.b().time_waits(), 0u);
  EXPECT_EQ(world_.b().connections(), 1u);
  raw_.say(50'000, "P.", 5005, theirs_ + 65'538, " more");
  EXPECT_EQ(server_.peers.back()->received, "anew more");
}

// A host of 300 addresses knows each of its connections in TIME-WAIT by its own.
TEST(TimeWaitLengthTest, KnowsEveryAddressOfItsHost) {
  Topology topology;
  const HostIndex a = topology.add_host("a").value();
  const HostIndex b = topology.add_host("b").value();
  (void)topology.assign_address(a, IpAddress::Family::kIpv4);
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(topology.assign_address(b, IpAddress::Family::kIpv4).has_value());
  }
  (void)topology.add_link(a, b, LinkSettings());
  Simulator simulator;
  Recorder recorder(2);
  VirtualNetwork network(simulator, recorder, std::move(topology), {});
  Server server(network.host(1), 25);
  std::vector<std::unique_ptr<Peer>> clients;
  for (const std::size_t index : {0u, 253u, 254u, 255u, 256u, 299u}) {
    clients.push_back(
        std::make_unique<Peer>(network.host(0), Endpoint{network.host(1).addresses()[index], 25}));
  }
  simulator.run_until(Instant{0} + 1s);
  for (const auto& peer : server.peers) peer->stream->close();
  simulator.run_until(Instant{0} + 2s);
  EXPECT_EQ(network.host(1).time_waits(), clients.size());
  for (const auto& client : clients) EXPECT_EQ(client->error, StreamError::kNone);
  simulator.run_until(Instant{0} + 70s);
  EXPECT_EQ(network.host(1).time_waits(), 0u);
}

// RFC 9293 section 3.6.1: also with an MSL of two minutes.
TEST(TimeWaitLengthTest, WaitsFourMinutes) {
  NetWorldOptions options;
  options.network.tcp.time_wait = 240s;
  NetWorld world(options);
  Server server(world.b(), 25);
  Peer client(world.a(), world.at_b(25));
  client.close_after_greeting = true;
  world.run_for(1s);
  EXPECT_EQ(world.a().time_waits(), 1u);
  world.run_for(238s);
  EXPECT_EQ(world.a().time_waits(), 1u);
  world.run_for(2s);
  EXPECT_EQ(world.a().time_waits(), 0u);
}

// All ephemeral ports towards one peer: the last is given, one more is not, and one that is free
// again is.
TEST(TcpPortsTest, AreExhaustedAtTheirNumber) {
  NetWorldOptions options;
  options.packets = false;
  NetWorld world(options);
  std::vector<std::unique_ptr<Peer>> clients;
  constexpr std::size_t kPorts = 16'384;  // RFC 6335 section 6: 49152 to 65535
  for (std::size_t i = 0; i < kPorts; ++i) {
    clients.push_back(std::make_unique<Peer>(world.a(), world.at_b(25)));
    ASSERT_GE(clients.back()->stream->local().port, 49'152) << i;
  }
  EXPECT_EQ(world.a().connections(), kPorts);
  Peer refused(world.a(), world.at_b(25));
  EXPECT_EQ(refused.stream->local().port, 0);
  Peer elsewhere(world.a(), world.at_b(26));
  EXPECT_NE(elsewhere.stream->local().port, 0) << "another peer has ports of its own";
  const std::uint16_t freed = clients[777]->stream->local().port;
  clients[777].reset();
  world.run_for(1us);
  EXPECT_EQ(refused.error, StreamError::kUnreachable);
  Peer again(world.a(), world.at_b(25));
  EXPECT_EQ(again.stream->local().port, freed);
}

TEST(UdpPortsTest, AreExhaustedAtTheirNumber) {
  NetWorldOptions options;
  options.packets = false;
  NetWorld world(options);
  Mailslot slot;
  std::vector<std::unique_ptr<DatagramSocket>> sockets;
  for (std::size_t i = 0; i < 16'384; ++i) {
    sockets.push_back(world.a().bind({IpAddress(), 0}, slot));
    ASSERT_TRUE(sockets.back()) << i;
  }
  EXPECT_FALSE(world.a().bind({IpAddress(), 0}, slot));
  EXPECT_TRUE(world.a().bind({IpAddress(), 53}, slot)) << "not one of them";
  const std::uint16_t freed = sockets[777]->port();
  sockets[777].reset();
  const auto again = world.a().bind({IpAddress(), 0}, slot);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->port(), freed);
}

}  // namespace
}  // namespace mailcosm::sim
