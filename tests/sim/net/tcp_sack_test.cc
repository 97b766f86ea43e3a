// Selective acknowledgments: what we report (RFC 2018, RFC 2883) and what we make of reports (RFC
// 2018 section 8, RFC 6675 section 4, RFC 8985 sections 6 and 7).
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// With ten segments under way.
constexpr const char* kFlight =
    "connect\n skip\n +100ms < S. 0 ack 1\n skip\n send 14600\n sent 10\n +100ms cwnd 10";

// RFC 2018 section 4: the first block is of the segment that has just come, the others by age; no
// more than four.
TEST(TcpSackTest, ReportsTheLatestFirst) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 11 ack 1 "k"
    > . 1 ack 1 sack 11-12
    < P. 21 ack 1 "u"
    > . 1 ack 1 sack 21-22 sack 11-12
    < P. 31 ack 1 "E"
    > . 1 ack 1 sack 31-32 sack 21-22 sack 11-12
    < P. 41 ack 1 "O"
    > . 1 ack 1 sack 41-42 sack 31-32 sack 21-22 sack 11-12
    < P. 51 ack 1 "Y"
    > . 1 ack 1 sack 51-52 sack 41-42 sack 31-32 sack 21-22
    < P. 22 ack 1 "v"
    > . 1 ack 1 sack 21-23 sack 51-52 sack 41-42 sack 31-32
    < P. 23 ack 1 "wxyzABCD"
    > . 1 ack 1 sack 21-32 sack 51-52 sack 41-42
  )");
}

// RFC 2018 section 3: beside timestamps there is room for three.
TEST(TcpSackTest, ReportsThreeBesideTimestamps) {
  TcpSettings settings = TcpScript::plain_settings();
  settings.timestamps = true;
  TcpScript script(settings);
  script.play(R"(
    connect
    skip
    < S. 0 ack 1 ts 5 1000
    skip
    < P. 11 ack 1 "k" ts 5 1000
    > . 1 ack 1 sack 11-12
    < P. 21 ack 1 "u" ts 5 1000
    > . 1 ack 1 sack 21-22 sack 11-12
    < P. 31 ack 1 "E" ts 5 1000
    > . 1 ack 1 sack 31-32 sack 21-22 sack 11-12
    < P. 41 ack 1 "O" ts 5 1000
    > . 1 ack 1 sack 41-42 sack 31-32 sack 21-22 ts 1000 5
  )");
}

// RFC 2883 section 4: a duplicate comes first and once: below the ACK, inside a block, and in part.
TEST(TcpSackTest, ReportsDuplicates) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 1 ack 1 "abcde"
    > . 1 ack 6
    < P. 1 ack 1 "abcde"
    > . 1 ack 6 sack 1-6
    < P. 3 ack 1 "cdefg"
    > . 1 ack 8 sack 3-6
    < P. 21 ack 1 "uvwxy"
    > . 1 ack 8 sack 21-26
    < P. 22 ack 1 "vw"
    > . 1 ack 8 sack 22-24 sack 21-26
    < P. 11 ack 1 "k"
    > . 1 ack 8 sack 11-12 sack 21-26
    read "abcdefg"
  )");
}

// Early octets that overlap in every way are put together once.
TEST(TcpSackTest, JoinsWhatOverlaps) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 5 ack 1 "efg"
    > . 1 ack 1 sack 5-8
    < P. 4 ack 1 "defghi"
    > . 1 ack 1 sack 4-10
    < P. 12 ack 1 "l"
    > . 1 ack 1 sack 12-13 sack 4-10
    < P. 9 ack 1 "ijklm"
    > . 1 ack 1 sack 4-14
    < P. 1 ack 1 "abcde"
    skip
    read "abcdefghijklm"
  )");
}

// RFC 2018 section 4: reports ride on octets too; a segment is so much smaller.
TEST(TcpSackTest, ReportsOnItsOwnOctets) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 11 ack 1 "k"
    > . 1 ack 1 sack 11-12
    send 1460
    > . 1 ack 1 len 1448 sack 11-12
    > P. 1449 ack 1 len 12 sack 11-12
  )");
}

// RFC 6675 section 4 and RFC 2018 section 5: blocks in any order, overlapping, repeated: each
// segment counts once.
TEST(TcpSackTest, CountsEachSegmentOnce) {
  TcpScript script;
  script.play(kFlight);
  script.play("< . 1 ack 1 sack 4381-5841 sack 1461-2921");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 2u);
  EXPECT_EQ(script.connection.scoreboard().in_flight(), 8u);
  script.play("< . 1 ack 1 sack 1461-2921 sack 4381-5841 sack 1461-2921");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 2u);
  script.play("< . 1 ack 1 sack 1461-5841\n skip");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 3u);
  script.play("< . 1 ack 4381 sack 4381-5841\n skip");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 1u);
  script.play("< . 1 ack 14601\n skip\n queued 0");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 0u);
  EXPECT_EQ(script.connection.scoreboard().in_flight(), 0u);
}

// RFC 6675 section 4: only what a block covers whole counts.
TEST(TcpSackTest, CountsWholeSegmentsOnly) {
  TcpScript script;
  script.play(kFlight);
  script.play(
      "< . 1 ack 1 sack 1462-2921\n < . 1 ack 1 sack 1461-2920\n < . 1 ack 1 sack 2000-2500");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 0u);
  script.play("< . 1 ack 1 sack 1462-4381");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 1u);
}

