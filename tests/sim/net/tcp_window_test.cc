// Windows: zero windows and probes, updates, a window that shrinks, silly windows, Nagle's rule
// (RFC 9293 sections 3.7.4 and 3.8.6; RFC 1122 section 4.2.3.4).
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

// RFC 9293 section 3.8.6.1: the first probe after one timeout, then ever more seldom, for as long
// as the peer answers; at most every RTO_MAX. The probe carries one octet beyond the window, as the
// section says (Linux sends an old number without octets).
TEST(TcpWindowTest, ProbesAZeroWindowEverMoreSeldom) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < . 1 ack 1 win 0
    send "0123456789"
    +300ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +600ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +1200ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +2400ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +4800ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +9600ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +19200ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +38400ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +76800ms > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +120s > . 1 ack 1 len 1
    < . 1 ack 1 win 0
    +120s > . 1 ack 1 len 1
    < . 1 ack 2 win 0          # it has room for the octet of the probe, and no more
    events (none)
    queued 9
  )");
}

// RFC 9293 section 3.8.6.1: a peer that answers probes is never given up; one that does not is,
// after R2.
TEST(TcpWindowTest, GivesUpAPeerThatIsSilentOnly) {
  TcpScript alive;
  alive.play(TcpScript::kOpen);
  alive.play("< . 1 ack 1 win 0\n send \"x\"");
  for (int i = 0; i < 100; ++i) {
    while (alive.sent.empty()) alive.advance(alive.connection.deadline() - alive.now);
    alive.play("skip\n < . 1 ack 1 win 0\n skip");
  }
  alive.play("state ESTABLISHED\n events (none)");
  TcpScript silent;
  silent.play(TcpScript::kOpen);
  silent.play("< . 1 ack 1 win 0\n send \"x\"");
  silent.advance(std::chrono::seconds(924 + 120));
  silent.play("skip\n state CLOSED\n events closed:connection timed out");
}

// The window opens, the octet of the probe was not taken: everything goes at once, nothing waits
// for the timer, with SACK or without.
TEST(TcpWindowTest, GoesOnAtOnceWhenTheWindowOpens) {
  for (const char* sack : {"sackok", "nosack"}) {
    SCOPED_TRACE(sack);
    TcpScript script;
    script.play(std::string("connect\n skip\n +100ms < S. 0 ack 1 ") + sack + "\n skip");
    script.play(R"(
      < . 1 ack 1 win 0
      send "0123456789"
      +300ms > . 1 ack 1 len 1
      +50ms < . 1 ack 1 win 0
      +550ms > . 1 ack 1 len 1
      +50ms < . 1 ack 1 win 0
      +1s < . 1 ack 1 win 1000
      > . 1 ack 1 len 1
      > P. 2 ack 1 len 9
      +100ms < . 1 ack 11
      queued 0
    )");
    EXPECT_TRUE(script.connection.deadline().is_never());
  }
}

// An update alone lets octets go that have waited, before any probe.
TEST(TcpWindowTest, AnUpdateLetsOctetsGo) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < . 1 ack 1 win 0
    send 3000
    wait 200ms
    < . 1 ack 1 win 3000
    > . 1 ack 1 len 1460
    > . 1461 ack 1 len 1460
    > P. 2921 ack 1 len 80
    < . 1 ack 3001 win 0
    send "more"
    wait 250ms
    < . 1 ack 3001 win 4
    > P. 3001 ack 1 len 4
  )");
}

// RFC 9293 section 3.10.7.4, fifth check: an old segment brings no window back (SND.WL1, SND.WL2).
TEST(TcpWindowTest, AnOldSegmentUpdatesNothing) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 1 ack 1 "abc" win 0
    > . 1 ack 4
    send "x"
    < . 1 ack 1 win 60000
    skip
    wait 200ms
    < . 4 ack 1 win 10
    > P. 1 ack 4 len 1
  )");
}

// RFC 9293 section 3.8.6 (SHLD-14, MUST-34): a window that shrinks is survived: what is out stays
// out and may be acknowledged; nothing new goes beyond the new edge.
TEST(TcpWindowTest, SurvivesAWindowThatShrinks) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 14600
    sent 10
    +100ms < . 1 ack 1461 win 2000
    send 1460
    < . 1 ack 14601 win 1460
    > P. 14601 ack 1 len 1460
  )");
}

// RFC 9293 section 3.8.6.2.1, the sender's side: a part is worth sending if it is half of the
// largest window ever seen, or everything there is; else the timer of the persist state decides.
TEST(TcpWindowTest, SendsNoSillySegments) {
  const struct {
    int room;
    bool sends;
  } cases[] = {{999, false}, {1000, true}, {1001, true}, {1460, true}};
  for (const auto& [room, sends] : cases) {
    SCOPED_TRACE(room);
    TcpScript script;
    script.window = 2000;
    script.play(TcpScript::kOpen);
    script.play("< . 1 ack 1 win " + std::to_string(room) + "\n send 5000");
    if (sends) {
      script.play("> . 1 ack 1 len " + std::to_string(room));
    } else {
      script.play("+300ms > . 1 ack 1 len 999");
    }
  }
}

