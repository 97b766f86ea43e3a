#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kMss = 1460;

std::string segments(std::size_t count) { return std::string(count * kMss, 'x'); }
Sequence nth(std::uint32_t n) { return 1 + n * kMss; }

// RFC 6675 section 5, RFC 8985 section 6.2: three segments that arrived later show the loss.
TEST(TcpRecoveryTest, RepairsALossAfterThreeSackedSegments) {
  TcpScript script;
  script.establish();
  script.send(segments(10));
  script.take_sent();
  script.advance(100ms);
  script.inject_sack(1, {{nth(1), nth(2)}});
  EXPECT_EQ(script.take_sent(), "");
  script.inject_sack(1, {{nth(1), nth(3)}});
  EXPECT_EQ(script.take_sent(), "");
  script.inject_sack(1, {{nth(1), nth(4)}});
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 1460");
  // RFC 5681 equation 4: half of what was in flight.
  EXPECT_EQ(script.connection.slow_start_threshold(), 5u);
  script.inject_sack(1, {{nth(1), nth(10)}});
  EXPECT_EQ(script.take_sent(), "");
  script.advance(100ms);
  script.inject(".", 1, nth(10));
  EXPECT_EQ(script.connection.congestion_window(), 5u);
  EXPECT_EQ(script.connection.segments_resent(), 1u);
}

// RFC 5681 section 3.2 and RFC 6582: the same with a peer without SACK.
TEST(TcpRecoveryTest, RepairsLossesWithoutSack) {
  TcpScript script;
  script.sack = false;
  script.establish();
  script.send(segments(10));
  script.take_sent();
  script.advance(100ms);
  script.inject(".", 1, 1);
  script.inject(".", 1, 1);
  EXPECT_EQ(script.take_sent(), "");
  script.inject(".", 1, 1);
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 1460");
  for (int i = 0; i < 5; ++i) script.inject(".", 1, 1);
  script.take_sent();
  script.advance(100ms);
  script.inject(".", 1, nth(4));  // partial: the fifth was lost too
  EXPECT_EQ(script.take_sent().substr(0, 20), ". 5841 ack 1 len 146");
  script.advance(100ms);
  script.inject(".", 1, nth(10));
  EXPECT_EQ(script.connection.scoreboard().size(), 0u);
  EXPECT_EQ(script.connection.segments_resent(), 2u);
}

// RFC 8985 section 6.2 step 5: a retransmission that is lost again is seen by time.
TEST(TcpRecoveryTest, RepairsALostRetransmission) {
  TcpScript script;
  script.establish();
  script.send(segments(30));
  script.take_sent();
  script.advance(100ms);
  script.inject_sack(1, {{nth(1), nth(10)}});
  EXPECT_EQ(script.take_sent().substr(0, 9), ". 1 ack 1");
  script.advance(100ms);
  EXPECT_EQ(script.take_sent(), "");
  // What was sent after the retransmission has arrived, and the retransmission has not.
  script.inject_sack(1, {{nth(1), nth(11)}});
  EXPECT_EQ(script.take_sent().substr(0, 9), ". 1 ack 1");
  EXPECT_EQ(script.connection.segments_resent(), 2u);
}

// RFC 8985 section 6.2.1: reordering by less than a quarter of the round trip is no loss once it
// has been seen.
TEST(TcpRecoveryTest, ToleratesReorderingOnceSeen) {
  TcpScript script;
  script.establish();
  script.send(segments(10));
  script.take_sent();
  script.advance(100ms);
  script.inject_sack(1, {{nth(2), nth(3)}});
  script.inject_sack(1, {{nth(1), nth(3)}});  // an older one comes later, first transmission
  script.inject_sack(1, {{nth(1), nth(7)}});
  EXPECT_EQ(script.take_sent(), "") << "six segments after it, and yet there is time";
  script.advance(24ms);
  EXPECT_EQ(script.take_sent(), "");
  script.advance(4ms);
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 1460") << "the reordering timer";
}