// Blocks that cannot be: beyond SND.NXT, turned round, empty, half round the numbers, below
// SND.UNA.
TEST(TcpSackTest, IgnoresBlocksThatCannotBe) {
  for (const char* block : {"14601-16061", "1461-14602", "2921-1461", "1461-1461", "-3000-1461",
                            "2000000000-2100000000", "-2000000000--1900000000", "0-1"}) {
    SCOPED_TRACE(block);
    TcpScript script;
    script.play(kFlight);
    script.play(std::string("< . 1 ack 1 sack ") + block);
    EXPECT_EQ(script.connection.scoreboard().sacked(), 0u);
    EXPECT_EQ(script.connection.scoreboard().lost(), 0u);
    script.play("ssthresh 2147483647\n < . 1 ack 14601\n queued 0");
  }
}

// A good block beside a bad one counts.
TEST(TcpSackTest, TakesTheGoodBlocksOfAReport) {
  TcpScript script;
  script.play(kFlight);
  script.play("< . 1 ack 1 sack 14601-16061 sack 1461-2921 sack 5-3 sack 5841-7301");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 2u);
}

// RFC 2018 section 8: a receiver may throw away what it has reported: the timeout forgets the
// reports, and all is sent again.
TEST(TcpSackTest, SurvivesReneging) {
  TcpScript script;
  script.play(kFlight);
  script.play(R"(
    < . 1 ack 1 sack 1461-14601
    > . 1 ack 1 len 1460
    +100ms < . 1 ack 1461            # the hole is filled, and the reports are gone
    wait 200ms
    +100ms > . 1461 ack 1 len 1460   # a retransmission timeout, or nothing would ever come
    +100ms < . 1 ack 2921
    > . 2921 ack 1 len 1460
    > . 4381 ack 1 len 1460
    +100ms < . 1 ack 5841
    skip
  )");
  for (int i = 0; i < 10 && script.connection.queued() != 0; ++i) {
    script.play("+100ms < . 1 ack 14601\n skip");
  }
  script.play("queued 0");
  EXPECT_EQ(script.connection.scoreboard().size(), 0u);
}

// RFC 5681 section 3.2 and RFC 6675 section 5: two later segments are reordering, three are a loss.
TEST(TcpSackTest, ThreeLaterSegmentsAreALoss) {
  TcpScript script;
  script.play(kFlight);
  script.play(R"(
    < . 1 ack 1 sack 1461-2921
    < . 1 ack 1 sack 1461-4381
    ssthresh 2147483647
    < . 1 ack 1 sack 1461-5841
    > . 1 ack 1 len 1460
    ssthresh 5
  )");
}

// RFC 8985 section 6.2 step 4: with less than three, a quarter of the shortest round trip decides
// (and the 2 ms that Linux's timers are late at least).
TEST(TcpSackTest, TimeDecidesWhereCountsDoNot) {
  TcpScript script;
  script.play(kFlight);
  script.play(R"(
    < . 1 ack 1 sack 1461-2921
    +27ms > . 1 ack 1 len 1460
    ssthresh 5
  )");
}

// The reordered segment comes in time: nothing was lost.
TEST(TcpSackTest, ReorderingWithinTheWindowIsNoLoss) {
  TcpScript script;
  script.play(kFlight);
  script.play(R"(
    < . 1 ack 1 sack 1461-2921
    +20ms < . 1 ack 2921
    ssthresh 2147483647
    wait 50ms
    < . 1 ack 14601
    cwnd 19        # what only a report says lets no window grow (as in Linux)
  )");
}

// RFC 8985 section 6.2 step 4: once reordering has been seen, three segments are no proof any more.
TEST(TcpSackTest, GrowsPatientByReordering) {
  TcpScript script;
  script.play(kFlight);
  script.play(R"(
    < . 1 ack 1 sack 2921-4381
    < . 1 ack 1 sack 1461-4381        # an older one after a younger, sent once only
    < . 1 ack 1 sack 1461-8761
    ssthresh 2147483647
    +10ms < . 1 ack 8761
    ssthresh 2147483647
  )");
  EXPECT_EQ(script.connection.segments_resent(), 0u);
}

// RFC 8985 section 6.2 step 4 and RFC 2883: each round trip with a D-SACK widens the window by a
// quarter round trip more; so what was sent again without need is not, next time.
TEST(TcpSackTest, GrowsMorePatientByDuplicates) {
  TcpScript script;
  script.play(kFlight);
  script.play(R"(
    < . 1 ack 1 sack 1461-2921
    +27ms > . 1 ack 1 len 1460
    +10ms < . 1 ack 2921                   # the first copy, late
    skip
    +90ms < . 1 ack 14601 sack 1-1461      # and the second: D-SACK
    skip
    send 4380
    sent 3
    +100ms < . 1 ack 14601 sack 16061-17521
    wait 51ms
    +1ms skip
  )");
}

// RFC 8985 section 6.2: a retransmission that is lost again is found lost by time, too.
TEST(TcpSackTest, FindsALostRetransmission) {
  TcpScript script;
  script.play(R"(
    connect
    skip
    +100ms < S. 0 ack 1
    skip
    send 29200
    sent 10
    +100ms < . 1 ack 1 sack 1461-5841
    skip
    < . 1 ack 1 sack 1461-14601
    skip
    +100ms < . 1 ack 1 sack 1461-16061     # of what was sent after the retransmission
    > . 1 ack 1 len 1460
    skip
  )");
  EXPECT_EQ(script.connection.segments_resent(), 2u);
}

}  // namespace
}  // namespace mailcosm::sim
