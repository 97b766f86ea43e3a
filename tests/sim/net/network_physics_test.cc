// The physics of whole networks: rates that are delivered, ways and hops, links that go down or
// change, datagrams of all sizes, loopback.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

LinkSettings link(std::uint64_t rate, Duration latency) {
  LinkSettings settings;
  settings.bits_per_second = rate;
  settings.latency = latency;
  return settings;
}

// Notes when each datagram came, and how large it was.
class Meter final : public DatagramHandler {
 public:
  explicit Meter(Runtime& runtime) : runtime_(&runtime) {}
  void on_datagram(const Endpoint&, const Endpoint&, std::string_view bytes) override {
    last = runtime_->now();
    if (count++ == 0) first = last;
    octets += bytes.size();
  }
  Instant first;
  Instant last;
  std::size_t count = 0;
  std::size_t octets = 0;

 private:
  Runtime* runtime_;
};

// UDP: a link that has enough to do delivers its rate, in both directions at once, whatever the
// rate and the size: exactly, to the nanosecond of the last bit.
TEST(NetworkPhysicsTest, ASaturatedLinkDeliversItsRateOfDatagrams) {
  for (std::uint64_t rate : {56'000u, 1'000'000u, 10'000'000u, 999'999'937u}) {
    for (std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{512}, std::size_t{1472},
                             std::size_t{65'507}}) {
      constexpr std::int64_t kPackets = 400;
      NetWorldOptions options;
      options.packets = false;
      options.access = link(rate, 3ms);
      options.far = link(0, 5ms);
      NetWorld world(options);
      Meter at_a(world.a());
      Meter at_b(world.b());
      auto a = world.a().bind({IpAddress(), 9}, at_a);
      auto b = world.b().bind({IpAddress(), 9}, at_b);
      for (std::int64_t i = 0; i < kPackets; ++i) {
        a->send_to(world.at_b(9), std::string(size, 'x'));
        b->send_to(world.at_a(9), std::string(size, 'x'));
      }
      world.run();
      const auto bits = static_cast<std::int64_t>((size + 28) * 8);
      __extension__ using Int128 = __int128;
      const auto exact = static_cast<std::int64_t>(
          (static_cast<Int128>(bits) * kPackets * 1'000'000'000 + static_cast<Int128>(rate) - 1) /
          static_cast<Int128>(rate));
      for (const Meter* meter : {&at_a, &at_b}) {
        ASSERT_EQ(meter->count, static_cast<std::size_t>(kPackets)) << rate << " " << size;
        EXPECT_EQ(meter->last.ns, exact + 8'000'000) << rate << " " << size;
        // And so, from the first to the last, within 0.1 % of the rate.
        const auto measured = static_cast<double>(bits * (kPackets - 1)) * 1e9 /
                              static_cast<double>((meter->last - meter->first).count());
        EXPECT_NEAR(measured, static_cast<double>(rate), 0.001 * static_cast<double>(rate));
      }
    }
  }
}

// Octets of IP packets that a host has received so far, by the records.
std::uint64_t octets_received(const RecordLog& log, HostIndex host, Instant from, Instant to) {
  std::uint64_t octets = 0;
  for (const RecordLog::Entry& entry : log.entries) {
    if (entry.kind != Kind::kPacketReceived || entry.host != host) continue;
    if (entry.time <= from || entry.time > to) continue;
    const std::string& summary = entry.texts[0];
    octets += 52 + std::stoul(summary.substr(summary.find(" len ") + 5));  // headers, timestamps
    EXPECT_EQ(summary.find(" sack "), std::string::npos) << "a header of another size";
  }
  return octets;
}

// TCP: once slow start is over a transfer fills its link to 0.1 % (and one packet at the edge of
// what is measured), one way or both at once. (Both at once while neither has filled the other's
// window: then acknowledgments that wait behind octets come in clumps, and links fall idle, as
// Zhang, Shenker and Clark found in 1991.)
TEST(NetworkPhysicsTest, ASaturatedLinkDeliversItsRateOfTcp) {
  for (std::uint64_t rate : {2'000'000u, 10'000'000u, 20'000'000u}) {
    for (bool both : {false, true}) {
      for (CongestionControl control : {CongestionControl::kReno, CongestionControl::kCubic}) {
        if (both && rate > 10'000'000) continue;
        NetWorldOptions options;
        options.network.tcp.congestion_control = control;
        options.access = link(rate, 10ms);
        options.access.queue_packets_max = 100'000;  // no losses: the peer's window is the limit
        options.far = link(0, 10ms);
        NetWorld world(options);
        Server server(world.b(), 25);
        Peer client(world.a(), world.at_b(25));
        world.run_for(100ms);
        const std::size_t size = rate / 8 * 12;
        client.stream->send(std::string(size, 'x'));
        if (both) server.peers[0]->stream->send(std::string(size, 'y'));
        world.run_for(10s);
        const Instant to = world.simulator.now();
        const Instant from = to - 5s;
        const double capacity = static_cast<double>(rate) / 8 * 5;
        EXPECT_NEAR(static_cast<double>(octets_received(world.log, 1, from, to)), capacity,
                    0.001 * capacity + 1500)
            << rate << (both ? " both ways" : "");
        if (!both) continue;
        EXPECT_NEAR(static_cast<double>(octets_received(world.log, 0, from, to)), capacity,
                    0.001 * capacity + 1500)
            << rate << " back";
      }
    }
  }
}

// Loss along a way: of both links together, 1 - (1 - p)(1 - q).
TEST(NetworkPhysicsTest, LossesOfLinksAddUp) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    NetWorldOptions options;
    options.packets = false;
    options.network.seed = seed;
    options.access = link(0, 1ms);
    options.access.loss_per_million = 100'000;
    options.far = link(0, 1ms);
    options.far.loss_per_million = 200'000;
    NetWorld world(options);
    Meter at_b(world.b());
    auto a = world.a().bind({IpAddress(), 9}, at_b);
    auto b = world.b().bind({IpAddress(), 9}, at_b);
    constexpr int kPackets = 20'000;
    for (int i = 0; i < kPackets; ++i) a->send_to(world.at_b(9), "x");
    world.run();
    // 3.89 standard deviations of the binomial distribution: 99.99 %.
    EXPECT_NEAR(static_cast<double>(at_b.count), kPackets * 0.72,
                3.89 * std::sqrt(kPackets * 0.72 * 0.28))
        << seed;
  }
}

std::map<std::string, int> drops(const RecordLog& log) {
  std::map<std::string, int> reasons;
  for (const RecordLog::Entry& entry : log.entries) {
    if (entry.kind == Kind::kPacketDropped) ++reasons[entry.texts[1]];
  }
  return reasons;
}

// A link that goes down loses what is on the wire and what waits for it; what has arrived before
// and what is sent after it has come up again goes through; the wire is free at once.
TEST(NetworkPhysicsTest, ALinkThatGoesDownLosesWhatIsOnIt) {
  NetWorldOptions options;
  options.access = link(8'000'000, 10ms);  // 1 ms for 1000 octets
  options.far = link(0, 1ns);
  NetWorld world(options);
  Meter at_b(world.b());
  auto a = world.a().bind({IpAddress(), 9}, at_b);
  auto b = world.b().bind({IpAddress(), 9}, at_b);
  for (int i = 0; i < 20; ++i) a->send_to(world.at_b(9), std::string(972, 'x'));
  // At 15.5 ms five have arrived, ten are on the wire, and the rest waits.
  world.run_for(Duration(15'500us));
  EXPECT_EQ(at_b.count, 5u);
  ASSERT_TRUE(world.network.set_link_up(0, 2, false));
  ASSERT_TRUE(world.network.set_link_up(0, 2, true));
  const Instant up_again = world.simulator.now();
  a->send_to(world.at_b(9), std::string(972, 'x'));
  world.run();
  EXPECT_EQ(at_b.count, 6u);
  EXPECT_EQ(at_b.last - up_again, Duration(11ms) + 1ns);
  EXPECT_EQ(drops(world.log)["link down"], 15);
  EXPECT_EQ(world.network.packets_in_flight(), 0u);
}

// Latency changes under way: what is on the wire keeps its time, and nothing overtakes it unless it
// may.
TEST(NetworkPhysicsTest, LatencyChangesForWhatIsSentLater) {
  for (bool may_reorder : {false, true}) {
    NetWorldOptions options;
    options.access = link(0, 100ms);
    options.access.may_reorder = may_reorder;
    options.far = link(0, 1ns);
    NetWorld world(options);
    Mailslot at_b;
    auto a = world.a().bind({IpAddress(), 9}, at_b);
    auto b = world.b().bind({IpAddress(), 9}, at_b);
    a->send_to(world.at_b(9), "slow");
    world.run_for(10ms);
    LinkSettings faster = options.access;
    faster.latency = 20ms;
    ASSERT_TRUE(world.network.change_link(0, 2, faster, "latency 20 ms"));
    a->send_to(world.at_b(9), "fast");
    world.run();
    ASSERT_EQ(at_b.datagrams.size(), 2u);
    EXPECT_EQ(at_b.datagrams[0].second, may_reorder ? "fast" : "slow");
    EXPECT_EQ(world.simulator.now().ns, 100'000'001);
  }
}

// A chain of routers between a and b.
struct Chain {
  explicit Chain(int routers)
      : recorder(static_cast<std::uint32_t>(routers) + 2),
        network(simulator, recorder, make_topology(routers), {}) {
    recorder.set_depth(Layer::kPacket);
    recorder.add_sink(log);
  }
  static Topology make_topology(int routers) {
    Topology topology;
    const HostIndex a = topology.add_host("a").value();
    const HostIndex b = topology.add_host("b").value();
    (void)topology.assign_address(a, IpAddress::Family::kIpv4);
    (void)topology.assign_address(b, IpAddress::Family::kIpv4);
    HostIndex last = a;
    for (int i = 0; i < routers; ++i) {
      const HostIndex next = topology.add_router("r" + std::to_string(i)).value();
      (void)topology.add_link(last, next, link(0, 1ms));
      last = next;
    }
    (void)topology.add_link(last, b, link(0, 1ms));
    return topology;
  }
  Simulator simulator;
  RecordLog log;
  Recorder recorder;
  VirtualNetwork network;
};

// RFC 1122 section 3.2.1.7, RFC 1812 section 5.3.1: a hop limit of 64 passes 63 routers, and ends
// at the 64th. (Nobody is told by ICMP.)
TEST(NetworkPhysicsTest, AHopLimitPasses63Routers) {
  for (int routers : {0, 1, 62, 63, 64, 100}) {
    Chain chain(routers);
    VirtualHost& a = chain.network.host(0);
    VirtualHost& b = chain.network.host(1);
    Mailslot slot;
    auto from = a.bind({IpAddress(), 9}, slot);
    auto to = b.bind({IpAddress(), 9}, slot);
    from->send_to({b.addresses()[0], 9}, "far");
    chain.simulator.run();
    EXPECT_EQ(slot.datagrams.size(), routers <= 63 ? 1u : 0u) << routers;
    EXPECT_EQ(drops(chain.log)["hop limit"], routers <= 63 ? 0 : 1) << routers;
    EXPECT_EQ(chain.log.count(Kind::kPacketForwarded),
              static_cast<std::size_t>(std::min(routers, 63)));
    EXPECT_TRUE(slot.unreachable.empty());
  }
}

// RFC 768: datagrams of every size up to the largest arrive whole, in one piece: there is no
// fragmentation, and the whole of it is on the wire.
TEST(NetworkPhysicsTest, DatagramsOfEverySizeArriveWhole) {
  for (bool ipv6 : {false, true}) {
    for (std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1472}, std::size_t{1473},
                             DatagramSocket::kSizeMax - 1, DatagramSocket::kSizeMax}) {
      NetWorldOptions options;
      options.ipv6 = ipv6;
      options.access = link(8'000'000, 1ms);
      options.far = link(0, 1ms);
      NetWorld world(options);
      Mailslot slot;
      auto a = world.a().bind({IpAddress(), 9}, slot);
      auto b = world.b().bind({IpAddress(), 9}, slot);
      const std::string text = pattern(size, 5);
      a->send_to(world.at_b(9), text);
      world.run();
      ASSERT_EQ(slot.datagrams.size(), 1u) << size;
      EXPECT_EQ(slot.datagrams[0].second, text);
      const std::size_t headers = ipv6 ? 48 : 28;
      EXPECT_EQ(world.simulator.now().ns,
                static_cast<std::int64_t>(size + headers) * 1000 + 2'000'000);
    }
  }
}

// A program that sends more than a datagram can hold is wrong, and is told so at once.
TEST(NetworkPhysicsDeathTest, NoDatagramIsLargerThanTheLargest) {
  NetWorld world;
  Mailslot slot;
  auto a = world.a().bind({IpAddress(), 9}, slot);
  EXPECT_DEATH(a->send_to(world.at_b(9), std::string(DatagramSocket::kSizeMax + 1, 'x')), "CHECK");
}

// RFC 1122 section 3.2.2.1, RFC 4443 section 3.1: an unreachable port is told by ICMP, which takes
// its time on the way and is lost as any packet is; a lost notice tells nobody.
TEST(NetworkPhysicsTest, AnUnreachablePortIsToldByAPacket) {
  for (bool ipv6 : {false, true}) {
    NetWorldOptions options;
    options.ipv6 = ipv6;
    options.access = link(8'000'000, 1ms);
    options.far = link(8'000'000, 1ms);
    NetWorld world(options);
    Mailslot slot;
    auto a = world.a().bind({IpAddress(), 0}, slot);
    a->send_to(world.at_b(9), std::string(1000, 'x'));
    world.run();
    ASSERT_EQ(slot.unreachable.size(), 1u);
    EXPECT_EQ(slot.unreachable[0], world.at_b(9));
    // There: 1028 or 1048 octets twice; back: a header, 8 octets, and the head of what was sent.
    const std::int64_t there = 2 * (ipv6 ? 1'048'000 : 1'028'000);
    const std::int64_t back = 2 * (ipv6 ? 40 + 8 + 48 : 20 + 8 + 28) * 1000;
    EXPECT_EQ(world.simulator.now().ns, there + back + 4'000'000);
    // From a socket that has gone nobody is told.
    a->send_to(world.at_b(9), "y");
    a.reset();
    world.run();
    EXPECT_EQ(slot.unreachable.size(), 1u);
  }
  NetWorldOptions options;
  options.access.loss_per_million = 0;
  NetWorld world(options);
  Mailslot slot;
  auto a = world.a().bind({IpAddress(), 0}, slot);
  LinkSettings lossy;
  lossy.loss_per_million = 1'000'000;
  ASSERT_TRUE(world.network.change_link(1, 2, lossy, "loses all"));  // only from b to r
  a->send_to(world.at_b(9), "x");
  world.run();
  EXPECT_TRUE(slot.unreachable.empty());
}

// Loopback: no link, no loss, no queue; 10 us for any size, for both families and own addresses.
TEST(NetworkPhysicsTest, AHostReachesItselfInTenMicroseconds) {
  for (bool ipv6 : {false, true}) {
    NetWorldOptions options;
    options.ipv6 = ipv6;
    options.access.loss_per_million = 1'000'000;
    NetWorld world(options);
    Meter meter(world.a());
    auto socket = world.a().bind({IpAddress(), 53}, meter);
    const IpAddress loopback = IpAddress::parse(ipv6 ? "::1" : "127.0.0.1").value();
    std::size_t sent = 0;
    for (const IpAddress& address : {loopback, world.a().addresses()[0]}) {
      for (std::size_t size : {std::size_t{1}, std::size_t{60'000}}) {
        const Instant before = world.simulator.now();
        socket->send_to({address, 53}, std::string(size, 'x'));
        world.run();
        EXPECT_EQ(meter.count, ++sent) << address.to_string();
        EXPECT_EQ(meter.last - before, Duration(10us));
      }
    }
  }
}

// The queue is one for each direction of a link: TCP fills it, and a datagram behind waits or is
// dropped as its neighbours are.
TEST(NetworkPhysicsTest, ADatagramWaitsBehindABulkTransfer) {
  NetWorldOptions options;
  options.packets = false;
  options.access = link(10'000'000, 1ms);
  options.far = link(0, 1ms);
  NetWorld world(options);
  Server server(world.b(), 25);
  Peer client(world.a(), world.at_b(25));
  client.greeting = std::string(3'000'000, 'x');
  Meter meter(world.b());
  auto b = world.b().bind({IpAddress(), 9}, meter);
  auto a = world.a().bind({IpAddress(), 9}, meter);
  world.run_for(1s);
  const Instant sent = world.simulator.now();
  a->send_to(world.at_b(9), "urgent");
  world.run_for(2s);
  ASSERT_EQ(meter.count, 1u);
  EXPECT_GT(meter.last - sent, Duration(50ms)) << "behind the window of the transfer";
  const Instant sent_back = world.simulator.now();
  b->send_to(world.at_a(9), "urgent");
  world.run_for(1s);
  EXPECT_LT(meter.last - sent_back, Duration(5ms)) << "the other direction is free";
}

}  // namespace
}  // namespace mailcosm::sim