// The receiver's side: our window is never silly, as agents take their octets at once: what is told
// never falls below what was told (RFC 9293 section 3.8.6, SHLD-14).
TEST(TcpWindowTest, OurOwnWindowNeverMovesBack) {
  for (std::uint8_t scale : {std::uint8_t{0}, std::uint8_t{7}, std::uint8_t{14}}) {
    TcpSettings settings = TcpScript::plain_settings();
    settings.window_scale = scale;
    TcpScript script(settings);
    script.play("connect\n skip\n < S. 0 ack 1 wscale 0\n skip");
    std::uint32_t edge = 0;
    Sequence sequence = 1;
    for (int i = 0; i < 2000; ++i) {
      script.inject("P.", sequence, 1,
                    std::string(static_cast<std::size_t>(1 + i * 7 % 1460), 'x'));
      sequence += static_cast<Sequence>(1 + i * 7 % 1460);
      for (const TcpSegment& made : script.sent) {
        const std::uint32_t told =
            made.acknowledgment - script.theirs + (std::uint32_t{made.window} << scale);
        // Rounded down to what the shift can tell.
        EXPECT_GE(told + (1u << scale), edge);
        edge = std::max(edge, told);
      }
      script.sent.clear();
      script.advance(std::chrono::milliseconds(1));
      script.sent.clear();
    }
    EXPECT_EQ(script.received.size(), sequence - 1);
  }
}

// RFC 9293 section 3.10.7.4, first check, the right edge: one octet before it is taken, what
// reaches over it is cut, the next is refused.
TEST(TcpWindowTest, TakesOctetsUpToItsEdge) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 64240 ack 1 "x"
    > . 1 ack 1 sack 64240-64241
    < P. 64239 ack 1 "abc"
    > . 1 ack 1 sack 64239-64241
    < P. 64241 ack 1 "y"
    > . 1 ack 1 sack 64239-64241
    +1s < P. 64238 ack 1 "0123456789"
    > . 1 ack 1 sack 64238-64241
  )");
  EXPECT_EQ(script.received, "");
}

// A sender that is bound by the peer's window keeps it full, and its congestion window stays (RFC
// 7661, as Linux counts it).
TEST(TcpWindowTest, KeepsAReceiversWindowFull) {
  TcpScript script;
  script.window = 4380;
  script.play(TcpScript::kOpen);
  script.play("send 43800\n sent 3");
  for (int i = 1; i < 28; ++i) {
    script.play("+10ms < . 1 ack " + std::to_string(1 + 1460 * i));
    ASSERT_EQ(script.sent.size(), 1u) << i;
    script.sent.clear();
  }
  script.play("cwnd 10");
}

// The window stays ahead of the sender's slow start, two segments for each that comes, up to its
// maximum, and up to what the shift can tell.
TEST(TcpWindowTest, OurOwnWindowGrowsToItsMaximum) {
  const struct {
    std::uint8_t scale;
    std::uint32_t maximum;
    std::uint32_t reached;
  } cases[] = {{7, 100'000, 100'000}, {7, 3'145'728, 3'145'728}, {2, 3'145'728, 0xffff << 2}};
  for (const auto& it : cases) {
    TcpSettings settings = TcpScript::plain_settings();
    settings.window_scale = it.scale;
    settings.receive_window_max = it.maximum;
    TcpScript script(settings);
    script.play("connect\n skip\n < S. 0 ack 1 wscale 0\n skip");
    Sequence sequence = 1;
    std::uint32_t told = 64'240;
    for (int i = 0; i < 1200; ++i) {
      script.inject(".", sequence, 1, std::string(1460, 'x'));
      sequence += 1460;
      script.advance(std::chrono::milliseconds(40));
      ASSERT_FALSE(script.sent.empty());
      const std::uint32_t now = std::uint32_t{script.sent.back().window} << it.scale;
      script.sent.clear();
      EXPECT_GE(now + (1u << it.scale), told);
      EXPECT_LE(now, told + 2 * 1460 + (1u << it.scale));
      told = now;
    }
    EXPECT_LE(told, it.reached);
    EXPECT_GT(told + (1u << it.scale), it.reached);
  }
}

// RFC 9293 section 3.7.4: with Nagle's rule a small segment waits while another small one is out; a
// full one never waits (Minshall's variant, as in Linux), nor the last before a FIN.
TEST(TcpWindowTest, NagleHoldsSmallSegments) {
  TcpSettings settings = TcpScript::plain_settings();
  settings.nagle = true;
  TcpScript script(settings);
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 1460
    > P. 1 ack 1 len 1460
    send 100                     # only a full one is out
    > P. 1461 ack 1 len 100
    send 50
    send 50
    +100ms < . 1 ack 1461
    < . 1 ack 1561
    > P. 1561 ack 1 len 100
    send 1500
    > . 1661 ack 1 len 1460
    +100ms < . 1 ack 1661
    > P. 3121 ack 1 len 40
    send "bye"
    close
    > FP. 3161 ack 1 len 3
  )");
}

// Off, as mail servers set it (TCP_NODELAY): every write leaves at once.
TEST(TcpWindowTest, NothingIsHeldWithoutNagle) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play("send \"a\"\n > P. 1 ack 1 len 1\n send \"b\"\n > P. 2 ack 1 len 1");
}

}  // namespace
}  // namespace mailcosm::sim