// RFC 8985 section 7.2: two round trips without an answer are probed with the last segment.
TEST(TcpRecoveryTest, ProbesATailLoss) {
  TcpScript script;
  script.establish();
  script.send(segments(3));
  script.take_sent();
  script.advance(201ms);
  EXPECT_EQ(script.take_sent(), "");
  script.advance(1ms);
  EXPECT_EQ(script.take_sent(), "P. 2921 ack 1 len 1460");
  script.advance(100ms);
  script.inject_sack(1, {{nth(2), nth(3)}});
  // All that was sent long before it is lost; how fast it is repaired is decided by PRR.
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 1460");
  script.advance(100ms);
  script.inject_sack(nth(1), {{nth(2), nth(3)}});
  EXPECT_EQ(script.take_sent(), ". 1461 ack 1 len 1460");
}

// RFC 8985 section 7.4: a probe that repaired the loss by itself still counts as congestion.
TEST(TcpRecoveryTest, AProbeThatRepairsALossReducesTheWindow) {
  for (bool duplicate : {false, true}) {
    TcpScript script;
    script.establish();
    script.send(segments(4));
    script.take_sent();
    script.advance(100ms);
    script.inject(".", 1, nth(3));
    script.advance(302ms);
    EXPECT_EQ(script.take_sent(), "P. 4381 ack 1 len 1460");
    script.advance(100ms);
    if (duplicate) {
      script.inject_sack(nth(4), {{nth(3), nth(4)}});
    } else {
      script.inject(".", 1, nth(4));
    }
    const std::uint32_t before = script.connection.congestion_window();
    script.send(segments(1));
    script.advance(100ms);
    script.inject(".", 1, nth(5));
    if (duplicate) {
      EXPECT_GE(script.connection.congestion_window(), before)
          << "the receiver saw it twice: nothing was lost";
    } else {
      EXPECT_LT(script.connection.congestion_window(), before);
    }
  }
}

// RFC 6298 section 5: the timer backs off, and the window is one segment.
TEST(TcpRecoveryTest, BacksOffWhenNothingIsAnswered) {
  TcpScript script;
  script.establish();
  script.send(segments(1));
  script.take_sent();
  const Instant start = script.now;
  std::vector<std::int64_t> times;
  while (times.size() < 5) {
    script.advance(script.connection.deadline() - script.now);
    if (!script.take_sent().empty()) times.push_back((script.now - start) / 1ms);
  }
  // SRTT 100 ms and the largest of 200 ms: a probe in place of the first timeout, then 300, 600,
  // 1200 ms.
  EXPECT_EQ(times, (std::vector<std::int64_t>{300, 600, 1200, 2400, 4800}));
  EXPECT_EQ(script.connection.congestion_window(), 1u);
  script.inject(".", 1, nth(1));
  EXPECT_EQ(script.connection.queued(), 0u);
}

// RFC 9293 section 3.8.3: data that nobody acknowledges end the connection.
TEST(TcpRecoveryTest, GivesUpAfterTheUserTimeout) {
  TcpScript script;
  script.establish();
  script.send("lost");
  script.advance(923s);
  EXPECT_EQ(script.take_events(), "");
  script.advance(130s);
  EXPECT_EQ(script.take_events(), "closed:connection timed out ");
  EXPECT_TRUE(script.connection.deadline().is_never());
}

// RFC 2018 section 8: a receiver may throw away what it had reported.
TEST(TcpRecoveryTest, SurvivesAReceiverThatForgets) {
  TcpScript script;
  script.establish();
  script.send(segments(4));
  script.take_sent();
  script.advance(100ms);
  script.inject_sack(1, {{nth(1), nth(4)}});
  EXPECT_EQ(script.take_sent(), ". 1 ack 1 len 1460");
  script.advance(100ms);
  script.inject(".", 1, nth(1));  // the retransmission has arrived, and the rest is gone
  std::uint32_t rounds = 0;
  while (script.connection.queued() != 0 && ++rounds < 50) {
    script.advance(script.connection.deadline() - script.now);
    if (script.sent.empty()) continue;
    const Sequence end = script.sent.front().end() - TcpScript::kOurs;
    script.sent.clear();
    script.inject(".", 1, end);
  }
  EXPECT_EQ(script.connection.queued(), 0u);
}

