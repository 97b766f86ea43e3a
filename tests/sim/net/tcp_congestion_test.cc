// Congestion control, segment by segment: slow start, Reno, CUBIC, proportional rate reduction,
// timeouts, idle times, unused windows, delayed acknowledgments (RFC 5681, RFC 6298, RFC 6928, RFC
// 6937, RFC 7661, RFC 9438). What Linux undoes when a loss proves none (Eifel, F-RTO, D-SACK undo)
// is not modelled: a window that has shrunk grows again in its own time.
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// Acknowledges everything that is out, once a round trip, until the window is `window` segments.
void grow(TcpScript& script, std::uint32_t window) {
  for (int round = 0; script.connection.congestion_window() < window; ++round) {
    ASSERT_LT(round, 200);
    if (script.connection.queued() < 400'000) script.send(std::string(1'000'000, 'x'));
    const Sequence end = script.sent.back().end() - script.ours;
    script.sent.clear();
    script.advance(100ms);
    script.inject(".", 1, end);
  }
}

// RFC 6928 section 2, and RFC 5681 section 3.1: one segment more for each that is acknowledged:
// the window doubles each round trip.
TEST(TcpCongestionTest, DoublesInSlowStart) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.send(std::string(1460 * 400, 'x'));
  std::vector<std::size_t> flights;
  for (int round = 0; round < 4; ++round) {
    flights.push_back(script.sent.size());
    const Sequence end = script.sent.back().end() - script.ours;
    script.sent.clear();
    script.advance(100ms);
    script.inject(".", 1, end);
  }
  EXPECT_EQ(flights, (std::vector<std::size_t>{10, 20, 40, 41})) << "then 60,000 octets of window";
  script.sent.clear();
}

// Each acknowledgment by itself: two segments for each of one segment.
TEST(TcpCongestionTest, SendsTwoForEachInSlowStart) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play("send 100000\n sent 10");
  for (int i = 1; i <= 10; ++i) {
    script.play("< . 1 ack " + std::to_string(1 + 1460 * i) + "\n sent 2\n cwnd " +
                std::to_string(10 + i));
  }
}

// RFC 5681 section 3.1: in congestion avoidance one segment each round trip.
TEST(TcpCongestionTest, GrowsByOneARoundTripInAvoidance) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 14600
    sent 10
    +100ms < . 1 ack 1 sack 1461-5841
    > . 1 ack 1 len 1460
    +100ms < . 1 ack 14601
    cwnd 5
    ssthresh 5
    send 146000
    sent 5
    +100ms < . 1 ack 21901
    cwnd 6
    sent 6
    +100ms < . 1 ack 30661
    cwnd 7
    sent 7
    +100ms < . 1 ack 40881
    cwnd 8
    skip
  )");
}

// RFC 5681 equation 4: half; never below two segments.
TEST(TcpCongestionTest, RenoHalves) {
  EXPECT_EQ(TcpReno::threshold(100), 50u);
  EXPECT_EQ(TcpReno::threshold(11), 5u);
  EXPECT_EQ(TcpReno::threshold(5), 2u);
  EXPECT_EQ(TcpReno::threshold(4), 2u);
  EXPECT_EQ(TcpReno::threshold(3), 2u);
  EXPECT_EQ(TcpReno::threshold(1), 2u);
}

// RFC 9438 section 4.6: 0.7; never below two segments.
TEST(TcpCongestionTest, CubicCutsToSevenTenths) {
  for (const auto& [before, after] :
       {std::pair{1000u, 700u}, {10u, 7u}, {3u, 2u}, {2u, 2u}, {1u, 2u}}) {
    TcpCubic cubic;
    EXPECT_EQ(cubic.threshold(before), after) << before;
  }
}

