// Tail loss probes (RFC 8985 section 7).
#include "sim/net/tcp_tail_loss_probe.h"

#include <gtest/gtest.h>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

using Verdict = TcpTailLossProbe::Verdict;

// RFC 8985 section 7.2: two round trips, and Linux's 2 ms, after the last segment: the last one
// again, once.
TEST(TcpTailLossProbeTest, ProbesOncePerTail) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 4380
    sent 3
    +202ms > P. 2921 ack 1 len 1460
    +300ms > . 1 ack 1 len 1460         # no second probe: the timeout
    cwnd 1
  )");
}

// RFC 8985 section 7.2: a lone segment may meet a delayed ACK; its probe waits longer, here until
// the RTO.
TEST(TcpTailLossProbeTest, WaitsForADelayedAckOfALoneSegment) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play("send 1460\n > P. 1 ack 1 len 1460\n +300ms > P. 1 ack 1 len 1460\n cwnd 10");
}

// RFC 8985 section 7.2: PTO never comes after the retransmission timeout.
TEST(TcpTailLossProbeTest, NeverComesAfterTheTimeout) {
  TcpScript script;
  script.play("connect\n skip\n +400ms < S. 0 ack 1\n skip\n send 4380\n sent 3");
  // SRTT 400 ms, RTO 400 + 4 * 200 ms; two round trips are less.
  script.play("+802ms > P. 2921 ack 1 len 1460\n +1200ms > . 1 ack 1 len 1460");
}

// RFC 8985 section 7.3: new octets, if there are any and the peer has room, also beyond the
// congestion window.
TEST(TcpTailLossProbeTest, ProbesWithNewOctets) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 16060
    sent 10
    +202ms > P. 14601 ack 1 len 1460
    +100ms < . 1 ack 16061
    ssthresh 2147483647
    queued 0
  )");
}

// The peer's window forbids new octets: the last segment again.
TEST(TcpTailLossProbeTest, KeepsInsideThePeersWindow) {
  TcpScript script;
  script.window = 2920;
  script.play(TcpScript::kOpen);
  script.play("send 5840\n sent 2\n +202ms > . 1461 ack 1 len 1460");
}

// RFC 8985 section 7.2: not without SACK, where the answer could not be read.
TEST(TcpTailLossProbeTest, NeedsSack) {
  TcpScript script;
  script.play("connect\n skip\n +100ms < S. 0 ack 1 nosack\n skip\n send 4380\n sent 3");
  script.play("+300ms > . 1 ack 1 len 1460\n cwnd 1");
}

// The probe shows the holes before it by SACK, and RACK repairs them.
TEST(TcpTailLossProbeTest, TurnsATailLossIntoRecovery) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(R"(
    send 7300
    sent 5
    +100ms < . 1 ack 1461
    +200ms > P. 5841 ack 1 len 1460     # RTO of the oldest segment comes before PTO
    +100ms < . 1 ack 1461 sack 5841-7301
    > . 1461 ack 1 len 1460
    +100ms < . 1 ack 2921 sack 5841-7301
    > . 2921 ack 1 len 1460
    > . 4381 ack 1 len 1460
    +100ms < . 1 ack 7301
    queued 0
  )");
  EXPECT_EQ(script.connection.segments_resent(), 4u);
}

// The last of four segments is sent again as a probe.
constexpr const char* kProbed = "send 5840\n sent 4\n +100ms < . 1 ack 4381\n +302ms skip";

// RFC 8985 section 7.4.2: the probe has repaired the only loss: the window shrinks once, by what
// the next acknowledgment says.
TEST(TcpTailLossProbeTest, CountsALossThatItRepaired) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(kProbed);
  script.play(R"(
    +100ms < . 1 ack 5841
    ssthresh 2147483647
    send 1460
    > P. 5841 ack 1 len 1460
    +100ms < . 1 ack 7301
    ssthresh 5
    cwnd 5
  )");
}

// RFC 8985 section 7.4.2: a D-SACK says that both copies have arrived.
TEST(TcpTailLossProbeTest, CountsNoLossIfBothCopiesArrive) {
  TcpScript script;
  script.play(TcpScript::kOpen);
  script.play(kProbed);
  script.play(R"(
    < . 1 ack 5841
    +100ms < . 1 ack 5841 sack 4381-5841
    send 1460
    > P. 5841 ack 1 len 1460
    +100ms < . 1 ack 7301
    ssthresh 2147483647
  )");
}

TEST(TcpTailLossProbeTest, JudgesItsAnswer) {
  const struct {
    bool is_new;
    Sequence acknowledgment;
    bool duplicate;
    bool bare;
    Verdict verdict;
    bool outstanding;
  } cases[] = {
      {false, 99, false, false, Verdict::kNone, true},  // before the probe
      {false, 99, true, false, Verdict::kNone, true},
      {false, 100, false, false, Verdict::kNone, true},  // the original or the probe
      {false, 100, true, false, Verdict::kNoLoss, false},
      {false, 100, false, true, Verdict::kNoLoss, false},  // a second time, without D-SACK
      {false, 101, false, false, Verdict::kRepairedLoss, false},
      {false, 101, true, false, Verdict::kNoLoss, false},
      {true, 99, false, false, Verdict::kNone, true},
      {true, 100, false, false, Verdict::kNoLoss, false},
      {true, 101, false, false, Verdict::kNoLoss, false},
  };
  for (const auto& it : cases) {
    TcpTailLossProbe probe;
    EXPECT_EQ(probe.on_acknowledgment(200, false, false), Verdict::kNone) << "there was none";
    probe.expire();
    EXPECT_TRUE(probe.is_due());
    probe.on_sent(it.is_new, 100);
    EXPECT_FALSE(probe.is_due());
    EXPECT_EQ(probe.on_acknowledgment(it.acknowledgment, it.duplicate, it.bare), it.verdict);
    EXPECT_EQ(probe.is_outstanding(), it.outstanding) << it.acknowledgment;
  }
}

}  // namespace
}  // namespace mailcosm::sim
