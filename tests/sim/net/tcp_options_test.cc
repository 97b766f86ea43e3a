// What a SYN carries: MSS, window scale, SACK permitted, timestamps, the bits of ECN. Segments are
// structured data here; options that do not parse cannot come about.
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

TcpSettings with_timestamps() {
  TcpSettings settings = TcpScript::plain_settings();
  settings.timestamps = true;
  return settings;
}

TEST(TcpOptionsTest, ASynOffersAllOfThem) {
  TcpScript script(with_timestamps());
  script.play(R"(
    connect
    > S 0 win 64240 mss 1460 wscale 7 sackok ts 1000 0
    +1s > S 0 win 64240 mss 1460 wscale 7 sackok ts 2000 0
  )");
}

// RFC 7323 section 2.2, RFC 7323 section 3.2, RFC 2018 section 2: an answer has only what the SYN
// has offered.
TEST(TcpOptionsTest, ASynAckAnswersWhatWasOffered) {
  TcpScript all(with_timestamps());
  all.play("accept ts 77 0 wscale 3\n > S. 0 ack 1 win 64240 mss 1460 wscale 7 sackok ts 1000 77");
  TcpScript nothing(with_timestamps());
  nothing.play("accept wscale - nosack\n > S. 0 ack 1 win 64240 mss 1460 wscale - nosack nots");
  TcpScript scale(with_timestamps());
  scale.play("accept wscale 0 nosack\n > S. 0 ack 1 mss 1460 wscale 7 nosack nots");
  TcpSettings plain = TcpScript::plain_settings();
  plain.sack = false;
  TcpScript refuses(plain);
  refuses.play("accept ts 77 0 sackok wscale 3\n > S. 0 ack 1 mss 1460 wscale 7 nosack nots");
}

// RFC 9293 section 3.7.1, MUST-15: 536 octets over IPv4 and 1220 over IPv6 without the option.
TEST(TcpOptionsTest, AssumesTheDefaultMssOfItsFamily) {
  TcpScript script;
  script.play("connect\n skip\n < S. 0 ack 1 mss 0\n skip\n send 1000");
  script.play("> . 1 ack 1 len 536\n > P. 537 ack 1 len 464");
  TcpSettings settings = TcpScript::plain_settings();
  BlockPool pool;
  TcpConnection over_ipv6(settings, pool,
                          {0, 1440, 0, ConnectionId::of(0, 1), TcpConnection::kMssDefaultIpv6});
  TcpSegment syn;
  syn.flags = tcp_flag::kSyn;
  syn.window = 60'000;
  over_ipv6.accept(syn, Instant{1});
  over_ipv6.send(std::string(3000, 'x'), {}, Instant{1});
  TcpSegment made;
  ASSERT_TRUE(over_ipv6.transmit(made, Instant{1}));
  TcpSegment ack;
  ack.flags = tcp_flag::kAck;
  ack.sequence = 1;
  ack.acknowledgment = 1;
  ack.window = 60'000;
  over_ipv6.receive(ack, Instant{2});
  ASSERT_TRUE(over_ipv6.transmit(made, Instant{2}));
  EXPECT_EQ(made.payload.size(), 1220u);
}

// RFC 9293 section 3.7.1: the smaller of what the peer takes and what fits our own packets; what is
// absurdly small is taken for 64.
TEST(TcpOptionsTest, SendsWhatThePeerTakes) {
  const struct {
    const char* mss;
    int size;
  } cases[] = {{"1", 64},      {"63", 64},     {"64", 64},     {"65", 65},     {"536", 536},
               {"1459", 1459}, {"1460", 1460}, {"1461", 1460}, {"65535", 1460}};
  for (const auto& [mss, size] : cases) {
    SCOPED_TRACE(mss);
    TcpScript script;
    script.play(std::string("connect\n skip\n < S. 0 ack 1 mss ") + mss + "\n skip\n send 3000");
    script.play("> . 1 ack 1 len " + std::to_string(size) + "\n skip");
  }
}

// RFC 6691 section 2: the option speaks of segments without options; timestamps make them smaller.
TEST(TcpOptionsTest, TimestampsTakeTheirPlaceFromTheMss) {
  TcpScript script(with_timestamps());
  script.play(R"(
    connect
    > S 0
    < S. 0 ack 1 mss 100 ts 5 1000
    > . 1 ack 1 ts 1000 5
    send 89
    > . 1 ack 1 len 88 ts 1000 5
    > P. 89 ack 1 len 1 ts 1000 5
  )");
}

