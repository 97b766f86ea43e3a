#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

std::string octets(std::size_t count) { return std::string(count, 'x'); }

TEST(TcpTransferTest, SendsInSegmentsAndPushesTheLast) {
  TcpScript script;
  script.establish();
  script.send(octets(3000));
  EXPECT_EQ(script.take_sent(),
            ". 1 ack 1 len 1460 | . 1461 ack 1 len 1460 | P. 2921 ack 1 len 80");
  script.advance(100ms);
  script.inject(".", 1, 3001);
  EXPECT_EQ(script.take_events(), "writable ");
  EXPECT_EQ(script.connection.queued(), 0u);
  EXPECT_TRUE(script.connection.deadline().is_never()) << "an idle connection has no timer";
}

// RFC 6928 section 2: the initial window is ten segments.
TEST(TcpTransferTest, StartsWithTenSegments) {
  TcpScript script;
  script.establish();
  script.send(octets(30 * 1460));
  EXPECT_EQ(script.sent.size(), 10u);
  script.sent.clear();
  script.advance(100ms);
  // RFC 5681 section 3.1: slow start sends two for each that is acknowledged.
  script.inject(".", 1, 1 + 2 * 1460);
  EXPECT_EQ(script.sent.size(), 4u);
}

// RFC 9293 section 3.8.6: no octet beyond the window of the peer.
TEST(TcpTransferTest, KeepsInsideThePeersWindow) {
  TcpScript script;
  script.window = 2000;
  script.establish();
  script.send(octets(5000));
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 1460")
      << "540 octets of window would make a silly segment";
  script.advance(50ms);
  script.window = 3000;
  script.inject(".", 1, 1461);
  EXPECT_EQ(script.take_sent(), ". 1461 ack 1 len 1460 | . 2921 ack 1 len 1460")
      << "a window of more than two segments takes two";
}