// RFC 9438 section 4.2: W(t) = 0.4 (t - K)^3 + W_max with K = cbrt(0.3 W_max / 0.4), at a round
// trip so long that the Reno-friendly region plays no part: within a segment and 2 % of the curve.
TEST(TcpCongestionTest, CubicFollowsItsCurve) {
  for (std::uint32_t max : {200u, 1000u, 5000u}) {
    TcpCubic cubic;
    cubic.on_round_trip(100ms);
    std::uint32_t window = cubic.threshold(max);
    std::int64_t inflection = 0;  // K in ms
    while (inflection * inflection * inflection < std::int64_t{max} * 3 * 250'000'000) ++inflection;
    Instant now{5'000'000'000};
    const Instant start = now;
    for (int round = 0; round < 200; ++round) {
      // A round trip's worth of acknowledgments, spread evenly.
      for (std::uint32_t i = 0; i < window; i += 2)
        window = cubic.grow(window, 2, now + 100ms * i / window);
      now = now + 100ms;
      const std::int64_t t = (now - start) / 1ms;
      const std::int64_t distance = t - inflection;
      const std::int64_t curve = max + distance * distance * distance * 4 / 10 / 1'000'000'000;
      if (curve > 2 * std::int64_t{max}) break;
      // The window is that of a round trip later (target W(t + RTT)), and follows with a lag.
      EXPECT_NEAR(static_cast<double>(window), static_cast<double>(curve), 2 + 0.03 * max)
          << max << " after " << t << " ms";
    }
    EXPECT_GT(window, max);
  }
}

// RFC 9438 section 4.7: a second loss below the old maximum leaves room for others.
TEST(TcpCongestionTest, CubicConvergesFast) {
  TcpCubic cubic;
  cubic.on_round_trip(100ms);
  EXPECT_EQ(cubic.threshold(1000), 700u);
  EXPECT_EQ(cubic.threshold(800), 560u);
  // Its plateau is at 0.85 * 800 = 680, not at 800.
  std::uint32_t window = 560;
  Instant now{0};
  std::uint32_t slowest = 1000;
  std::uint32_t plateau = 0;
  for (int round = 0; round < 100; ++round) {
    const std::uint32_t before = window;
    for (std::uint32_t i = 0; i < before; i += 2) window = cubic.grow(window, 2, now);
    now = now + 100ms;
    if (window - before < slowest) {
      slowest = window - before;
      plateau = window;
    }
  }
  EXPECT_NEAR(plateau, 680, 25);
}

// RFC 6298 section 5 and RFC 5681 equation 4: the first timeout halves, the window is one segment;
// slow start leads back to the threshold.
TEST(TcpCongestionTest, ATimeoutStartsAnew) {
  TcpScript script;
  script.sack = false;
  script.play("connect\n skip\n +100ms < S. 0 ack 1 nosack\n skip\n events connected");
  script.play(R"(
    send 29200
    sent 10
    +300ms > . 1 ack 1 len 1460
    cwnd 1
    ssthresh 5
    +600ms > . 1 ack 1 len 1460      # a second one for the same segment halves nothing
    cwnd 1
    ssthresh 5
    +100ms < . 1 ack 1461
    cwnd 2
    > . 1461 ack 1 len 1460
    > . 2921 ack 1 len 1460
    +100ms < . 1 ack 4381
    cwnd 4
    sent 4
    +100ms < . 1 ack 10221
    cwnd 5
    skip
  )");
}

// RFC 6937: during recovery as many segments leave as half of what arrives (Reno's beta), and the
// window ends at the threshold.
TEST(TcpCongestionTest, ReducesTheRateInProportion) {
  TcpScript script;
  script.window = 65'535;
  script.window_scale = 7;
  script.play(TcpScript::kOpen);
  grow(script, 40);
  const auto out = static_cast<std::uint32_t>(script.sent.size());
  ASSERT_GE(out, 40u);
  const Sequence base = script.sent.front().sequence - script.ours;
  script.sent.clear();
  script.advance(100ms);
  // The first segment is lost; every other one is reported by itself.
  for (std::uint32_t i = 1; i < out; ++i) {
    script.inject_sack(base, {{base + 1460, base + 1460 * (i + 1)}});
  }
  const auto resent = script.connection.segments_resent();
  EXPECT_EQ(resent, 1u);
  EXPECT_NEAR(static_cast<double>(script.sent.size()), out / 2.0, 2.0);
  EXPECT_EQ(script.connection.slow_start_threshold(), out / 2);
  const Sequence end = script.sent.back().end() - script.ours;
  script.sent.clear();
  script.advance(100ms);
  script.inject(".", 1, end);
  EXPECT_EQ(script.connection.congestion_window(), out / 2 + 1)
      << "the threshold, and what congestion avoidance makes of this acknowledgment";
  script.sent.clear();
}

// RFC 6675 section 5 (and RFC 6582 section 3.2): however many of one flight are lost, the window is
// reduced once.
TEST(TcpCongestionTest, ReducesOncePerFlight) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 14600
    sent 10
    +100ms < . 1 ack 1 sack 1461-2921 sack 4381-5841 sack 7301-8761
    > . 1 ack 1 len 1460
    ssthresh 5
    < . 1 ack 1 sack 1461-2921 sack 4381-5841 sack 7301-14601
    skip
    ssthresh 5
    +100ms < . 1 ack 14601
    skip
    cwnd 5
    ssthresh 5
  )");
}

