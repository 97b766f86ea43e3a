#include "sim/net/wire_format.h"

#include <gtest/gtest.h>

#include "protocols/base/bytes.h"

namespace mailcosm::sim {
namespace {

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

Packet packet_of(BlockPool& pool, Protocol protocol, bool ipv6, std::string_view payload) {
  Packet packet;
  packet.protocol = protocol;
  packet.source = {address(ipv6 ? "2001:db8::1" : "192.0.2.1"), 49152};
  packet.destination = {address(ipv6 ? "2001:db8::2" : "198.51.100.7"), 25};
  packet.segment.payload = Slice::copy_of(pool, payload);
  return packet;
}

// The sum over everything that a checksum covers, itself included, is zero (RFC 1071).
void expect_valid_checksums(const std::string& frame, Protocol protocol) {
  const bool ipv6 = frame[0] == 0x60;
  const std::size_t header = ipv6 ? kIpv6HeaderSize : kIpv4HeaderSize;
  const std::string_view view = frame;
  if (!ipv6) {
    EXPECT_EQ(checksum_of(checksum_sum(view.substr(0, header))), 0);
  }
  std::uint32_t sum = 0;
  if (protocol != Protocol::kIcmp || ipv6) {
    sum = checksum_sum(ipv6 ? view.substr(8, 32) : view.substr(12, 8));
    sum += ipv6 && protocol == Protocol::kIcmp ? 58u : static_cast<std::uint32_t>(protocol);
    sum += static_cast<std::uint32_t>(frame.size() - header);
  }
  EXPECT_EQ(checksum_of(checksum_sum(view.substr(header), sum)), 0);
}

TEST(WireFormatTest, WritesAKnownDatagram) {
  BlockPool pool;
  Packet packet = packet_of(pool, Protocol::kUdp, false, "abc");
  packet.identification = 0x1234;
  std::string frame;
  append_ip_packet(packet, frame);
  EXPECT_EQ(hex(frame),
            "4500001f1234400040113c5e"
            "c0000201c6336407"
            "c0000019000b"
            "8f1f"
            "616263");
}

TEST(WireFormatTest, ChecksumsAreValidForAllProtocolsFamiliesAndSizes) {
  BlockPool pool;
  for (bool ipv6 : {false, true}) {
    for (Protocol protocol : {Protocol::kTcp, Protocol::kUdp, Protocol::kIcmp}) {
      for (std::size_t size : {0u, 1u, 2u, 3u, 1447u, 1448u}) {
        Packet packet = packet_of(pool, protocol, ipv6, std::string(size, '\xfe'));
        packet.segment.flags = tcp_flag::kAck | tcp_flag::kPsh;
        packet.segment.has_timestamps = size % 2 == 0;
        packet.segment.sack_count = static_cast<std::uint8_t>(size % 4);
        std::string frame;
        append_ip_packet(packet, frame);
        EXPECT_EQ(frame.size(), wire_size_of(packet));
        expect_valid_checksums(frame, protocol);
      }
    }
  }
}

// RFC 1071 section 1: the sum of numbers of 16 bits, each carry added at the low end.
TEST(WireFormatTest, SumsAsRfc1071Says) {
  std::string octets;
  for (std::size_t length = 0; length <= 100; ++length) {
    for (const std::uint32_t start : {0u, 1u, 0xffffu, 0x12345u}) {
      std::uint64_t sum = start;
      for (std::size_t i = 0; i < length; ++i) {
        sum += std::uint64_t{static_cast<unsigned char>(octets[i])} << (i % 2 == 0 ? 8 : 0);
      }
      while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
      EXPECT_EQ(checksum_sum(octets, start), sum) << length;
    }
    octets.push_back(static_cast<char>(length % 5 == 0 ? 0xff : length * 91));
  }
  EXPECT_EQ(checksum_sum(std::string(64, '\xff')), 0xffffu);
  EXPECT_EQ(checksum_sum(std::string(64, '\0')), 0u);
}

// RFC 768: a computed checksum of zero is sent as all ones.
TEST(WireFormatTest, AUdpChecksumIsNeverZero) {
  BlockPool pool;
  Packet packet = packet_of(pool, Protocol::kUdp, false, std::string(2, '\0'));
  std::string frame;
  append_ip_packet(packet, frame);
  ByteReader reader(frame, kIpv4HeaderSize + 6);
  const std::uint16_t checksum = reader.u16();
  std::string payload;
  ByteWriter(payload).u16(checksum);
  packet.segment.payload = Slice::copy_of(pool, payload);  // now the sum is all ones
  frame.clear();
  append_ip_packet(packet, frame);
  ByteReader again(frame, kIpv4HeaderSize + 6);
  EXPECT_EQ(again.u16(), 0xffff);
}

// RFC 9293 section 3.1, section 3.2 (options); RFC 7323 sections 2.2, 3.2; RFC 2018 sections 2, 3.
TEST(WireFormatTest, WritesTheOptionsOfASyn) {
  BlockPool pool;
  Packet packet = packet_of(pool, Protocol::kTcp, false, "");
  TcpSegment& syn = packet.segment;
  syn.sequence = 0x01020304;
  syn.flags = tcp_flag::kSyn;
  syn.window = 64240;
  syn.mss = 1460;
  syn.sack_permitted = true;
  syn.has_timestamps = true;
  syn.timestamp_value = 0xa1a2a3a4;
  syn.window_scale = 7;
  std::string frame;
  append_ip_packet(packet, frame);
  EXPECT_EQ(hex(frame.substr(20, 16)),
            "c0000019"
            "01020304"
            "00000000"
            "a002faf0");
  EXPECT_EQ(hex(frame.substr(40)),
            "020405b4"
            "0402"
            "080aa1a2a3a400000000"
            "01030307");
}

TEST(WireFormatTest, SummaryNamesWhatMatters) {
  BlockPool pool;
  Packet packet = packet_of(pool, Protocol::kTcp, false, "hello");
  packet.segment.sequence = 5;
  packet.segment.acknowledgment = 9;
  packet.segment.flags = tcp_flag::kAck | tcp_flag::kPsh;
  packet.segment.window = 100;
  std::string text;
  append_summary(packet, text);
  EXPECT_EQ(text, "192.0.2.1:49152 > 198.51.100.7:25 TCP PSH ACK seq 5 ack 9 win 100 len 5");
  text.clear();
  packet.segment.is_resent = true;
  append_summary(packet, text);
  EXPECT_TRUE(text.ends_with(" len 5 retransmission"));
}

TEST(WireFormatTest, SummaryHoldsTheLongestNumbers) {
  BlockPool pool;
  Packet packet = packet_of(pool, Protocol::kTcp, true, "");
  const std::string longest = "2001:db8:1111:2222:3333:4444:5555:6666";
  packet.source = {address(longest), 65535};
  packet.destination = {address(longest), 65535};
  TcpSegment& segment = packet.segment;
  segment.sequence = segment.acknowledgment = 4294967295;
  segment.flags = 0x1f;
  segment.window = 65535;
  segment.sack_count = 4;
  segment.sack.fill({4294967295, 4294967295});
  segment.is_resent = true;
  std::string text = "before ";
  append_summary(packet, text);
  const std::string endpoint = "[" + longest + "]:65535";
  const std::string sack = " sack 4294967295-4294967295";
  EXPECT_EQ(text, "before " + endpoint + " > " + endpoint +
                      " TCP SYN FIN RST PSH ACK seq 4294967295 ack 4294967295 win 65535" + sack +
                      sack + sack + sack + " len 0 retransmission");
}

}  // namespace
}  // namespace mailcosm::sim
