#include "sim/net/crossing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "protocols/base/random.h"
#include "sim/net/fabric.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"

namespace mailcosm::sim {
namespace {

using What = CrossingReader::What;

constexpr std::size_t kNodes = 50;
constexpr std::size_t kLanes = 90;

Endpoint random_endpoint(Random& random) {
  const auto port = static_cast<std::uint16_t>(random.next());
  if (random.chance(1, 3)) {
    std::array<std::uint8_t, 16> octets{};
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(random.next());
    return {IpAddress::ipv6(octets), port};
  }
  return {IpAddress::ipv4(static_cast<std::uint32_t>(random.next())), port};
}

void fill(Packet& packet, Random& random, BlockPool& pool, std::size_t payload) {
  constexpr std::array kProtocols = {Protocol::kIcmp, Protocol::kTcp, Protocol::kUdp};
  packet.protocol = kProtocols[random.below(kProtocols.size())];
  packet.hops_left = static_cast<std::uint8_t>(random.next());
  packet.identification = static_cast<std::uint16_t>(random.next());
  packet.from = static_cast<HostIndex>(random.below(kNodes));
  packet.to = static_cast<HostIndex>(random.below(kNodes));
  packet.wire_size = static_cast<std::uint32_t>(random.next());
  packet.source = random_endpoint(random);
  packet.destination = random_endpoint(random);
  packet.sent_record = RecordId::from_bits(random.next());
  packet.about_local_port = static_cast<std::uint16_t>(random.next());
  packet.about_remote_port = static_cast<std::uint16_t>(random.next());
  TcpSegment& segment = packet.segment;
  segment.sequence = static_cast<Sequence>(random.next());
  segment.acknowledgment = static_cast<Sequence>(random.next());
  segment.window = static_cast<std::uint16_t>(random.next());
  segment.flags = static_cast<std::uint8_t>(random.next());
  segment.window_scale = static_cast<std::uint8_t>(random.next());
  segment.mss = static_cast<std::uint16_t>(random.next());
  segment.sack_permitted = random.chance(1, 2);
  segment.has_timestamps = random.chance(1, 2);
  segment.is_resent = random.chance(1, 2);
  segment.timestamp_value = static_cast<std::uint32_t>(random.next());
  segment.timestamp_echo = static_cast<std::uint32_t>(random.next());
  segment.sack_count = static_cast<std::uint8_t>(random.below(TcpSegment::kSackBlocksMax + 1));
  for (std::size_t i = 0; i < segment.sack_count; ++i)
    segment.sack[i] = {static_cast<Sequence>(random.next()), static_cast<Sequence>(random.next())};
  segment.cause = RecordId::from_bits(random.next());
  segment.connection.bits = random.next();
  std::string octets(payload, '\0');
  for (char& octet : octets) octet = static_cast<char>(random.next());
  segment.payload = Slice::copy_of(pool, octets);
}

CrossingPacket random_arrival(Random& random) {
  return {{Instant{static_cast<std::int64_t>(random.next() >> 1)}, EventClass::kPacket,
           static_cast<HostIndex>(random.next()), random.next()},
          static_cast<LaneIndex>(random.below(kLanes)),
          static_cast<std::uint32_t>(random.next())};
}

void expect_equal(const Packet& a, const Packet& b) {
  EXPECT_EQ(a.protocol, b.protocol);
  EXPECT_EQ(a.hops_left, b.hops_left);
  EXPECT_EQ(a.identification, b.identification);
  EXPECT_EQ(a.from, b.from);
  EXPECT_EQ(a.to, b.to);
  EXPECT_EQ(a.wire_size, b.wire_size);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.destination, b.destination);
  EXPECT_EQ(a.sent_record, b.sent_record);
  EXPECT_EQ(a.about_local_port, b.about_local_port);
  EXPECT_EQ(a.about_remote_port, b.about_remote_port);
  const TcpSegment &s = a.segment, &t = b.segment;
  EXPECT_EQ(s.sequence, t.sequence);
  EXPECT_EQ(s.acknowledgment, t.acknowledgment);
  EXPECT_EQ(s.window, t.window);
  EXPECT_EQ(s.flags, t.flags);
  EXPECT_EQ(s.window_scale, t.window_scale);
  EXPECT_EQ(s.mss, t.mss);
  EXPECT_EQ(s.sack_permitted, t.sack_permitted);
  EXPECT_EQ(s.has_timestamps, t.has_timestamps);
  EXPECT_EQ(s.is_resent, t.is_resent);
  EXPECT_EQ(s.timestamp_value, t.timestamp_value);
  EXPECT_EQ(s.timestamp_echo, t.timestamp_echo);
  ASSERT_EQ(s.sack_count, t.sack_count);
  EXPECT_TRUE(std::equal(s.sack.begin(), s.sack.begin() + s.sack_count, t.sack.begin()));
  EXPECT_EQ(s.payload.view(), t.payload.view());
  EXPECT_EQ(s.cause, t.cause);
  EXPECT_EQ(s.connection, t.connection);
}

// One packet with this payload, and a loss before and behind it.
std::string sample(std::uint64_t seed, std::size_t payload) {
  Random random(seed);
  BlockPool pool;
  Packet packet;
  fill(packet, random, pool, payload);
  std::string bytes;
  append_crossing(Loss{1, kWorld, 49, Instant{7}, RecordId::from_bits(8)}, bytes);
  append_crossing(random_arrival(random), packet, bytes);
  append_crossing(Loss{0, 2, 3, Instant{}, {}}, bytes);
  return bytes;
}

TEST(CrossingTest, PacketsComeBackAsTheyWere) {
  for (const std::size_t payload : {0u, 1u, 1'460u, 65'535u, 65'536u}) {
    SCOPED_TRACE(payload);
    Random random(payload + 1);
    BlockPool pool;
    Packet packet;
    fill(packet, random, pool, payload);
    const CrossingPacket arrival = random_arrival(random);
    std::string bytes;
    append_crossing(arrival, packet, bytes);
    CrossingReader reader(bytes, kNodes, kLanes);
    ASSERT_EQ(reader.next(), What::kPacket);
    EXPECT_EQ(reader.arrival().key, arrival.key);
    EXPECT_EQ(reader.arrival().lane, arrival.lane);
    EXPECT_EQ(reader.arrival().epoch, arrival.epoch);
    Packet copy;
    copy.index = 77;
    BlockPool other;
    reader.take(copy, other);
    EXPECT_EQ(copy.index, 77u);
    expect_equal(copy, packet);
    EXPECT_EQ(other.in_use(), payload == 0 ? 0u : 1u);
    copy = Packet();
    EXPECT_EQ(reader.next(), What::kEnd);
  }
}

TEST(CrossingTest, LossesComeBackAsTheyWere) {
  CrossingReader nothing("", kNodes, kLanes);
  EXPECT_EQ(nothing.next(), What::kEnd);
  const std::string bytes = sample(3, 10);
  CrossingReader reader(bytes, kNodes, kLanes);
  ASSERT_EQ(reader.next(), What::kLoss);
  EXPECT_EQ(reader.loss().reader, 1u);
  EXPECT_EQ(reader.loss().peer, kWorld);
  EXPECT_EQ(reader.loss().at, 49u);
  EXPECT_EQ(reader.loss().time, Instant{7});
  EXPECT_EQ(reader.loss().fault, RecordId::from_bits(8));
  EXPECT_EQ(reader.next(), What::kPacket);
  EXPECT_EQ(reader.next(), What::kLoss);
  EXPECT_TRUE(reader.loss().fault.is_none());
  EXPECT_EQ(reader.next(), What::kEnd);
}

// Reads until the end or the first thing that makes no sense, and takes what there is: it is what
// the bytes before that say.
What last_of(const std::string& bytes, std::size_t nodes = kNodes, std::size_t lanes = kLanes) {
  CrossingReader reader(bytes, nodes, lanes);
  BlockPool pool;
  std::string again;
  for (;;) {
    const What what = reader.next();
    if (what == What::kLoss) append_crossing(reader.loss(), again);
    if (what == What::kPacket) {
      Packet packet;
      reader.take(packet, pool);
      EXPECT_LT(packet.from, nodes);
      EXPECT_LT(packet.to, nodes);
      EXPECT_LT(reader.arrival().lane, lanes);
      EXPECT_LE(packet.segment.sack_count, TcpSegment::kSackBlocksMax);
      append_crossing(reader.arrival(), packet, again);
    }
    if (what != What::kPacket && what != What::kLoss) {
      EXPECT_EQ(bytes.substr(0, again.size()), again);
      EXPECT_TRUE(what == What::kMalformed || again.size() == bytes.size());
      EXPECT_EQ(reader.next(), what);
      return what;
    }
  }
}

TEST(CrossingTest, WhatIsCutOffIsAnError) {
  const std::string bytes = sample(5, 40);
  const std::string loss = [] {
    std::string it;
    append_crossing(Loss{0, 2, 3, Instant{}, {}}, it);
    return it;
  }();
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    SCOPED_TRACE(size);
    const bool is_whole = size == 0 || size == loss.size() || size == bytes.size() - loss.size() ||
                          size == bytes.size();
    EXPECT_EQ(last_of(bytes.substr(0, size)), is_whole ? What::kEnd : What::kMalformed);
  }
}

TEST(CrossingTest, NumbersBeyondTheNetworkAreErrors) {
  std::string bytes;
  append_crossing(Loss{10, 11, 12, Instant{}, {}}, bytes);
  EXPECT_EQ(last_of(bytes, 13), What::kEnd);
  EXPECT_EQ(last_of(bytes, 12), What::kMalformed);
  BlockPool pool;
  Packet packet;
  packet.from = 5;
  packet.to = 4;
  bytes.clear();
  append_crossing({{Instant{1}, EventClass::kPacket, 0, 0}, 8, 0}, packet, bytes);
  EXPECT_EQ(last_of(bytes, 6, 9), What::kEnd);
  EXPECT_EQ(last_of(bytes, 5, 9), What::kMalformed);
  EXPECT_EQ(last_of(bytes, 6, 8), What::kMalformed);
}

TEST(CrossingTest, TheBytesAreThoseOfTheHeader) {
  std::string bytes;
  append_crossing(Loss{0x01020304, 5, 6, Instant{0x0807}, RecordId::from_bits(9)}, bytes);
  const std::string loss("\x02\x04\x03\x02\x01\5\0\0\0\6\0\0\0\7\x08\0\0\0\0\0\0\x09\0\0\0\0\0\0\0",
                         29);
  EXPECT_EQ(bytes, loss);
  BlockPool pool;
  Packet packet;
  packet.protocol = Protocol::kUdp;
  packet.source = {IpAddress::ipv4(0xc0000201), 0x1234};
  packet.segment.sack_count = 1;
  packet.segment.sack[0] = {0x11121314, 0x21222324};
  packet.segment.payload = Slice::copy_of(pool, "mail");
  bytes.clear();
  append_crossing({{Instant{0x0102}, EventClass::kPacket, 3, 4}, 5, 6}, packet, bytes);
  ASSERT_EQ(bytes.size(), 141u + 8 + 4);
  EXPECT_EQ(bytes.substr(0, 30), std::string("\1\2\1\0\0\0\0\0\0\3\0\0\0\4\0\0\0\0\0\0\0\5\0\0\0"
                                             "\6\0\0\0\x11",
                                             30));
  EXPECT_EQ(bytes.substr(45, 19), std::string("\4\xc0\0\2\1\0\0\0\0\0\0\0\0\0\0\0\0\x34\x12", 19));
  EXPECT_EQ(bytes.substr(136), std::string("\1\4\0\0\0\x14\x13\x12\x11\x24\x23\x22\x21mail", 17));
}

TEST(CrossingTest, GarbageNeverCrashes) {
  Random random(1);
  for (std::uint64_t round = 0; round < 20'000; ++round) {
    std::string bytes = sample(round % 7, random.below(30));
    for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes)
      bytes[random.below(bytes.size())] = static_cast<char>(random.next());
    (void)last_of(bytes);
    bytes.resize(random.below(40));
    for (char& octet : bytes) octet = static_cast<char>(random.next());
    if (!bytes.empty() && random.chance(1, 2)) bytes[0] = static_cast<char>(1 + random.below(2));
    (void)last_of(bytes);
  }
}

