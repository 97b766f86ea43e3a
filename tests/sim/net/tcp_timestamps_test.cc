// Timestamps (RFC 7323): round trips of what was sent twice, old segments, clocks that wrap; and
// sequence numbers that pass 2^32 (RFC 9293 section 3.4).
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

TcpSettings with_timestamps() {
  TcpSettings settings = TcpScript::plain_settings();
  settings.timestamps = true;
  return settings;
}

// At 1.1 s of the run, round trip 100 ms, TS.Recent 500.
constexpr const char* kOpen =
    "connect\n > S 0 ts 1000 0\n +100ms < S. 0 ack 1 ts 500 1000\n > . 1 ack 1 ts 1100 500";

// Without timestamps: the third transmission of a segment is followed by its acknowledgment.
constexpr const char* kSentThreeTimes = R"(
    connect
    skip
    +100ms < S. 0 ack 1
    skip
    send "x"
    > P. 1 ack 1 len 1
    +300ms > P. 1 ack 1 len 1
    +300ms > P. 1 ack 1 len 1
    +500ms < . 1 ack 2
  )";

// RFC 7323 section 5.3, R1: older than TS.Recent: acknowledged and dropped.
TEST(TcpTimestampsTest, DropsWhatIsOlderThanKnown) {
  for (const char* old : {"499", "0", "-2147483000"}) {
    SCOPED_TRACE(old);
    TcpScript script(with_timestamps());
    script.play(kOpen);
    script.play(std::string("< P. 1 ack 1 \"old\" ts ") + old + " 1100\n > . 1 ack 1 ts 1100 500");
    script.play(
        "read \"\"\n < P. 1 ack 1 \"new\" ts 500 1100\n > . 1 ack 4 ts 1100 500\n read \"new\"");
  }
}

// RFC 7323 section 5.2: a RST is not looked at by PAWS.
TEST(TcpTimestampsTest, AnOldTimestampDoesNotSaveFromAReset) {
  TcpScript script(with_timestamps());
  script.play(kOpen);
  script.play("< R 1 ts 1 0\n state CLOSED");
}

// RFC 7323 section 4.3: TS.Recent is of the segment that the last ACK was due to, and not of one
// that came before its time; so the echo of a delayed ACK is that of the first octets it
// acknowledges.
TEST(TcpTimestampsTest, EchoesTheOldestUnacknowledged) {
  TcpScript script(with_timestamps());
  script.play(kOpen);
  script.play(R"(
    < P. 1 ack 1 "a" ts 600 1100
    > . 1 ack 2 ts 1100 600
    < P. 3 ack 1 "c" ts 700 1100
    > . 1 ack 2 sack 3-4 ts 1100 600    # section 4.3, case (B): a hole: the last in order
    < P. 2 ack 1 "b" ts 800 1100
    > . 1 ack 4 ts 1100 800             # case (C): the segment that fills it
    send "x"
    > P. 1 ack 4 len 1 ts 1100 800
    < . 4 ack 2 ts 800 1100
    < P. 4 ack 2 "d" ts 900 1100
    < P. 5 ack 2 "e" ts 1000 1100
    +40ms > . 2 ack 6 ts 1140 900       # case (A): the first of two that one ACK is for
  )");
}

// RFC 7323 section 5.5: 24 days without a segment, and the peer's clock may be anywhere.
TEST(TcpTimestampsTest, TrustsNoTimestampAfter24Days) {
  for (int hours : {24 * 24 - 1, 24 * 24 + 1}) {
    SCOPED_TRACE(hours);
    TcpScript script(with_timestamps());
    script.play(kOpen);
    script.advance(std::chrono::hours(hours));
    script.play("< P. 1 ack 1 \"back\" ts -2147480000 1100\n skip");
    EXPECT_EQ(script.received, hours < 24 * 24 ? "" : "back");
  }
}

// RFC 7323 section 5.4: the peer's clock passes 2^32.
TEST(TcpTimestampsTest, TakesAClockThatWraps) {
  TcpScript script(with_timestamps());
  script.play(R"(
    connect
    > S 0 ts 1000 0
    < S. 0 ack 1 ts 4294967290 1000
    > . 1 ack 1 ts 1000 4294967290
    < P. 1 ack 1 "before" ts 4294967295 1000
    > . 1 ack 7 ts 1000 4294967295
    < P. 7 ack 1 "after" ts 3 1000
    > . 1 ack 12 ts 1000 3
    < P. 12 ack 1 "old" ts 4294967295 1000
    > . 1 ack 12 ts 1000 3
    read "beforeafter"
  )");
}