// RFC 7323 section 2.3: 0 to 14; what is larger is taken for 14.
TEST(TcpOptionsTest, ScalesThePeersWindow) {
  for (int scale = 0; scale <= 16; ++scale) {
    SCOPED_TRACE(scale);
    const int octets = 1 << std::min(scale, 14);
    TcpScript script;
    script.play("connect\n skip\n < S. 0 ack 1 win 1 wscale " + std::to_string(scale) +
                "\n skip\n < . 1 ack 1 win 1\n send 20000");
    std::uint32_t sent = 0;
    for (const TcpSegment& made : script.sent) sent += made.payload.size();
    // Ten segments are the initial congestion window.
    const int expected = octets <= 14'600 ? octets : 14'600;
    EXPECT_LE(static_cast<int>(sent), expected);
    EXPECT_GT(static_cast<int>(sent), expected - 1460);
    script.sent.clear();
  }
  TcpScript absurd;
  absurd.play(
      "connect\n skip\n < S. 0 ack 1 win 1 wscale 254\n skip\n < . 1 ack 1 win 1\n send 20000");
  EXPECT_EQ(absurd.sent.size(), 10u) << "16,384 octets";
  absurd.sent.clear();
}

// RFC 7323 section 2.2: our own shift, of each size that is allowed.
TEST(TcpOptionsTest, ScalesItsOwnWindow) {
  for (std::uint8_t scale = 0; scale <= 14; ++scale) {
    SCOPED_TRACE(scale);
    TcpSettings settings = TcpScript::plain_settings();
    settings.window_scale = scale;
    TcpScript script(settings);
    const std::string shift = std::to_string(scale);
    script.play("connect\n > S 0 win 64240 wscale " + shift +
                "\n < S. 0 ack 1 wscale 0\n > . 1 ack 1 win " + std::to_string(64'240 >> scale));
    TcpScript refused(settings);
    refused.play("connect\n > S 0 win 64240 wscale " + shift +
                 "\n < S. 0 ack 1 wscale -\n > . 1 ack 1 win 64240");
  }
}

// RFC 2018 section 2: no reports to a peer that does not know them; and none of its own are read.
TEST(TcpOptionsTest, UsesNoSackWithoutConsent) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    < S. 0 ack 1 nosack
    > . 1 ack 1
    < P. 11 ack 1 "later"
    > . 1 ack 1
    send 4380
    sent 3
    +100ms < . 1 ack 1 sack 1461-4381
    < . 1 ack 1 sack 1461-4381
  )");
  EXPECT_EQ(script.connection.scoreboard().sacked(), 2u) << "two duplicates and no report";
}

// RFC 7323 section 3.2: timestamps only if both offer them; a peer that leaves them out later is
// listened to all the same, as Linux does.
TEST(TcpOptionsTest, UsesTimestampsIfBothDo) {
  TcpScript without(with_timestamps());
  without.play("connect\n > S 0 ts 1000 0\n < S. 0 ack 1\n > . 1 ack 1 nots");
  TcpScript with(with_timestamps());
  with.play(R"(
    connect
    > S 0 ts 1000 0
    +100ms < S. 0 ack 1 ts 7 1000
    > . 1 ack 1 ts 1100 7
    < P. 1 ack 1 "no option"
    > . 1 ack 10 ts 1100 7
    read "no option"
    close
    > F. 1 ack 10 ts 1100 7
    abort
    > R. 2 ack 10 ts 1100 7
  )");
}

// RFC 3168 section 6.1.1: we speak no ECN: a SYN that asks for it gets an answer without, and no
// bit of it is ever set.
TEST(TcpOptionsTest, DoesNotSpeakEcn) {
  TcpScript passive;
  passive.play(R"(
    accept
    > S. 0 ack 1
    < SEW 0
    > S. 0 ack 1
    < E. 1 ack 1
    < PE. 1 ack 1 "marked"
    > . 1 ack 7
    send 3000
    > . 1 ack 7 len 1460
    > . 1461 ack 7 len 1460
    > P. 2921 ack 7 len 80
    < E. 7 ack 3001
    cwnd 10
  )");
  TcpScript active;
  active.play("connect\n > S 0\n < SE. 0 ack 1\n > . 1 ack 1\n state ESTABLISHED");
}

// A SYN with ECN bits opens as well as one without.
TEST(TcpOptionsTest, OpensToASynThatAsksForEcn) {
  TcpScript script;
  TcpSegment syn = script.segment("SEW", 0);
  script.connection.accept(syn, script.now);
  script.collect();
  script.play("> S. 0 ack 1\n < . 1 ack 1\n state ESTABLISHED");
}

}  // namespace
}  // namespace mailcosm::sim
