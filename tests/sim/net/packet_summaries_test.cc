#include "sim/net/packet_summaries.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/net/wire_format.h"

namespace mailcosm::sim {
namespace {

Packet packet_of(std::uint32_t index, std::uint16_t port) {
  Packet packet;
  packet.index = index;
  packet.protocol = Protocol::kUdp;
  packet.source = {IpAddress::ipv4(0xc0000201), port};
  packet.destination = {IpAddress::ipv4(0xc0000202), 53};
  return packet;
}

std::string summary_of(const Packet& packet) {
  std::string text;
  append_summary(packet, text);
  return text;
}

TEST(PacketSummariesTest, GivesEachPacketItsOwnWhereverItLies) {
  PacketSummaries summaries;
  Packet first = packet_of(3, 1000);
  EXPECT_EQ(summaries.write(first), summary_of(first));
  first.sent_record = RecordId(0, Layer::kPacket, 1);
  summaries.keep(first);
  EXPECT_EQ(summaries.of(first), summary_of(first));
  // A copy elsewhere, as of a packet that arrives twice or comes from another partition.
  Packet twin = first;
  twin.index = 70;
  EXPECT_EQ(summaries.of(twin), summary_of(first));
  // Another packet in the place of the first.
  Packet next = packet_of(3, 2000);
  next.sent_record = RecordId(0, Layer::kPacket, 2);
  EXPECT_EQ(summaries.of(next), summary_of(next));
  EXPECT_EQ(summaries.of(twin), summary_of(first));
  // One that nobody has recorded.
  Packet unknown = packet_of(3, 3000);
  EXPECT_EQ(summaries.of(unknown), summary_of(unknown));
}

TEST(PacketSummariesTest, IsWrittenOnceForAWay) {
  PacketSummaries summaries;
  Packet packet = packet_of(0, 1000);
  summaries.write(packet);
  packet.sent_record = RecordId(0, Layer::kPacket, 1);
  summaries.keep(packet);
  const std::string before(summaries.of(packet));
  packet.source.port = 2000;  // as no packet does
  EXPECT_EQ(summaries.of(packet), before);
}

}  // namespace
}  // namespace mailcosm::sim