// Our own clock passes 2^32 between a segment and its answer.
TEST(TcpTimestampsTest, MeasuresOverTheWrapOfItsOwnClock) {
  TcpSettings settings = with_timestamps();
  BlockPool pool;
  TcpConnection connection(settings, pool,
                           {0, 1460, 0xffffffff - 1000 - 49, ConnectionId::of(0, 1)});
  Instant now{1'000'000'000};
  TcpSegment made;
  const auto answer = [&](std::uint8_t flags, Sequence sequence, Sequence acknowledgment) {
    TcpSegment segment;
    segment.flags = flags;
    segment.sequence = sequence;
    segment.acknowledgment = acknowledgment;
    segment.window = 60'000;
    segment.has_timestamps = true;
    segment.timestamp_value = 5;
    segment.timestamp_echo = made.timestamp_value;
    connection.receive(segment, now);
  };
  connection.connect(now, {});
  ASSERT_TRUE(connection.transmit(made, now));
  EXPECT_EQ(made.timestamp_value, 0xffffffff - 49u);
  now = now + 100ms;
  answer(tcp_flag::kSyn | tcp_flag::kAck, 0, 1);
  EXPECT_EQ(connection.rto().smoothed(), 100ms);
  ASSERT_TRUE(connection.transmit(made, now));
  EXPECT_EQ(made.timestamp_value, 50u);
}

// RFC 7323 section 4.1: a timestamp tells which transmission was answered, where Karn's rule would
// have to be silent; and it ends the back-off (RFC 6298 section 5.7).
TEST(TcpTimestampsTest, MeasuresRepeatedSegments) {
  TcpScript script(with_timestamps());
  script.play(kOpen);
  script.play(R"(
    send "x"
    > P. 1 ack 1 len 1 ts 1100 500
    +300ms > P. 1 ack 1 len 1 ts 1400 500
    +300ms > P. 1 ack 1 len 1 ts 1700 500
    +100ms < . 1 ack 2 ts 600 1700
    send "y"
    > P. 2 ack 1 len 1 ts 1800 600
    +300ms > P. 2 ack 1 len 1 ts 2100 600
  )");
  EXPECT_EQ(script.connection.rto().smoothed(), 100ms);
  TcpScript karn;
  karn.play(kSentThreeTimes);
  EXPECT_EQ(karn.connection.rto().smoothed(), 100ms) << "nobody knows which one was answered";
}

// RFC 6298 section 5.7 and Karn's rule: without a measurement the back-off stays for the next
// segment.
TEST(TcpTimestampsTest, KeepsTheBackoffUntilARoundTripIsKnown) {
  TcpScript script;
  script.play(kSentThreeTimes);
  script.play(R"(
    send "y"
    > P. 2 ack 1 len 1
    +600ms > P. 2 ack 1 len 1
  )");
}

// A delayed ACK is part of the round trip: RFC 7323 section 4.3 measures when the peer sends.
TEST(TcpTimestampsTest, MeasuresWithADelayedAck) {
  TcpScript script(with_timestamps());
  script.play(kOpen);
  script.play(R"(
    send "x"
    > P. 1 ack 1 len 1 ts 1100 500
    +140ms < . 1 ack 2 ts 640 1100
  )");
  EXPECT_EQ(script.connection.rto().smoothed(), 105ms) << "7/8 of 100 ms and 1/8 of 140 ms";
}

// RFC 9293 section 3.4: numbers of both sides pass 2^32 in the middle of a transfer, with loss,
// reports and a FIN.
TEST(TcpSequenceTest, PassesTheEndOfTheNumbers) {
  for (Sequence start :
       {0xffffffffu, 0xfffffffeu, 0xffffff00u, 0xfffff000u, 0xffffe000u, 0x7ffffff0u}) {
    SCOPED_TRACE(start);
    TcpScript script(TcpScript::plain_settings(), start, start - 3);
    script.play(R"(
      connect
      > S 0
      +100ms < S. 0 ack 1
      > . 1 ack 1
      < P. 11 ack 1 "klm"
      > . 1 ack 1 sack 11-14
      < P. 1 ack 1 "abcdefghij"
      > . 1 ack 14
      < P. 1 ack 1 "abc"
      > . 1 ack 14 sack 1-4
      read "abcdefghijklm"
      send 14600
      sent 10
      +100ms < . 14 ack 1 sack 1461-2921
      < . 14 ack 1 sack 1461-4381
      < . 14 ack 1 sack 1461-5841
      > . 1 ack 14 len 1460
      ssthresh 5
      +100ms < . 14 ack 14601
      queued 0
      cwnd 5
      close
      > F. 14601 ack 14
      < F. 14 ack 14602
      > . 14602 ack 15
      state TIME-WAIT
    )");
  }
}

// The same by octets: several windows' worth over the edge, in small and large segments.
TEST(TcpSequenceTest, CarriesOctetsOverTheEnd) {
  for (std::uint32_t distance : {1u, 1459u, 1460u, 1461u, 100'000u}) {
    SCOPED_TRACE(distance);
    TcpScript script(TcpScript::plain_settings(), 0u - distance, 0u - distance);
    script.establish();
    Sequence acknowledged = 1;
    script.send(std::string(300'000, 'x'));
    while (script.connection.queued() != 0) {
      ASSERT_FALSE(script.sent.empty());
      acknowledged = script.sent.back().end() - script.ours;
      script.sent.clear();
      script.advance(20ms);
      script.inject(".", 1, acknowledged);
    }
    EXPECT_EQ(acknowledged, 300'001u);
    EXPECT_EQ(script.connection.segments_resent(), 0u);
    std::string sent;
    for (Sequence at = 1; at < 200'000; at += 1000) {
      const std::string piece(1000, static_cast<char>('a' + at / 1000 % 26));
      sent += piece;
      script.inject("P.", at, acknowledged, piece);
    }
    EXPECT_EQ(script.received, sent);
  }
}

}  // namespace
}  // namespace mailcosm::sim
