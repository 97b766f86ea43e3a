// Opening a connection, segment by segment (RFC 9293 section 3.5): losses, simultaneous open, data
// and FIN with a SYN, half-open connections. See also tcp_handshake_test.cc and tcp_state_test.cc.
#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// RFC 6298 section 2.1 and rule 5.5; the first retries at even distances as in Linux 6.5.
TEST(TcpOpenTest, RepeatsItsSyn) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    +1s > S 0
    +1s > S 0
    +1s > S 0
    +1s > S 0
    +1s > S 0
    +2s > S 0
    +4s > S 0
    +8s > S 0
    +16s > S 0
    +32s > S 0
    wait 63s
    state SYN-SENT
    +1s state CLOSED
    events closed:connection timed out
  )");
}

// RFC 6298 rule 5.5: as RFC 9293 knows it, without Linux's even retries.
TEST(TcpOpenTest, DoublesTheWaitWithoutEvenRetries) {
  TcpSettings settings = TcpScript::plain_settings();
  settings.syn_linear_retries = 0;
  TcpScript script(settings);
  script.play(R"(
    connect
    > S 0
    +1s > S 0
    +2s > S 0
    +4s > S 0
    +8s > S 0
    +16s > S 0
    +32s > S 0
    +64s state CLOSED
  )");
}

TEST(TcpOpenTest, RepeatsItsSynAck) {
  TcpScript script;
  script.play(R"(
    accept
    > S. 0 ack 1
    +1s > S. 0 ack 1
    +2s > S. 0 ack 1
    +4s > S. 0 ack 1
    +8s > S. 0 ack 1
    +16s > S. 0 ack 1
    wait 31s
    state SYN-RECEIVED
    +1s state CLOSED
  )");
}

// RFC 6298 rule 5.7 (and section 3, Karn): a SYN that was repeated gives no round trip; the timeout
// of the data is the initial one.
TEST(TcpOpenTest, MeasuresNoRoundTripOfARepeatedSyn) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    +1s > S 0
    +100ms < S. 0 ack 1
    > . 1 ack 1
    send "x"
    > P. 1 ack 1 len 1
    +1s > P. 1 ack 1 len 1
  )");
}

// RFC 9293 section 3.5, figure 7: both sides open; with a SYN of ours lost on the way.
TEST(TcpOpenTest, OpensSimultaneouslyWithLosses) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    +1s > S 0
    +100ms < S 0
    > S. 0 ack 1
    state SYN-RECEIVED
    < S 0              # theirs again
    > S. 0 ack 1
    +900ms > S. 0 ack 1
    < S. 0 ack 1
    > . 1 ack 1
    events connected
    state ESTABLISHED
    < P. 1 ack 1 "hello"
    > . 1 ack 6
    read "hello"
  )");
}

// However often our SYN was sent before theirs came: the SYN-ACK has its own tries.
TEST(TcpOpenTest, OpensSimultaneouslyAtLast) {
  TcpScript script;
  script.play("connect\n skip");
  script.advance(66s);
  script.play(R"(
    sent 9
    < S 0
    > S. 0 ack 1
    +1s > S. 0 ack 1
    +4s > S. 0 ack 1
    +8s > S. 0 ack 1
    < . 1 ack 1
    events connected
    state ESTABLISHED
  )");
}

// The peer's last ACK instead of its SYN-ACK ends a simultaneous open as well.
TEST(TcpOpenTest, OpensSimultaneouslyByABareAck) {
  TcpScript script;
  script.play("connect\n > S 0\n < S 0\n > S. 0 ack 1\n < . 1 ack 1\n events connected");
}

// RFC 9293 section 3.10.7.4, second check: refused, as the open was ours.
TEST(TcpOpenTest, IsRefusedInASimultaneousOpen) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    < S 0
    > S. 0 ack 1
    < R 1
    events closed:connection refused
  )");
}

// RFC 9293 section 3.10.7.2: octets and FIN that come with a SYN may be left for later: they are
// not acknowledged, and come again. (Linux drops them too unless Fast Open is on.)
TEST(TcpOpenTest, LeavesOctetsOfASynForLater) {
  TcpScript passive;
  passive.play(R"(
    accept "early"
    > S. 0 ack 1
    < P. 1 ack 1 "early"
    > . 1 ack 6
    read "early"
  )");
  TcpScript active;
  active.play(R"(
    connect
    > S 0
    < SF. 0 ack 1 "early"
    > . 1 ack 1
    state ESTABLISHED
    read ""
    +200ms < FP. 1 ack 1 "early"
    > . 1 ack 7
    read "early"
    state CLOSE-WAIT
  )");
}

// RFC 9293 section 3.5: the ACK of the handshake is lost, and the first octets stand for it; their
// octets are acknowledged at once.
TEST(TcpOpenTest, OpensByTheFirstOctets) {
  TcpScript script;
  script.play(R"(
    accept
    > S. 0 ack 1
    +100ms < P. 1 ack 1 "EHLO"
    events connected
    > . 1 ack 5
    read "EHLO"
  )");
}

// A FIN that completes the handshake.
TEST(TcpOpenTest, OpensAndEndsByOneSegment) {
  TcpScript script;
  script.play(R"(
    accept
    > S. 0 ack 1
    < FP. 1 ack 1 "QUIT"
    events connected ended
    read "QUIT"
    > . 1 ack 6
    state CLOSE-WAIT
  )");
}

// RFC 9293 section 3.5, figure 8: an old SYN-ACK of an earlier connection is reset; the right one
// opens.
TEST(TcpOpenTest, RecoversFromAnOldDuplicateSynAck) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    < S. 900 ack -100
    > R -100
    < S. 0 ack 1
    > . 1 ack 1
    events connected
  )");
}

// Data is under way when the peer turns out to have crashed.
constexpr const char* kDataUnderWay = R"(
    connect
    > S 0
    < S. 0 ack 1
    > . 1 ack 1
    send "data"
    > P. 1 ack 1 len 4
  )";

// RFC 9293 section 3.5.1, figure 9: the peer has crashed and opens again; our challenge tells it,
// its RST tells us.
TEST(TcpOpenTest, DiscoversAHalfOpenConnection) {
  TcpScript script;
  script.play(kDataUnderWay);
  script.play(R"(
    < S 123456
    > . 5 ack 1
    < R 1
    events connected closed:connection reset by peer
  )");
}

// RFC 9293 section 3.5.1, figure 10: the peer has crashed, and what we send is answered by a RST
// with the number of our ACK.
TEST(TcpOpenTest, DiscoversAHalfOpenConnectionByItsOwnData) {
  TcpScript script;
  script.play(kDataUnderWay);
  script.play(R"(
    +100ms < R 1
    state CLOSED
    events connected closed:connection reset by peer
    queued 0
  )");
}

// RFC 9293 section 3.10.4: CLOSE in SYN-SENT and SYN-RECEIVED: what was handed over goes first.
TEST(TcpOpenTest, ClosesBeforeItIsOpen) {
  TcpScript active;
  active.play(R"(
    connect
    > S 0
    close
    < S. 0 ack 1
    > F. 1 ack 1
    state FIN-WAIT-1
  )");
  TcpScript passive;
  passive.play(R"(
    accept
    > S. 0 ack 1
    send "220"
    close
    < . 1 ack 1
    > FP. 1 ack 1 len 3
    state FIN-WAIT-1
  )");
}

}  // namespace
}  // namespace mailcosm::sim
