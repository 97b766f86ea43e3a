// Closing a connection, segment by segment (RFC 9293 section 3.6): losses and disorder on the way.
// See also tcp_close_test.cc and tcp_state_test.cc.
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

// RFC 9293 section 3.6, figure 12: the peer's ACK and FIN in one segment.
TEST(TcpClosingTest, GoesStraightToTimeWait) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    close
    > F. 1 ack 1
    +100ms < F. 1 ack 2
    > . 2 ack 2
    state TIME-WAIT
    events ended closed:closed
    wait 59s
    +1s state CLOSED
    events (none)
  )");
}

// RFC 9293 section 3.6: octets go on in one direction after FIN in the other.
TEST(TcpClosingTest, IsHalfClosed) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send "last"
    > P. 1 ack 1 len 4
    close
    > F. 5 ack 1
    +100ms < . 1 ack 6
    state FIN-WAIT-2
    < P. 1 ack 6 len 1460
    > . 6 ack 1461
    < P. 1461 ack 6 len 1460
    > . 6 ack 2921
    wait 1h
    < F. 2921 ack 6
    > . 6 ack 2922
    state TIME-WAIT
  )");
  EXPECT_EQ(script.received.size(), 2920u);
}

// RFC 6298 section 5: a FIN is repeated as any octet.
TEST(TcpClosingTest, RepeatsALostFin) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    close
    > F. 1 ack 1
    +300ms > F. 1 ack 1    # a tail loss probe, in place of the first timeout
    +300ms > F. 1 ack 1
    +600ms > F. 1 ack 1
    +1200ms > F. 1 ack 1
    < . 1 ack 2
    state FIN-WAIT-2
  )");
}

// Octets and FIN in one segment are repeated as one.
TEST(TcpClosingTest, RepeatsOctetsWithTheirFin) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    send "QUIT"
    close
    +100ms < S. 0 ack 1
    > FP. 1 ack 1 len 4
    state FIN-WAIT-1
    +300ms > FP. 1 ack 1 len 4
    < . 1 ack 5            # the octets, and not the FIN: it goes alone
    state FIN-WAIT-1
  )");
  script.play("+300ms > F. 5 ack 1\n < . 1 ack 6\n state FIN-WAIT-2");
}

// RFC 9293 section 3.6, figure 13: simultaneous close with both ACKs lost.
TEST(TcpClosingTest, ClosesAtTheSameTimeWithLosses) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    close
    > F. 1 ack 1
    +100ms < F. 1 ack 1
    > . 2 ack 2
    state CLOSING
    +200ms > F. 1 ack 2
    < F. 1 ack 1           # the peer has not got our ACK either
    > . 2 ack 2
    < . 2 ack 2
    state TIME-WAIT
    events ended closed:closed
  )");
}

// RFC 9293 section 3.10.7.4: a FIN before its octets waits for them.
TEST(TcpClosingTest, HoldsAFinThatIsEarly) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < F. 4 ack 1
    > . 1 ack 1 sack 4-5       # RFC 2018 section 4: a FIN has a number too
    state ESTABLISHED
    < P. 1 ack 1 "ab"
    > . 1 ack 3 sack 4-5
    events (none)
    < P. 3 ack 1 "c"
    > . 1 ack 5
    read "abc"
    state CLOSE-WAIT
    events ended
  )");
}

// A FIN that comes with its octets before others is reported as one with them, so that the sender
// does not take it for lost.
TEST(TcpClosingTest, ReportsAnEarlyFinWithItsOctets) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < FP. 7 ack 1 "ghi"
    > . 1 ack 1 sack 7-11
    < P. 4 ack 1 "def"
    > . 1 ack 1 sack 4-11
    < P. 1 ack 1 "abc"
    > . 1 ack 11
    read "abcdefghi"
    state CLOSE-WAIT
  )");
}

// The block of the FIN comes first when it is the FIN that has just come.
TEST(TcpClosingTest, ReportsAnEarlyFinFirstWhenItIsNew) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < P. 11 ack 1 "k"
    > . 1 ack 1 sack 11-12
    < F. 21 ack 1
    > . 1 ack 1 sack 21-22 sack 11-12
    < P. 15 ack 1 "o"
    > . 1 ack 1 sack 15-16 sack 11-12 sack 21-22
    < P. 17 ack 1 "q"
    > . 1 ack 1 sack 17-18 sack 15-16 sack 11-12 sack 21-22
    < P. 19 ack 1 "s"
    > . 1 ack 1 sack 19-20 sack 17-18 sack 15-16 sack 11-12
    < F. 21 ack 1
    > . 1 ack 1 sack 21-22 sack 19-20 sack 17-18 sack 15-16
  )");
}

