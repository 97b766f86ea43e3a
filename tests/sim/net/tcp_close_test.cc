#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// RFC 9293 section 3.6, figure 12: normal close, by us first.
TEST(TcpCloseTest, ClosesFirst) {
  TcpScript script;
  script.establish();
  script.send("bye");
  script.take_sent();
  script.close();
  EXPECT_EQ(script.take_sent(), "F. 4 ack 1");
  EXPECT_EQ(script.connection.state(), TcpState::kFinWait1);
  script.inject(".", 1, 5);
  EXPECT_EQ(script.connection.state(), TcpState::kFinWait2);
  script.inject("P.", 1, 5, "late");
  EXPECT_EQ(script.received, "late");
  script.inject("F.", 5, 5);
  EXPECT_EQ(script.connection.state(), TcpState::kTimeWait);
  EXPECT_EQ(script.take_events(), "writable ended closed:closed ");
  script.take_sent();
  // RFC 9293 section 3.10.7.4: the peer's FIN again is acknowledged again, and the wait restarts.
  script.advance(50s);
  script.inject("F.", 5, 5);
  EXPECT_EQ(script.take_sent(), ". 5 ack 6");
  script.advance(59s);
  EXPECT_EQ(script.connection.state(), TcpState::kTimeWait);
  script.advance(1s);
  EXPECT_EQ(script.connection.state(), TcpState::kClosed);
  EXPECT_EQ(script.take_events(), "");
}

TEST(TcpCloseTest, ClosesAfterThePeer) {
  TcpScript script;
  script.establish();
  script.inject("FP.", 1, 1, "bye");
  EXPECT_EQ(script.received, "bye");
  EXPECT_EQ(script.connection.state(), TcpState::kCloseWait);
  EXPECT_EQ(script.take_events(), "ended ");
  script.take_sent();
  script.send("still here");
  EXPECT_EQ(script.take_sent(), "P. 1 ack 5 len 10");
  script.close();
  EXPECT_EQ(script.take_sent(), "F. 11 ack 5");
  EXPECT_EQ(script.connection.state(), TcpState::kLastAck);
  script.inject(".", 5, 12);
  EXPECT_EQ(script.connection.state(), TcpState::kClosed);
  EXPECT_EQ(script.take_events(), "closed:closed ");
}

// RFC 9293 section 3.6, figure 13: simultaneous close.
TEST(TcpCloseTest, ClosesAtTheSameTime) {
  TcpScript script;
  script.establish();
  script.close();
  EXPECT_EQ(script.take_sent(), "F. 1 ack 1");
  script.inject("F.", 1, 1);
  EXPECT_EQ(script.connection.state(), TcpState::kClosing);
  EXPECT_EQ(script.take_sent(), ". 2 ack 2");
  script.inject(".", 2, 2);
  EXPECT_EQ(script.connection.state(), TcpState::kTimeWait);
  EXPECT_EQ(script.take_events(), "ended closed:closed ");
}

TEST(TcpCloseTest, AFinThatIsLostIsSentAgain) {
  TcpScript script;
  script.establish();
  script.close();
  EXPECT_EQ(script.take_sent(), "F. 1 ack 1");
  script.advance(300ms);
  EXPECT_EQ(script.take_sent(), "F. 1 ack 1");
  script.inject(".", 1, 2);
  EXPECT_EQ(script.connection.state(), TcpState::kFinWait2);
}

TEST(TcpCloseTest, AFinWaitsForTheOctetsBeforeIt) {
  TcpScript script;
  script.establish();
  script.inject("FP.", 4, 1, "def");
  EXPECT_EQ(script.connection.state(), TcpState::kEstablished);
  EXPECT_EQ(script.take_events(), "");
  script.inject("P.", 1, 1, "abc");
  EXPECT_EQ(script.received, "abcdef");
  EXPECT_EQ(script.connection.state(), TcpState::kCloseWait);
  EXPECT_EQ(script.take_events(), "ended ");
}

// RFC 9293 section 3.10.7.4, second check; RFC 5961 section 3.2: only the exact number resets.
TEST(TcpCloseTest, IsResetByTheExactNumberOnly) {
  TcpScript script;
  script.establish();
  script.advance(1s);
  script.inject("R", 50, 0);
  EXPECT_EQ(script.take_events(), "");
  EXPECT_EQ(script.take_sent(), ". 1 ack 1") << "a challenge";
  script.inject("R", 100'000, 0);
  EXPECT_EQ(script.take_events(), "") << "outside of the window";
  script.inject("R", 1, 0);
  EXPECT_EQ(script.take_events(), "closed:connection reset by peer ");
  EXPECT_EQ(script.connection.state(), TcpState::kClosed);
  EXPECT_TRUE(script.connection.deadline().is_never());
}

// RFC 9293 section 3.10.5: ABORT sends a RST in all states in which the peer knows of the
// connection.
TEST(TcpCloseTest, AbortsInEveryState) {
  const auto aborted = [](TcpScript& script) {
    script.take_sent();
    script.take_events();
    script.abort();
    EXPECT_EQ(script.connection.state(), TcpState::kClosed);
    EXPECT_EQ(script.take_events(), "");
    return script.take_sent();
  };
  TcpScript syn_sent;
  syn_sent.connection.connect(syn_sent.now, {});
  syn_sent.collect();
  EXPECT_EQ(aborted(syn_sent), "");
  TcpScript syn_received;
  syn_received.connection.accept(syn_received.segment("S", 0), syn_received.now);
  syn_received.collect();
  EXPECT_EQ(aborted(syn_received), "R. 1 ack 1");
  TcpScript established;
  established.establish();
  established.send("x");
  EXPECT_EQ(aborted(established), "R. 2 ack 1");
  TcpScript fin_wait1;
  fin_wait1.establish();
  fin_wait1.close();
  EXPECT_EQ(aborted(fin_wait1), "R. 2 ack 1");
  TcpScript fin_wait2;
  fin_wait2.establish();
  fin_wait2.close();
  fin_wait2.inject(".", 1, 2);
  EXPECT_EQ(aborted(fin_wait2), "R. 2 ack 1");
  TcpScript close_wait;
  close_wait.establish();
  close_wait.inject("F.", 1, 1);
  EXPECT_EQ(aborted(close_wait), "R. 1 ack 2");
  TcpScript last_ack;
  last_ack.establish();
  last_ack.inject("F.", 1, 1);
  last_ack.close();
  EXPECT_EQ(aborted(last_ack), "");
}

TEST(TcpCloseTest, AnOrphanDoesNotWaitForeverForTheFin) {
  TcpScript script;
  script.establish();
  script.close();
  script.inject(".", 1, 2);
  script.advance(1h);
  EXPECT_EQ(script.connection.state(), TcpState::kFinWait2)
      << "its owner may still want to receive";
  script.connection.orphan(script.now);
  script.advance(60s);
  EXPECT_EQ(script.connection.state(), TcpState::kClosed);
}

TEST(TcpCloseTest, ReportsEachChangeOfState) {
  TcpScript script;
  script.establish();
  script.close();
  script.inject("F.", 1, 2);
  std::string text;
  TcpConnection::Transition transition{};
  while (script.connection.take_transition(transition))
    text += std::string(to_string(transition.to)) + " ";
  EXPECT_EQ(text, "SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 ");
}

}  // namespace
}  // namespace mailcosm::sim