TEST(TcpRtoTest, FollowsTheRoundTripWithAFloor) {
  TcpSettings settings;
  TcpRto rto(settings);
  // RFC 6298 section 2.1.
  EXPECT_EQ(rto.timeout(), 1s);
  rto.sample(100ms, 1, 2);
  // RFC 6298 section 2.2: SRTT + 4 RTTVAR, RTTVAR being half of the first sample.
  EXPECT_EQ(rto.timeout(), 300ms);
  for (Sequence i = 2; i < 100; ++i) rto.sample(100ms, i, i);
  EXPECT_EQ(rto.smoothed(), 100ms);
  EXPECT_EQ(rto.timeout(), 300ms) << "the variance never falls below 200 ms";
  rto.back_off();
  rto.back_off();
  EXPECT_EQ(rto.timeout(), 1200ms);
  for (int i = 0; i < 20; ++i) rto.back_off();
  EXPECT_EQ(rto.timeout(), 120s);
  rto.end_backoff();
  rto.sample(2s, 100, 101);
  EXPECT_GT(rto.timeout(), 1500ms);
}

// RFC 6937 section 3.
TEST(TcpPrrTest, ShrinksEvenlyAndRefillsByPacketConservation) {
  TcpPrr prr;
  prr.begin(20);
  EXPECT_EQ(prr.window_after(16, 10, 1, false), 17u) << "the first retransmission always leaves";
  prr.on_sent();
  std::uint32_t in_flight = 17;
  std::uint32_t sent = 1;
  for (int ack = 0; ack < 10; ++ack) {
    --in_flight;
    const std::uint32_t window = prr.window_after(in_flight, 10, 1, false);
    while (in_flight < window) {
      ++in_flight;
      ++sent;
      prr.on_sent();
    }
  }
  EXPECT_EQ(sent, 6u) << "half as many as were delivered";
  // Far below the threshold: not more than was delivered, or one more with progress.
  TcpPrr low;
  low.begin(20);
  EXPECT_EQ(low.window_after(2, 10, 2, false), 4u);
  low.on_sent();
  low.on_sent();
  EXPECT_EQ(low.window_after(4, 10, 1, true), 6u);
}

// RFC 9438 section 4.6: beta is 0.7; section 4.2: the curve returns to W_max after K = cbrt(W_max *
// 0.3 / 0.4).
TEST(TcpCubicTest, ReturnsToItsOldWindowInTime) {
  TcpCubic cubic;
  cubic.on_round_trip(50ms);
  const std::uint32_t max = 1000;
  std::uint32_t window = cubic.threshold(max);
  EXPECT_EQ(window, 700u);
  Instant now{0};
  Instant reached = Instant::never();
  for (int round = 0; round < 400; ++round) {
    window = cubic.grow(window, window, now);
    now = now + 50ms;
    if (window >= max - 5 && reached.is_never()) reached = now;
  }
  // K is cbrt(750) = 9.09 s; five segments below W_max it is at 6.8 s.
  EXPECT_GT(reached - Instant{0}, Duration(6500ms));
  EXPECT_LT(reached - Instant{0}, Duration(9500ms));
  EXPECT_GT(window, max) << "beyond it probes for more";
  // RFC 9438 section 4.7: fast convergence.
  TcpCubic yielding;
  (void)yielding.threshold(1000);
  EXPECT_EQ(yielding.threshold(800), 560u);
}

// RFC 9438 section 4.3: on a short path it is never slower than Reno.
TEST(TcpCubicTest, IsAsFastAsRenoOnAShortPath) {
  TcpCubic cubic;
  cubic.on_round_trip(2ms);
  std::uint32_t window = cubic.threshold(20);
  const std::uint32_t start = window;
  Instant now{0};
  int rounds = 0;
  for (; window < 20; ++rounds) {
    window = cubic.grow(window, window, now);
    now = now + 2ms;
  }
  // The curve is looked at every 32 ms only, which are 16 rounds here.
  EXPECT_LE(rounds, static_cast<int>((20 - start) * 17 / 9 + 16));
}

}  // namespace
}  // namespace mailcosm::sim