// RFC 9293 section 3.8.6.1: a zero window is probed, ever more seldom, for as long as the peer
// answers.
TEST(TcpTransferTest, ProbesAZeroWindow) {
  TcpScript script;
  script.establish();
  script.window = 0;
  script.inject(".", 1, 1);
  script.send(octets(100));
  EXPECT_EQ(script.take_sent(), "");
  script.advance(1s);
  EXPECT_EQ(script.take_sent().substr(0, 15), ". 1 ack 1 len 1");
  std::vector<std::int64_t> gaps;
  for (int i = 0; i < 14; ++i) {
    const Instant before = script.now;
    while (script.sent.empty()) script.advance(script.connection.deadline() - script.now);
    gaps.push_back((script.now - before) / 1ms);
    script.take_sent();
    script.inject(".", 1, 1);
  }
  EXPECT_GT(gaps[3], gaps[1]);
  EXPECT_EQ(gaps.back(), 120'000);
  EXPECT_EQ(script.take_events(), "");
  script.window = 1000;
  script.inject(".", 1, 2);
  EXPECT_EQ(script.take_sent(), "P. 2 ack 1 len 99");
}

// RFC 9293 section 3.7.4: Nagle's rule, where it is switched on.
TEST(TcpTransferTest, NagleHoldsTheSecondSmallSegment) {
  TcpSettings settings = TcpScript::plain_settings();
  settings.nagle = true;
  TcpScript script(settings);
  script.establish();
  script.send("a");
  script.send("b");
  EXPECT_EQ(script.take_sent(), "P. 1 ack 1 len 1");
  script.advance(100ms);
  script.inject(".", 1, 2);
  EXPECT_EQ(script.take_sent(), "P. 2 ack 1 len 1");
}

// RFC 9293 section 3.8.6.3, RFC 5681 section 4.2: at most one full segment waits, and for less than
// 0.5 s.
TEST(TcpTransferTest, DelaysAcknowledgmentsOnceItIsADialogue) {
  TcpScript script;
  script.establish();
  script.inject("P.", 1, 1, "220 ready");
  EXPECT_EQ(script.take_sent(), ". 1 ack 10") << "at once in the beginning";
  script.send("EHLO a");
  EXPECT_EQ(script.take_sent(), "P. 1 ack 10 len 6");
  script.advance(100ms);
  script.inject("P.", 10, 7, "250 ok");
  EXPECT_EQ(script.take_sent(), "") << "data may soon go back";
  script.advance(39ms);
  EXPECT_EQ(script.take_sent(), "");
  script.advance(1ms);
  EXPECT_EQ(script.take_sent(), ". 7 ack 16");
  script.inject(".", 16, 7, octets(1460));
  script.inject(".", 1476, 7, octets(1460));
  EXPECT_EQ(script.take_sent(), ". 7 ack 2936") << "every second full segment";
}

// RFC 5681 section 4.2: out of order and filling a gap are acknowledged at once; RFC 2018
// section 4.
TEST(TcpTransferTest, ReportsGapsAtOnce) {
  TcpScript script;
  script.establish();
  script.inject("P.", 11, 1, "klmnopqrst");
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 sack 11-21");
  EXPECT_EQ(script.received, "");
  script.inject("P.", 31, 1, "EFG");
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 sack 31-34 sack 11-21");
  script.inject("P.", 1, 1, "abcdefghij");
  EXPECT_EQ(script.take_sent(), ". 1 ack 21 sack 31-34");
  EXPECT_EQ(script.received, "abcdefghijklmnopqrst");
  // RFC 2883 section 4: a duplicate is reported first.
  script.inject("P.", 1, 1, "abcdefghij");
  EXPECT_EQ(script.take_sent(), ". 1 ack 21 sack 1-11 sack 31-34");
}

// RFC 9293 section 3.10.7.4, first check: what is outside of the window is answered with an ACK and
// dropped.
TEST(TcpTransferTest, AnswersWhatIsOutsideOfTheWindow) {
  TcpScript script;
  script.establish();
  script.inject("P.", 100'000, 1, "far");
  EXPECT_EQ(script.take_sent(), ". 1 ack 1");
  EXPECT_EQ(script.received, "");
  // RFC 5961 section 4: a SYN inside a connection is answered with a challenge ACK.
  script.advance(1s);
  script.inject("S", 1, 0);
  EXPECT_EQ(script.take_sent(), ". 1 ack 1");
  EXPECT_EQ(script.connection.state(), TcpState::kEstablished);
  // RFC 9293 section 3.10.7.4, fifth check: an ACK of what was never sent.
  script.advance(1s);
  script.inject("P.", 1, 99, "never");
  EXPECT_EQ(script.take_sent(), ". 1 ack 1");
  EXPECT_EQ(script.received, "");
}

TEST(TcpTransferTest, TellsWhenTheQueueIsLow) {
  TcpScript script;
  script.establish();
  script.send(octets(14'600));
  script.advance(100ms);
  script.inject(".", 1, 7301);
  EXPECT_EQ(script.take_events(), "") << "it was never above the low-water mark";
  script.inject(".", 1, 14'601);
  EXPECT_EQ(script.take_events(), "writable ") << "but now it is empty";
  script.send(octets(Stream::kLowWater + 1460));
  script.advance(100ms);
  script.inject(".", 1, 14'601 + 1460);
  EXPECT_EQ(script.take_events(), "writable ");
}

// RFC 5681 section 4.1: after a long silence the window is small again.
TEST(TcpTransferTest, StartsSlowlyAfterASilence) {
  TcpScript script;
  script.establish();
  Sequence acknowledged = 1;
  for (int round = 0; round < 3; ++round) {
    script.send(octets(1460 * 40));
    while (script.connection.queued() != 0) {
      script.advance(100ms);
      acknowledged = script.sent.back().end() - TcpScript::kOurs;
      script.take_sent();
      script.inject(".", 1, acknowledged);
    }
  }
  EXPECT_GT(script.connection.congestion_window(), 30u);
  script.advance(60s);
  script.take_sent();
  script.send(octets(1460 * 40));
  EXPECT_EQ(script.sent.size(), 10u);
}

}  // namespace
}  // namespace mailcosm::sim
