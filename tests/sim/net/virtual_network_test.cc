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
    NetWorldOptions options;
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

LinkSettings link(std::uint64_t rate, Duration latency) {
  LinkSettings settings;
  settings.bits_per_second = rate;
  settings.latency = latency;
  return settings;
}

TEST(VirtualNetworkTest, ADatagramTakesExactlyTheTimeOfItsLinks) {
  NetWorldOptions options;
  options.access = link(8'000'000, 5ms);  // 1 us an octet
  options.far = link(80'000'000, 10ms);   // 0.1 us an octet
  NetWorld world(options);
  Mailslot at_b;
  auto b = world.b().bind({IpAddress(), 53}, at_b);
  auto a = world.a().bind({IpAddress(), 0}, at_b);
  a->send_to(world.at_b(53), std::string(972, 'x'));  // 1000 octets with both headers
  world.run();
  EXPECT_EQ(world.simulator.now().ns, 1'000'000 + 5'000'000 + 100'000 + 10'000'000);
}

TEST(VirtualNetworkTest, ASaturatedLinkDeliversItsRate) {
  NetWorldOptions options;
  options.access = link(10'000'000, 10ms);
  options.access.queue_packets_max = 100;
  options.far = link(0, 10ms);
  options.packets = false;
  NetWorld world(options);
  Server server(world.b(), 25);
  Peer client(world.a(), world.at_b(25));
  client.greeting = pattern(2'000'000);
  client.close_after_greeting = true;
  world.run_for(60s);
  ASSERT_EQ(server.peers.size(), 1u);
  ASSERT_EQ(server.peers[0]->received, client.greeting);
  // 1448 of 1500 octets are payload: 9.65 Mbit/s; a little more for the handshake and slow start.
  const double seconds = static_cast<double>(server.peers[0]->closed_at.ns) / 1e9;
  EXPECT_GT(seconds, 1.657);
  EXPECT_LT(seconds, 2.0);
}

TEST(VirtualNetworkTest, TellsThatNobodyListensOnAPort) {
  NetWorld world;
  Mailslot at_a;
  auto a = world.a().bind({IpAddress(), 0}, at_a);
  a->send_to(world.at_b(53), "anybody?");
  world.run();
  ASSERT_EQ(at_a.unreachable.size(), 1u);
  EXPECT_EQ(at_a.unreachable[0], world.at_b(53));
  Peer client(world.a(), world.at_b(25));
  world.run();
  EXPECT_TRUE(client.closed);
  EXPECT_EQ(client.error, StreamError::kRefused);
}

TEST(VirtualNetworkTest, TellsThatThereIsNoWay) {
  NetWorld world;
  Mailslot at_a;
  auto a = world.a().bind({IpAddress(), 0}, at_a);
  const Endpoint nowhere{IpAddress::parse("203.0.113.99").value(), 25};
  a->send_to(nowhere, "x");
  EXPECT_TRUE(at_a.unreachable.empty()) << "never from inside the call";
  Peer client(world.a(), nowhere);
  EXPECT_FALSE(client.closed);
  Peer other_family(world.a(), {IpAddress::parse("2001:db8::9").value(), 25});
  auto given_up = std::make_unique<Peer>(world.a(), nowhere);
  given_up->stream.reset();
  world.run();
  EXPECT_EQ(at_a.unreachable.size(), 1u);
  EXPECT_EQ(client.error, StreamError::kUnreachable);
  EXPECT_EQ(other_family.error, StreamError::kUnreachable);
  EXPECT_FALSE(given_up->closed);
}

TEST(VirtualNetworkTest, AHostReachesItself) {
  NetWorld world;
  Server server(world.a(), 24);
  server.echo = true;
  for (const char* text : {"127.0.0.1", "192.0.2.1"}) {
    Peer client(world.a(), {IpAddress::parse(text).value(), 24});
    client.greeting = "LHLO a\r\n";
    client.close_after_greeting = true;
    world.run();
    EXPECT_EQ(client.received, "LHLO a\r\n");
    EXPECT_EQ(client.error, StreamError::kNone);
    EXPECT_TRUE(client.closed);
  }
}

TEST(VirtualNetworkTest, PortsAreTakenOnce) {
  NetWorld world;
  Server server(world.b(), 25);
  Mailslot slot;
  ASSERT_TRUE(server.listener);
  EXPECT_FALSE(world.b().listen({IpAddress(), 25}, server));
  EXPECT_FALSE(world.b().listen(world.at_b(25), server));
  EXPECT_FALSE(world.b().listen({IpAddress::parse("0.0.0.0").value(), 25}, server));
  server.listener.reset();
  EXPECT_TRUE(world.b().listen(world.at_b(25), server));
  auto udp = world.b().bind({IpAddress(), 25}, slot);
  EXPECT_TRUE(udp) << "UDP has ports of its own";
  EXPECT_FALSE(world.b().bind({IpAddress(), 25}, slot));
}

TEST(VirtualNetworkTest, AStreamMayBeDestroyedAnywhere) {
  NetWorld world;
  Server server(world.b(), 25);
  server.greeting = "220 ready\r\n";
  Peer client(world.a(), world.at_b(25));
  client.destroy_on_receive = true;
  world.run_for(1s);
  EXPECT_EQ(client.received, "220 ready\r\n");
  EXPECT_FALSE(client.closed) << "nothing is told after destruction";
  ASSERT_EQ(server.peers.size(), 1u);
  EXPECT_EQ(server.peers[0]->error, StreamError::kReset) << "destruction resets";
  server.refuse = true;
  Peer refused(world.a(), world.at_b(25));
  world.run();
  EXPECT_EQ(refused.error, StreamError::kReset);
}

TEST(VirtualNetworkTest, HandlesMayBeDestroyedBetweenTwoRuns) {
  NetWorld world;
  auto server = std::make_unique<Server>(world.b(), 25);
  server->greeting = "220 ready\r\n";
  auto client = std::make_unique<Peer>(world.a(), world.at_b(25));
  world.run();  // the last event was one of b's own: this instant is over for a
  client.reset();
  server.reset();
  world.run();
  EXPECT_EQ(world.a().connections(), 0u);
  EXPECT_EQ(world.b().connections(), 0u);
}

TEST(VirtualNetworkTest, AClosedStreamLingersByItself) {
  NetWorldOptions options;
  options.access = link(1'000'000, 20ms);
  NetWorld world(options);
  Server server(world.b(), 25);
  auto client = std::make_unique<Peer>(world.a(), world.at_b(25));
  const std::string text = pattern(100'000);
  client->greeting = text;
  client->close_after_greeting = true;
  world.run_for(100ms);
  client->stream.reset();
  client.reset();
  world.run();
  ASSERT_EQ(server.peers.size(), 1u);
  EXPECT_EQ(server.peers[0]->received, text);
  EXPECT_EQ(server.peers[0]->error, StreamError::kNone);
}

TEST(VirtualNetworkTest, ALinkThatIsDownLosesWhatIsOnItAndTcpRecovers) {
  NetWorldOptions options;
  options.far.latency = 100ms;
  NetWorld world(options);
  Server server(world.b(), 25);
  Peer client(world.a(), world.at_b(25));
  client.greeting = "hello";
  world.run_for(250ms);  // the greeting is on the far link
  ASSERT_TRUE(world.network.set_link_up(1, 2, false));
  world.run_for(2s);
  EXPECT_EQ(server.peers.empty() ? "" : server.peers[0]->received, "");
  ASSERT_TRUE(world.network.set_link_up(1, 2, true));
  world.run_for(10s);
  ASSERT_EQ(server.peers.size(), 1u);
  EXPECT_EQ(server.peers[0]->received, "hello");
  std::map<std::string, int> reasons;
  for (const RecordLog::Entry& entry : world.log.entries) {
    if (entry.kind == Kind::kPacketDropped) ++reasons[entry.texts[1]];
  }
  EXPECT_GE(reasons["link down"], 1);
  EXPECT_GE(reasons["no route"], 1);
  EXPECT_EQ(world.log.count(Kind::kLinkChanged), 2u);
  EXPECT_FALSE(world.network.set_link_up(0, 1, true)) << "they are not neighbours";
}

TEST(VirtualNetworkTest, APeerLearnsOfACrashByReset) {
  NetWorld world;
  auto server = std::make_unique<Server>(world.b(), 25);
  Peer client(world.a(), world.at_b(25));
  world.run_for(1s);
  ASSERT_TRUE(client.connected);
  world.b().crash();
  EXPECT_FALSE(world.b().is_up());
  server.reset();
  world.run_for(10s);
  EXPECT_FALSE(client.closed) << "a crash sends nothing";
  client.stream->send("are you there?");
  world.run_for(1s);
  EXPECT_FALSE(client.closed);
  world.b().restart();
  world.run_for(10s);
  EXPECT_TRUE(client.closed);
  EXPECT_EQ(client.error, StreamError::kReset);
  server = std::make_unique<Server>(world.b(), 25);
  Peer again(world.a(), world.at_b(25));
  world.run_for(1s);
  EXPECT_TRUE(again.connected);
  EXPECT_EQ(world.log.count(Kind::kHostCrashed), 1u);
  EXPECT_EQ(world.log.count(Kind::kHostRestarted), 1u);
}

class Alarm final : public TimerHandler {
 public:
  explicit Alarm(Runtime& runtime) : runtime_(&runtime) {}
  void on_timer(std::uint64_t tag) override {
    rung.emplace_back(tag, runtime_->now());
    causes.push_back(runtime_->trace().cause());
  }
  std::vector<std::pair<std::uint64_t, Instant>> rung;
  std::vector<RecordId> causes;

 private:
  Runtime* runtime_;
};

TEST(VirtualNetworkTest, TimersMoveLaterForNothing) {
  NetWorld world;
  Alarm alarm(world.a());
  Timer timer(world.a(), alarm, 7);
  timer.arm_after(1s);
  const std::size_t pending = world.simulator.pending();
  for (int i = 0; i < 1000; ++i) timer.arm_after(Duration(1s) + Duration(1ms) * i);
  EXPECT_EQ(world.simulator.pending(), pending);
  Timer earlier(world.a(), alarm, 8);
  earlier.arm_after(3s);
  earlier.arm_after(500ms);
  Timer never(world.a(), alarm, 9);
  never.arm_after(100ms);
  never.disarm();
  {
    Timer destroyed(world.a(), alarm, 10);
    destroyed.arm_after(100ms);
  }
  Timer past(world.a(), alarm, 11);
  past.arm(Instant{-5});
  world.run();
  ASSERT_EQ(alarm.rung.size(), 3u);
  EXPECT_EQ(alarm.rung[0], (std::pair<std::uint64_t, Instant>{11, Instant{0}}));
  EXPECT_EQ(alarm.rung[1], (std::pair<std::uint64_t, Instant>{8, Instant{500'000'000}}));
  EXPECT_EQ(alarm.rung[2], (std::pair<std::uint64_t, Instant>{7, Instant{1'999'000'000}}));
}

TEST(VirtualNetworkTest, CausesTravelWithTheOctets) {
  NetWorld world;
  Alarm alarm(world.a());
  Timer timer(world.a(), alarm);
  Mailslot slot;
  Server server(world.b(), 25);
  server.close_on_end = false;
  const RecordId composed = world.a().trace().emit(Kind::kNote, {"composed"});
  world.a().trace().set_cause(composed);
  Peer client(world.a(), world.at_b(25));
  timer.arm_after(1s);
  world.run_for(500ms);
  ASSERT_EQ(client.causes, std::vector<RecordId>{composed}) << "connected";
  ASSERT_EQ(server.peers[0]->causes, std::vector<RecordId>{composed}) << "accepted";
  const RecordId first = world.a().trace().emit(Kind::kNote, {"first"});
  const RecordId second = world.a().trace().emit(Kind::kNote, {"second"});
  world.a().trace().set_cause(first);
  client.stream->send("MAIL");
  world.a().trace().set_cause(second);
  client.stream->send(" FROM");
  client.stream->close();
  world.run_for(2s);
  EXPECT_EQ(server.peers[0]->received, "MAIL FROM");
  EXPECT_EQ(server.peers[0]->causes, (std::vector<RecordId>{composed, second, second}))
      << "octets, end";
  EXPECT_EQ(alarm.causes, std::vector<RecordId>{composed}) << "the cause when it was armed";
  // packet.received points at packet.sent, and that at the agent's record.
  std::size_t received = 0;
  for (const RecordLog::Entry& entry : world.log.entries) {
    if (entry.kind != Kind::kPacketReceived && entry.kind != Kind::kPacketForwarded) continue;
    ++received;
    ASSERT_EQ(entry.causes.size(), 1u);
    const RecordLog::Entry* sent = world.log.find(entry.causes[0]);
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->kind, Kind::kPacketSent);
    EXPECT_EQ(sent->connection, client.stream->id());
    ASSERT_EQ(sent->causes.size(), 1u);
    EXPECT_EQ(sent->causes[0].layer(), Layer::kProtocol);
  }
  EXPECT_GT(received, 5u);
}

// A run with everything in it: loss, jitter, duplication, reordering, several streams, datagrams.
std::uint64_t digest_of(std::uint64_t seed, bool packets, std::uint64_t tie_break = 0) {
  NetWorldOptions options;
  options.network.seed = seed;
  options.packets = packets;
  options.access = link(5'000'000, 3ms);
  options.access.loss_per_million = 20'000;
  options.access.jitter = 2ms;
  options.access.may_reorder = true;
  options.far = link(8'000'000, 7ms);
  options.far.duplicate_per_million = 10'000;
  NetWorld world(options);
  world.simulator.set_tie_break_seed(tie_break);
  Server server(world.b(), 25);
  server.echo = true;
  std::vector<std::unique_ptr<Peer>> clients;
  for (std::uint64_t i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<Peer>(world.a(), world.at_b(25)));
    clients.back()->greeting = pattern(20'000, i);
    clients.back()->close_after_greeting = true;
  }
  world.run();
  for (std::uint64_t i = 0; i < 5; ++i) {
    EXPECT_EQ(clients[i]->received, pattern(20'000, i));
    world.a().trace().emit(Kind::kNote, {std::to_string(clients[i]->closed_at.ns)});
  }
  return world.recorder.digest();
}

TEST(VirtualNetworkTest, TheSameSeedGivesTheSameRun) {
  const std::uint64_t digest = digest_of(1, true);
  EXPECT_EQ(digest, digest_of(1, true));
  EXPECT_NE(digest, digest_of(2, true));
  EXPECT_EQ(digest_of(1, false), digest_of(1, false));
  EXPECT_EQ(digest_of(1, true, 99), digest_of(1, true, 99)) << "ties in another order";
}

TEST(VirtualNetworkTest, RecordingPacketsChangesNothingElse) {
  std::vector<std::vector<Instant>> times;
  for (bool packets : {false, true}) {
    NetWorldOptions options;
    options.packets = packets;
    options.access = link(5'000'000, 3ms);
    options.access.loss_per_million = 50'000;
    NetWorld world(options);
    Server server(world.b(), 25);
    server.echo = true;
    Peer client(world.a(), world.at_b(25));
    client.greeting = pattern(50'000);
    client.close_after_greeting = true;
    world.run();
    times.push_back({client.closed_at, server.peers[0]->closed_at});
    EXPECT_EQ(client.received, client.greeting);
  }
  EXPECT_EQ(times[0], times[1]);
}

TEST(VirtualNetworkTest, TimeWaitIsSmallAndEnds) {
  NetWorld world;
  Server server(world.b(), 25);
  std::vector<std::unique_ptr<Peer>> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(std::make_unique<Peer>(world.a(), world.at_b(25)));
    clients.back()->close_after_greeting = true;
  }
  world.run_for(5s);
  for (const auto& client : clients) EXPECT_TRUE(client->closed);
  EXPECT_EQ(world.a().time_waits(), 50u);
  EXPECT_EQ(world.a().connections(), 0u);
  world.run_for(56s);
  EXPECT_EQ(world.a().time_waits(), 0u);
}

}  // namespace
}  // namespace mailcosm::sim
