#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// RFC 9293 section 3.5: three-way handshake.
TEST(TcpHandshakeTest, OpensActively) {
  TcpScript script;
  script.establish();
  EXPECT_EQ(script.connection.state(), TcpState::kEstablished);
}

TEST(TcpHandshakeTest, OpensPassively) {
  TcpScript script;
  script.establish_passively();
  EXPECT_EQ(script.connection.state(), TcpState::kEstablished);
}

// RFC 9293 section 3.5: simultaneous open (figure 7).
TEST(TcpHandshakeTest, OpensSimultaneously) {
  TcpScript script;
  script.connection.connect(script.now, {});
  script.collect();
  EXPECT_EQ(script.take_sent(), "S 0");
  script.inject("S", 0, 0);
  EXPECT_EQ(script.take_sent(), "S. 0 ack 1");
  EXPECT_EQ(script.connection.state(), TcpState::kSynReceived);
  script.inject("S.", 0, 1);
  EXPECT_EQ(script.take_events(), "connected ");
  EXPECT_EQ(script.connection.state(), TcpState::kEstablished);
}

// RFC 9293 section 3.4: sequence numbers are compared modulo 2^32, wherever the peer begins. An
// initial number just above 2^31 once lay outside of a window that still began at zero.
TEST(TcpHandshakeTest, TakesDataWhereverThePeersNumbersBegin) {
  for (const Sequence begin : {0u, 1u, 0x7fffffffu, 0x80000000u, 0x80004c48u, 0xffffffffu}) {
    TcpScript script;
    script.connection.connect(script.now, {});
    script.collect();
    TcpSegment answer = script.segment("S.", 0, {}, 1);
    answer.sequence = begin;
    script.inject(answer);
    TcpSegment data = script.segment("P.", 0, "hello", 1);
    data.sequence = begin + 1;
    script.inject(data);
    EXPECT_EQ(script.received, "hello") << begin;
  }
}

// RFC 9293 section 3.7.1: without an MSS option the peer takes 536 octets; ours is sent.
TEST(TcpHandshakeTest, AssumesTheDefaultMssWithoutOption) {
  TcpScript script;
  script.connection.connect(script.now, {});
  script.collect();
  EXPECT_EQ(script.sent[0].mss, 1460);
  EXPECT_TRUE(script.sent[0].sack_permitted);
  EXPECT_EQ(script.sent[0].window_scale, 7);
  script.take_sent();
  TcpSegment answer = script.segment("S.", 0, {}, 1);
  answer.mss = 0;
  script.inject(answer);
  script.take_sent();
  script.send(std::string(1000, 'x'));
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 536 | P. 537 ack 1 len 464");
}

// RFC 9293 section 3.10.7.3: a RST that acknowledges our SYN means that the connection is refused.
TEST(TcpHandshakeTest, IsRefusedByAReset) {
  TcpScript script;
  script.connection.connect(script.now, {});
  script.collect();
  script.take_sent();
  script.inject("R", 0, 0);
  EXPECT_EQ(script.take_events(), "") << "without ACK it may be anybody's";
  script.inject("R.", 0, 2);
  EXPECT_EQ(script.take_events(), "") << "it acknowledges what was never sent";
  script.inject("R.", 0, 1);
  EXPECT_EQ(script.take_events(), "closed:connection refused ");
  EXPECT_EQ(script.take_sent(), "");
}

// RFC 9293 section 3.10.7.3: an ACK of something else in SYN-SENT is answered with a RST.
TEST(TcpHandshakeTest, ResetsAnOldDuplicate) {
  TcpScript script;
  script.connection.connect(script.now, {});
  script.collect();
  script.take_sent();
  script.inject("S.", 0, 77);
  EXPECT_EQ(script.take_sent(), "R 77");
  EXPECT_EQ(script.connection.state(), TcpState::kSynSent);
}

// RFC 6298 section 2.1: the SYN is sent again after a second; five times so, and then the wait
// doubles (section 5.5).
TEST(TcpHandshakeTest, SendsTheSynAgainAndGivesUp) {
  TcpScript script;
  const Instant start = script.now;
  script.connection.connect(script.now, {});
  script.collect();
  std::vector<std::int64_t> seconds;
  while (script.connection.state() == TcpState::kSynSent) {
    script.take_sent();
    script.advance(script.connection.deadline() - script.now);
    seconds.push_back((script.now - start) / 1s);
  }
  EXPECT_EQ(seconds, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131}));
  EXPECT_EQ(script.take_events(), "closed:connection timed out ");
}

