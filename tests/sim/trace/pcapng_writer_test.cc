#include "sim/trace/pcapng_writer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sim/trace/packet_frames.h"
#include "tests/sim/trace/sample.h"
#include "tests/support/tshark.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint8_t kFin = 1, kSyn = 2, kPush = 8, kAck = 16;

// A capture of frames sent by host 1, one millisecond apart.
class Capture {
 public:
  Capture() : writer_(sink_, sample_header()) {}

  void add(const std::string& frame) {
    OwnedRecord record;
    record.host = 1;
    record.id = RecordId(1, Layer::kPacket, ++count_);
    record.time = Instant{static_cast<std::int64_t>(count_) * 1'000'000 + 123'456};
    record.kind = Kind::kPacketSent;
    record.values = {{0, "summary"}, {0, frame}};
    writer_.accept(RecordView(record).record());
    // Hops on the way are no packets of their own.
    record.kind = Kind::kPacketForwarded;
    record.values = {{0, "summary"}};
    writer_.accept(RecordView(record).record());
  }

  // A dialogue over TCP: each line is one segment, acknowledged by the next.
  void add_dialogue(const Flow& client, const std::vector<std::pair<char, std::string>>& lines) {
    const Flow server{client.to, client.from, client.to_port, client.from_port};
    std::uint32_t sent = 1001, received = 5001;
    add(tcp_packet(client, kSyn, 1000, 0, ""));
    add(tcp_packet(server, kSyn | kAck, 5000, 1001, ""));
    add(tcp_packet(client, kAck, sent, received, ""));
    for (const auto& [side, text] : lines) {
      const bool by_client = side == '>';
      std::uint32_t& own = by_client ? sent : received;
      add(tcp_packet(by_client ? client : server, kPush | kAck, own, by_client ? received : sent,
                     text));
      own += static_cast<std::uint32_t>(text.size());
    }
    add(tcp_packet(client, kFin | kAck, sent, received, ""));
    add(tcp_packet(server, kFin | kAck, received, sent + 1, ""));
    add(tcp_packet(client, kAck, sent + 1, received + 1, ""));
  }

  const std::string& bytes() {
    EXPECT_TRUE(writer_.finish());
    return sink_.bytes();
  }

 private:
  StringSink sink_;
  PcapngWriter writer_;
  std::uint64_t count_ = 0;
};

class PcapngWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::Tshark::installed()) GTEST_SKIP() << "tshark is not installed";
  }
  static std::string tshark(Capture& capture, const std::string& options) {
    return test::Tshark(capture.bytes())(options);
  }
};

Flow smtp_flow() {
  return {sample_header().hosts[0].addresses[0], sample_header().hosts[1].addresses[0], 49152, 25};
}

Capture smtp_capture() {
  Capture capture;
  capture.add_dialogue(
      smtp_flow(),
      {{'<', "220 mx.blue.com ESMTP\r\n"},
       {'>', "EHLO laptop.red.com\r\n"},
       {'<', "250 mx.blue.com\r\n"},
       {'>', "MAIL FROM:<alice@red.com>\r\n"},
       {'<', "250 2.1.0 OK\r\n"},
       {'>', "RCPT TO:<bob@blue.com>\r\n"},
       {'<', "250 2.1.5 OK\r\n"},
       {'>', "DATA\r\n"},
       {'<', "354 Go ahead\r\n"},
       {'>', "From: alice@red.com\r\nTo: bob@blue.com\r\nSubject: Lunch?\r\n\r\nNoon?\r\n.\r\n"},
       {'<', "250 2.0.0 Queued\r\n"},
       {'>', "QUIT\r\n"},
       {'<', "221 2.0.0 Bye\r\n"}});
  return capture;
}

TEST_F(PcapngWriterTest, IsDissectedWithoutExpertWarnings) {
  Capture capture = smtp_capture();
  EXPECT_EQ(tshark(capture, "-q -z expert,warn").find_first_not_of('\n'), std::string::npos)
      << tshark(capture, "-q -z expert,warn");
  const std::string protocols = tshark(capture, "-T fields -e _ws.col.Protocol");
  EXPECT_NE(protocols.find("TCP"), std::string::npos);
  EXPECT_NE(protocols.find("SMTP"), std::string::npos);
  EXPECT_NE(protocols.find("SMTP/IMF"), std::string::npos) << protocols;
  EXPECT_EQ(tshark(capture, "-Y 'imf.subject == \"Lunch?\"' -T fields -e imf.to"),
            "bob@blue.com\n");
  EXPECT_EQ(tshark(capture, "-Y 'tcp.checksum.status != 1 || ip.checksum.status != 1'"), "");
}

TEST_F(PcapngWriterTest, WritesEachSentPacketOnceWithItsRecordAndTime) {
  Capture capture = smtp_capture();
  const std::string first = tshark(capture, "-c 1 -T fields -e frame.time_epoch -e frame.comment");
  EXPECT_EQ(first, "1767603600.001123456\th1n1 mx.blue.com\n");
  const std::string all = tshark(capture, "-T fields -e frame.number");
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 19);
}

TEST_F(PcapngWriterTest, NamesHosts) {
  Capture capture = smtp_capture();
  EXPECT_EQ(tshark(capture, "-N n -c 1 -T fields -e ip.src_host -e ip.dst_host"),
            "laptop.red.com\tmx.blue.com\n");
}

TEST_F(PcapngWriterTest, CarriesIpv6AndDns) {
  Capture capture;
  const Flow flow{*IpAddress::parse("2001:db8::1"), *IpAddress::parse("2001:db8::7"), 50000, 53};
  using namespace std::string_literals;
  capture.add(udp_packet(flow,
                         "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04"
                         "blue\x03"
                         "com\x00\x00\x0f\x00\x01"s));
  EXPECT_EQ(tshark(capture, "-T fields -e dns.qry.name -e dns.qry.type -e udp.checksum.status"),
            "blue.com\t15\t1\n");
  EXPECT_EQ(tshark(capture, "-N n -T fields -e ipv6.dst_host"), "mx.blue.com\n");
}

TEST_F(PcapngWriterTest, CarriesPopAndImap) {
  Capture capture;
  Flow flow = smtp_flow();
  flow.to_port = 110;
  capture.add_dialogue(flow, {{'<', "+OK ready\r\n"}, {'>', "QUIT\r\n"}, {'<', "+OK bye\r\n"}});
  flow.to_port = 143;
  capture.add_dialogue(
      flow, {{'<', "* OK ready\r\n"}, {'>', "a LOGOUT\r\n"}, {'<', "* BYE\r\na OK bye\r\n"}});
  const std::string protocols = tshark(capture, "-T fields -e _ws.col.Protocol");
  EXPECT_NE(protocols.find("POP"), std::string::npos);
  EXPECT_NE(protocols.find("IMAP"), std::string::npos);
  EXPECT_EQ(tshark(capture, "-q -z expert,warn").find_first_not_of('\n'), std::string::npos);
}

TEST(PcapngBlocksTest, HaveLengthsInMultiplesOfFourAtBothEnds) {
  Capture capture;
  capture.add(std::string(21, 'x'));
  ByteReader reader(capture.bytes());
  int blocks = 0;
  while (reader.remaining() != 0) {
    reader.u32();
    const std::uint32_t length = reader.u32();
    ASSERT_TRUE(length >= 12 && length % 4 == 0) << length;
    reader.skip(length - 12);
    EXPECT_EQ(reader.u32(), length);
    ++blocks;
  }
  EXPECT_FALSE(reader.failed());
  EXPECT_EQ(blocks, 4);
}

}  // namespace
}  // namespace mailcosm::sim