// What comes behind a FIN is no part of the stream.
TEST(TcpClosingTest, TakesNothingBehindAFin) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < FP. 1 ack 1 "end"
    skip
    < P. 5 ack 1 "more"
    skip
    read "end"
    state CLOSE-WAIT
  )");
}

// RFC 9293 section 3.10.7.4: the last ACK is lost: the peer's FIN comes again, is acknowledged
// again, and the wait begins anew each time.
TEST(TcpClosingTest, AFinInTimeWaitRestartsIt) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    close
    > F. 1 ack 1
    < F. 1 ack 2
    > . 2 ack 2
    +59s < F. 1 ack 2
    > . 2 ack 2
    +59s < F. 1 ack 2
    > . 2 ack 2
    wait 59s
    state TIME-WAIT
    +1s state CLOSED
  )");
}

// RFC 9293 section 3.6.1: 2 MSL is what the settings say.
TEST(TcpClosingTest, WaitsTwiceTheLifetimeOfASegment) {
  TcpSettings settings = TcpScript::plain_settings();
  settings.time_wait = std::chrono::seconds(240);
  TcpScript script(settings);
  script.play(TcpScript::kOpen);
  script.play("close\n > F. 1 ack 1\n < F. 1 ack 2\n > . 2 ack 2\n wait 239s\n state TIME-WAIT");
  script.play("+1s state CLOSED");
}

// LAST-ACK: the peer's ACK is lost; the FIN is repeated until it comes.
TEST(TcpClosingTest, RepeatsItsFinInLastAck) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    < F. 1 ack 1
    +40ms > . 1 ack 2
    close
    > F. 1 ack 2
    state LAST-ACK
    +300ms > F. 1 ack 2
    +300ms > F. 1 ack 2
    +600ms > F. 1 ack 2
    < . 2 ack 2
    state CLOSED
    events ended closed:closed
  )");
}

// RFC 9293 section 3.8.3: a peer that never answers a FIN is given up.
TEST(TcpClosingTest, GivesUpAFinThatIsNeverAnswered) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play("close\n > F. 1 ack 1");
  script.advance(std::chrono::hours(1));
  script.play("skip\n state CLOSED\n events closed:connection timed out");
}

// RFC 9293 section 3.6.1: octets that nobody will read any more are answered with a RST.
TEST(TcpClosingTest, ResetsWhenOctetsComeForNobody) {
  TcpScript before_ack;
  before_ack.play(TcpScript::kOpen);
  before_ack.play(R"(
    close
    > F. 1 ack 1
    orphan
    < . 1 ack 1
    < P. 1 ack 1 "reply"
    > R 1
    state CLOSED
  )");
  TcpScript after_ack;
  after_ack.play(TcpScript::kOpen);
  after_ack.play(R"(
    close
    > F. 1 ack 1
    < . 1 ack 2
    orphan
    < FP. 1 ack 2 "reply"
    > R 2
    state CLOSED
  )");
  // A FIN without octets is what an orphan waits for.
  TcpScript only_fin;
  only_fin.play(TcpScript::kOpen);
  only_fin.play("close\n > F. 1 ack 1\n orphan\n < F. 1 ack 2\n > . 2 ack 2\n state TIME-WAIT");
}

// RFC 1122 section 4.2.2.20 leaves a FIN-WAIT-2 without owner to the host: 60 s, as Linux.
TEST(TcpClosingTest, AnOrphanForgetsInFinWait2) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    close
    > F. 1 ack 1
    orphan
    +100ms < . 1 ack 2
    state FIN-WAIT-2
    wait 59s
    state FIN-WAIT-2
    +1s state CLOSED
  )");
}

// RFC 9293 section 3.10.5: octets that wait are forgotten by ABORT.
TEST(TcpClosingTest, AnAbortForgetsWhatIsQueued) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 100000
    sent 10
    abort
    > R. 14601 ack 1
    state CLOSED
    queued 0
    wait 1h
    events (none)
  )");
}

// The FIN waits for the congestion window as the octets before it do.
TEST(TcpClosingTest, AFinFollowsTheOctetsBeforeIt) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 16060
    sent 10
    close
    state ESTABLISHED
    +100ms < . 1 ack 1461
    > FP. 14601 ack 1 len 1460
    state FIN-WAIT-1
    < . 1 ack 16062
    state FIN-WAIT-2
  )");
}

}  // namespace
}  // namespace mailcosm::sim