TEST(TcpHandshakeTest, SendsTheSynAckAgain) {
  TcpScript script;
  script.connection.accept(script.segment("S", 0), script.now);
  script.collect();
  EXPECT_EQ(script.take_sent(), "S. 0 ack 1");
  script.inject("S", 0, 0);
  EXPECT_EQ(script.take_sent(), "S. 0 ack 1") << "the peer asks again";
  script.advance(1s);
  EXPECT_EQ(script.take_sent(), "S. 0 ack 1") << "the timer";
  script.inject(".", 1, 1);
  EXPECT_EQ(script.take_events(), "connected ");
}

// RFC 9293 section 3.10.7.4: an unacceptable ACK in SYN-RECEIVED is answered with a RST.
TEST(TcpHandshakeTest, ResetsABadAckInSynReceived) {
  TcpScript script;
  script.connection.accept(script.segment("S", 0), script.now);
  script.collect();
  script.take_sent();
  script.inject(".", 1, 9);
  EXPECT_EQ(script.take_sent(), "R 9");
  EXPECT_EQ(script.connection.state(), TcpState::kSynReceived);
}

TEST(TcpHandshakeTest, TakesDataThatCompleteTheHandshake) {
  TcpScript script;
  script.connection.accept(script.segment("S", 0), script.now);
  script.collect();
  script.take_sent();
  script.inject("P.", 1, 1, "hello");
  EXPECT_EQ(script.take_events(), "connected ");
  EXPECT_EQ(script.received, "hello");
  EXPECT_EQ(script.take_sent(), ". 1 ack 6");
}

TEST(TcpHandshakeTest, SendsWhatWasQueuedBeforeItWasOpen) {
  TcpScript script;
  script.connection.connect(script.now, {});
  script.send("early");
  script.close();
  EXPECT_EQ(script.take_sent(), "S 0");
  script.advance(10ms);
  script.inject("S.", 0, 1);
  EXPECT_EQ(script.take_sent(), "FP. 1 ack 1 len 5");
}

// RFC 7323 section 2.2: scaling only if both sides offer it; section 2.3: at most 14.
TEST(TcpHandshakeTest, AgreesOnWindowScaling) {
  TcpScript without;
  without.connection.accept(without.segment("S", 0), without.now);
  without.collect();
  EXPECT_EQ(without.sent[0].window_scale, TcpSegment::kNoWindowScale);
  TcpScript with;
  with.window_scale = 14;
  with.window = 1;
  with.establish();
  with.send(std::string(20'000, 'x'));
  EXPECT_EQ(with.sent.size(), 1u) << "the window of a SYN is not scaled: one octet";
  with.take_sent();
  with.inject(".", 1, 2);
  EXPECT_EQ(with.sent.size(), 10u) << "16 kB by now, and the initial congestion window";
}

// RFC 7323 section 3.2: timestamps only if both sides offer them; then in every segment.
TEST(TcpHandshakeTest, AgreesOnTimestamps) {
  TcpSettings settings = TcpScript::plain_settings();
  settings.timestamps = true;
  TcpScript script(settings);
  script.connection.connect(script.now, {});
  script.collect();
  ASSERT_TRUE(script.sent[0].has_timestamps);
  EXPECT_EQ(script.sent[0].timestamp_value, 1000u) << "milliseconds of the run";
  TcpSegment answer = script.segment("S.", 0, {}, 1);
  answer.has_timestamps = true;
  answer.timestamp_value = 777;
  answer.timestamp_echo = 1000;
  script.sent.clear();
  script.inject(answer);
  ASSERT_EQ(script.sent.size(), 1u);
  EXPECT_TRUE(script.sent[0].has_timestamps);
  EXPECT_EQ(script.sent[0].timestamp_echo, 777u);
  script.sent.clear();
  script.send(std::string(1500, 'x'));
  EXPECT_EQ(script.sent[0].payload.size(), 1448u) << "the option takes 12 octets of the MSS";
  // RFC 7323 section 5.3: a segment with an older timestamp is answered and dropped (PAWS).
  TcpSegment old = script.segment("P.", 1, "old", 1);
  old.has_timestamps = true;
  old.timestamp_value = 776;
  script.sent.clear();
  script.inject(old);
  EXPECT_EQ(script.received, "");
  EXPECT_EQ(script.sent.size(), 1u);
}

}  // namespace
}  // namespace mailcosm::sim