// What is well formed, but nothing that the network does, is not taken for an event either.
class CrossingDeathTest : public testing::Test {
 protected:
  CrossingDeathTest() : recorders{Recorder(3), Recorder(3)} {
    const HostIndex a = topology.add_host("a").value();
    const HostIndex b = topology.add_host("b").value();
    const HostIndex r = topology.add_router("r").value();
    for (const HostIndex host : {a, b}) {
      EXPECT_TRUE(topology.add_link(host, r, LinkSettings()));
    }
    to_r = topology.lane_between(a, r);
  }
  // To the partition of the router and of b.
  void deliver(LaneIndex lane, HostIndex to) {
    std::array<Simulator, 2> simulators;
    const std::array<VirtualNetwork::Drive, 2> drives = {
        {{&simulators[0], &recorders[0]}, {&simulators[1], &recorders[1]}}};
    VirtualNetwork network(drives, {0, 1, 1}, std::move(topology), {});
    Packet packet;
    packet.from = 0;
    packet.to = to;
    std::string bytes;
    append_crossing({{Instant{1'000'000}, EventClass::kPacket, 0, 0}, lane, 0}, packet, bytes);
    Fabric& fabric = network.host(1).fabric();
    fabric.deliver(bytes);
    EXPECT_EQ(fabric.packets.in_use(), 1u);
  }
  Topology topology;
  std::array<Recorder, 2> recorders;
  LaneIndex to_r = 0;
};

TEST_F(CrossingDeathTest, TakesPacketsForHosts) { deliver(to_r, 1); }

TEST_F(CrossingDeathTest, RefusesPacketsForRouters) { EXPECT_DEATH(deliver(to_r, 2), "hosts"); }

TEST_F(CrossingDeathTest, RefusesArrivalsInAnotherPartition) {
  EXPECT_DEATH(deliver(to_r ^ 1, 1), "partition_of");
}

}  // namespace
}  // namespace mailcosm::sim