// RFC 5681 section 4.1: after an idle time longer than RTO the window falls back, by half for each
// RTO as Linux counts it (RFC 2861), but not below the initial one; the threshold remembers.
TEST(TcpCongestionTest, StartsSlowlyAfterIdle) {
  const struct {
    Duration idle;
    std::uint32_t divisor;  // of the window; RTO is 300 ms
  } cases[] = {{299ms, 1}, {301ms, 2}, {599ms, 2}, {601ms, 4}, {899ms, 4}, {60s, 1000}};
  for (const auto& [idle, divisor] : cases) {
    SCOPED_TRACE(idle.count());
    TcpScript script;
    script.window = 65'535;
    script.window_scale = 7;
    script.play(TcpScript::kOpen);
    script.send(std::string(1460 * 70, 'x'));
    for (int round = 0; round < 3; ++round) {
      const Sequence end = script.sent.back().end() - script.ours;
      script.sent.clear();
      script.advance(100ms);
      script.inject(".", 1, end);
    }
    ASSERT_EQ(script.connection.queued(), 0u);
    const std::uint32_t before = script.connection.congestion_window();
    ASSERT_GE(before, 40u);
    script.sent.clear();
    // The last octets went out a round trip ago.
    script.advance(idle - 100ms);
    script.send(std::string(1460 * 200, 'x'));
    EXPECT_EQ(script.connection.congestion_window(), std::max(before / divisor, 10u));
    EXPECT_EQ(script.connection.slow_start_threshold(), 0x7fffffffu);
    script.sent.clear();
  }
}

// RFC 7661 section 4.3, as Linux does it: a dialogue that never fills its window does not let it
// grow.
TEST(TcpCongestionTest, AnUnusedWindowDoesNotGrow) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  for (int turn = 0; turn < 50; ++turn) {
    script.play("send 100\n skip\n +100ms < . 1 ack " + std::to_string(1 + 100 * (turn + 1)));
  }
  script.play("cwnd 10");
}

// In slow start it may grow to twice what was used (Linux: tcp_is_cwnd_limited).
TEST(TcpCongestionTest, SlowStartGrowsToTwiceWhatIsUsed) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  Sequence acknowledged = 1;
  for (int turn = 0; turn < 50; ++turn) {
    acknowledged += 1460 * 8;
    script.play("send 11680\n sent 8\n +100ms < . 1 ack " + std::to_string(acknowledged));
  }
  // The last round that may still grow it begins below 16.
  EXPECT_GE(script.connection.congestion_window(), 16u);
  EXPECT_LE(script.connection.congestion_window(), 23u);
}

// RFC 5681 section 3.2 step 2: limited transmit is not needed with SACK; nothing new leaves for the
// first duplicates while the window is full, but what a report took out of the network is room.
TEST(TcpCongestionTest, AReportMakesRoom) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 29200
    sent 10
    +100ms < . 1 ack 1 sack 1461-2921
    > . 14601 ack 1 len 1460
    < . 1 ack 1 sack 1461-4381
    > . 16061 ack 1 len 1460
    cwnd 10
  )");
}

// RFC 9293 section 3.8.6.3 and RFC 5681 section 4.2: at once in the beginning (Linux's quick ACKs),
// then every second full segment at once, and anything else after 40 ms, unless octets take it
// along.
TEST(TcpCongestionTest, AcknowledgesInTime) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 1 ack 1 "220 ready"
    > . 1 ack 10
    send "EHLO"
    > P. 1 ack 10 len 4
    +100ms < P. 10 ack 5 "250 ok"
    +40ms > . 5 ack 16
    < . 16 ack 5 len 1460
    wait 39ms
    < . 1476 ack 5 len 1460
    > . 5 ack 2936
    < . 2936 ack 5 len 1460
    < P. 4396 ack 5 len 1
    > . 5 ack 4397
    < P. 4397 ack 5 "x"
    +10ms send "MAIL"
    > P. 5 ack 4398 len 4          # it rides on the octets
    wait 200ms
  )");
}

// As many as sixteen at once in the beginning, as Linux has it; the next waits.
TEST(TcpCongestionTest, HurriesSixteenTimes) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  for (int i = 1; i <= 16; ++i) {
    script.play("< P. " + std::to_string(i) + " ack 1 \"x\"\n > . 1 ack " + std::to_string(i + 1));
  }
  script.play("< P. 17 ack 1 \"x\"\n +40ms > . 1 ack 18");
}

// RFC 5681 section 4.2: out of order, filling a hole in part, filling it whole: each at once.
TEST(TcpCongestionTest, AcknowledgesDisorderAtOnce) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 1 ack 1 "220"
    > . 1 ack 4
    send "EHLO"
    > P. 1 ack 4 len 4
    < P. 6 ack 5 "c"
    > . 5 ack 4 sack 6-7
    < P. 4 ack 5 "a"
    > . 5 ack 5 sack 6-7
    < P. 5 ack 5 "b"
    > . 5 ack 7
    < P. 5 ack 5 "b"
    > . 5 ack 7 sack 5-6
  )");
}

// A retransmission keeps what it was, also when more has been handed over since: PSH marks the end
// of what was written first (RFC 9293 section 3.9.1.2).
TEST(TcpCongestionTest, ARetransmissionKeepsItsPush) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send "first"
    > P. 1 ack 1 len 5
    +100ms send "second"
    > P. 6 ack 1 len 6
    +200ms > P. 6 ack 1 len 6
    +300ms > P. 1 ack 1 len 5
  )");
}

}  // namespace
}  // namespace mailcosm::sim
