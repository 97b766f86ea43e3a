// One kind of segment in every state: RST, SYN, acknowledgments of what was never sent, old
// octets, octets outside of the window, urgent ones, segments without ACK (RFC 9293 section
// 3.10.7.4; RFC 5961).
#include <gtest/gtest.h>

#include <ostream>

#include "tests/sim/net/tcp_script.h"

namespace mailcosm::sim {
namespace {

// A state, how to come there, and its numbers; the peer's window and ours are whole.
struct Situation {
  TcpState state;
  std::string_view way;
  int expected;        // RCV.NXT
  int unacknowledged;  // SND.UNA
  int next;            // SND.NXT
  int acknowledged;    // the last ACK we sent; the right edge of our window is as far from there as
                       // the window is wide
  bool takes_data;
};

void PrintTo(const Situation& situation, std::ostream* stream) {
  *stream << to_string(situation.state);
}

constexpr std::string_view kOpen = "connect\n skip\n < S. 0 ack 1\n skip\n";
constexpr Situation kSituations[] = {
    {TcpState::kSynReceived, "accept\n", 1, 0, 1, 1, true},
    {TcpState::kEstablished, "", 1, 1, 1, 1, true},
    {TcpState::kFinWait1, "close\n", 1, 1, 2, 1, true},
    {TcpState::kFinWait2, "close\n skip\n < . 1 ack 2\n", 1, 2, 2, 1, true},
    {TcpState::kCloseWait, "< F. 1 ack 1\n", 2, 1, 1, 1, false},
    {TcpState::kClosing, "close\n skip\n < F. 1 ack 1\n", 2, 1, 2, 2, false},
    {TcpState::kLastAck, "< F. 1 ack 1\n skip\n close\n", 2, 1, 2, 2, false},
    {TcpState::kTimeWait, "close\n skip\n < . 1 ack 2\n < F. 1 ack 2\n", 2, 2, 2, 2, false},
};

// The right edge of our window: what was told in the SYN, or SYN-ACK.
constexpr int kWindow = 64'240;

class TcpStateTest : public testing::TestWithParam<Situation> {
 protected:
  void SetUp() override {
    if (is(TcpState::kSynReceived)) {
      script_.play("accept\n skip");
    } else {
      script_.play(std::string(kOpen) + std::string(GetParam().way) + "skip\n");
    }
    ASSERT_EQ(script_.connection.state(), GetParam().state);
    script_.take_events();
  }
  bool is(TcpState state) const { return GetParam().state == state; }
  // A segment of the peer at RCV.NXT + `offset`.
  void arrives(std::string_view flags, int offset, std::string_view rest) {
    script_.play("< " + std::string(flags) + " " + std::to_string(GetParam().expected + offset) +
                 " " + std::string(rest) + "\n skip");
  }
  // The same, and we answer with an acknowledgment that says where we stand.
  void is_answered(std::string_view flags, int offset, std::string_view rest,
                   std::string_view report = "") {
    script_.play("< " + std::string(flags) + " " + std::to_string(GetParam().expected + offset) +
                 " " + std::string(rest) + "\n > . " + std::to_string(GetParam().next) + " ack " +
                 std::to_string(GetParam().expected) + std::string(report));
  }
  void is_ignored(std::string_view flags, int offset, std::string_view rest) {
    script_.play("< " + std::string(flags) + " " + std::to_string(GetParam().expected + offset) +
                 " " + std::string(rest));
  }
  void stays() {
    EXPECT_EQ(script_.connection.state(), GetParam().state);
    EXPECT_EQ(script_.take_events(), "");
    EXPECT_EQ(script_.received, "");
  }
  std::string good_ack() const { return "ack " + std::to_string(GetParam().unacknowledged); }

  // Retransmissions are not what is looked at here.
  static TcpSettings patient() {
    TcpSettings settings = TcpScript::plain_settings();
    settings.retransmission_timeout_initial = std::chrono::hours(1);
    settings.retransmission_timeout_min = std::chrono::hours(1);
    settings.retransmission_timeout_max = std::chrono::hours(2);
    return settings;
  }

  TcpScript script_{patient()};
};

// RFC 9293 section 3.10.7.4, second check; RFC 5961 section 3.2, case 1: the exact number resets.
TEST_P(TcpStateTest, ResetsAtTheExactNumber) {
  is_ignored("R", 0, "");
  switch (GetParam().state) {
    case TcpState::kSynReceived:
      script_.play("state CLOSED\n events closed:connection refused");
      break;
    case TcpState::kEstablished:
    case TcpState::kFinWait1:
    case TcpState::kFinWait2:
    case TcpState::kCloseWait:
      script_.play("state CLOSED\n events closed:connection reset by peer");
      break;
    case TcpState::kTimeWait:
      // RFC 1337 section 3, F1: no assassination. (Linux does so with net.ipv4.tcp_rfc1337 only.)
      stays();
      return;
    default:
      script_.play("state CLOSED\n events closed:closed");
      break;
  }
  EXPECT_TRUE(script_.connection.deadline().is_never());
}

// RFC 5961 section 3.2, case 2: inside the window, but not exact: a challenge, no reset.
TEST_P(TcpStateTest, ChallengesAResetInsideTheWindow) {
  for (int offset : {1, 1000, kWindow - 2}) {
    SCOPED_TRACE(offset);
    if (is(TcpState::kTimeWait)) {
      is_ignored("R", offset, "");
    } else {
      is_answered("R", offset, "");
    }
    stays();
    // RFC 5961 section 7: not more often than twice a second.
    is_ignored("R", offset, "");
    stays();
    script_.now = script_.now + std::chrono::milliseconds(500);
  }
}

// RFC 5961 section 3.2, case 3.
TEST_P(TcpStateTest, IgnoresAResetOutsideOfTheWindow) {
  for (int offset : {-1, -100'000, kWindow + 1, 1'000'000'000, -2'000'000'000}) {
    SCOPED_TRACE(offset);
    is_ignored("R", offset, "");
    stays();
  }
}

// RFC 5961 section 4.2: a SYN is answered with a challenge wherever it lies; never a reset.
TEST_P(TcpStateTest, ChallengesASyn) {
  for (int offset : {0, 5, kWindow - 2, kWindow + 1, -2, 100'000'000}) {
    SCOPED_TRACE(offset);
    if (is(TcpState::kSynReceived) && (offset < 0 || offset >= kWindow)) {
      // Somebody else's: Linux looks at it no further either.
      is_ignored("S", offset, "");
    } else {
      is_answered("S", offset, "");
    }
    stays();
    script_.now = script_.now + std::chrono::milliseconds(500);
  }
}

// RFC 9293 section 3.10.7.4, fourth check: the SYN of this very connection again, late or twice.
TEST_P(TcpStateTest, AnswersItsOldSynAgain) {
  const int offset = -GetParam().expected;
  if (is(TcpState::kSynReceived)) {
    script_.play("< S 0\n > S. 0 ack 1");
  } else {
    is_answered("S", offset, "");
  }
  stays();
}

// RFC 9293 section 3.10.7.4, fifth check: an ACK of what was never sent.
TEST_P(TcpStateTest, AnswersAnAckOfWhatWasNeverSent) {
  for (int beyond : {1, 1000, 1'000'000'000}) {
    SCOPED_TRACE(beyond);
    const std::string ack = std::to_string(GetParam().next + beyond);
    if (is(TcpState::kSynReceived)) {
      script_.play("< . 1 ack " + ack + "\n > R " + ack);
    } else {
      is_answered("P.", 0, "ack " + ack + " \"never\"");
    }
    stays();
    script_.now = script_.now + std::chrono::milliseconds(500);
  }
}

// RFC 5961 section 5.2: an ACK older than the largest window the peer has ever granted is answered
// and its octets are not taken; what is older by less is an old duplicate.
TEST_P(TcpStateTest, TakesNoOctetsWithAnAncientAck) {
  if (is(TcpState::kSynReceived)) return;  // any old ACK is refused there (section 3.10.7.4)
  const std::string ack = std::to_string(GetParam().unacknowledged - 60'001);
  is_answered("P.", 0, "ack " + ack + " \"old\"");
  stays();
  script_.play("< P. " + std::to_string(GetParam().expected) + " ack " +
               std::to_string(GetParam().unacknowledged - 60'000) + " \"new\"\n skip");
  EXPECT_EQ(script_.received, GetParam().takes_data ? "new" : "");
}

// RFC 9293 section 3.10.7.4, first check: old octets are acknowledged again and dropped; RFC 2883
// section 4: they are reported.
TEST_P(TcpStateTest, AnswersOldOctets) {
  const int before = GetParam().expected - 1;
  is_answered("P.", -1, good_ack() + " \"o\"",
              " sack " + std::to_string(before) + "-" + std::to_string(before + 1));
  stays();
}

// The same for what is beyond the window: at its end, and after it.
TEST_P(TcpStateTest, AnswersOctetsBeyondTheWindow) {
  const int edge = GetParam().acknowledged + kWindow - GetParam().expected;
  for (int offset : {edge, edge + 1, 1'000'000'000}) {
    SCOPED_TRACE(offset);
    is_answered("P.", offset, good_ack() + " \"far\"");
    stays();
  }
}

// An acknowledgment without octets beside the window, as of a connection that is long over, is
// answered seldom: two sides that do not know each other must not talk forever (RFC 5961 section
// 7).
TEST_P(TcpStateTest, AnswersAStrayAckSeldom) {
  is_answered(".", -2, good_ack());
  is_ignored(".", -2, good_ack());
  script_.now = script_.now + std::chrono::milliseconds(500);
  is_answered(".", 1'000'000, good_ack());
  stays();
}

// RFC 9293 section 3.10.7.4, fifth check: without ACK a segment is dropped.
TEST_P(TcpStateTest, DropsWhatHasNoAck) {
  is_ignored("P", 0, "\"mute\"");
  is_ignored("F", 0, "");
  stays();
}

// Urgent data are not modelled: their octets are in line, as with SO_OOBINLINE.
TEST_P(TcpStateTest, TakesUrgentOctetsInLine) {
  const int acked = is(TcpState::kSynReceived) ? 1 : GetParam().unacknowledged;
  arrives("PU.", 0, "ack " + std::to_string(acked) + " \"urgent\"");
  EXPECT_EQ(script_.received, GetParam().takes_data ? "urgent" : "");
}

// RFC 9293 section 3.10.7.4, eighth check: a FIN in each state, with the ACK we had before.
TEST_P(TcpStateTest, TakesAFinOnce) {
  const int acked = is(TcpState::kSynReceived) ? 1 : GetParam().unacknowledged;
  arrives("F.", 0, "ack " + std::to_string(acked));
  switch (GetParam().state) {
    case TcpState::kSynReceived:
    case TcpState::kEstablished:
      script_.play("state CLOSE-WAIT");
      break;
    case TcpState::kFinWait1:
      script_.play("state CLOSING");
      break;
    case TcpState::kFinWait2:
      script_.play("state TIME-WAIT");
      break;
    default:
      stays();
      return;
  }
  EXPECT_NE(script_.take_events().find("ended"), std::string::npos);
  const TcpState state = script_.connection.state();
  script_.play("< F. 1 ack " + std::to_string(acked) + "\n > . " + std::to_string(GetParam().next) +
               " ack 2");
  EXPECT_EQ(script_.connection.state(), state);
  EXPECT_EQ(script_.take_events(), "");
}

INSTANTIATE_TEST_SUITE_P(EveryState, TcpStateTest, testing::ValuesIn(kSituations),
                         [](const testing::TestParamInfo<Situation>& each) {
                           std::string name;
                           for (char letter : to_string(each.param.state)) {
                             if (letter != '-') name += letter;
                           }
                           return name;
                         });

// RFC 9293 section 3.10.7.3: SYN-SENT has rules of its own. First check: an ACK of something else.
TEST(TcpSynSentTest, ResetsAnAckThatIsNotOfItsSyn) {
  for (const char* ack : {"0", "2", "-5", "100000", "2000000000"}) {
    SCOPED_TRACE(ack);
    TcpScript script;
    script.play("connect\n skip");
    for (const char* flags : {".", "S.", "F.", "P."}) {
      script.play(std::string("< ") + flags + " 0 ack " + ack + "\n > R " + ack);
    }
    script.play(std::string("< R. 0 ack ") + ack);  // a reset is never answered
    script.play("state SYN-SENT\n events (none)");
    script.play("< S. 0 ack 1\n > . 1 ack 1\n state ESTABLISHED");
  }
}

// Second check: a RST counts with an acceptable ACK only (RFC 5961 section 3 leaves this as it is).
TEST(TcpSynSentTest, IsRefusedByAResetOfItsSynOnly) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    < R 0
    < R 1
    < R. 0 ack 0
    < R. 0 ack 2
    state SYN-SENT
    events (none)
    < R. 0 ack 1
    state CLOSED
    events closed:connection refused
  )");
  EXPECT_TRUE(script.connection.deadline().is_never());
  TcpScript with_syn;
  with_syn.play("connect\n skip\n < SR. 0 ack 1\n state CLOSED\n events closed:connection refused");
}

// Fifth check: neither SYN nor RST: dropped, also with an acceptable ACK.
TEST(TcpSynSentTest, DropsWhatIsNoSyn) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    < . 1 ack 1
    < P. 1 ack 1 "early"
    < F. 1 ack 1
    < P 1 "mute"
    < U 1
    state SYN-SENT
    events (none)
    read ""
    +1s > S 0
  )");
}

// RFC 9293 section 3.10.7.1: a connection that is over knows nothing more.
TEST(TcpClosedTest, SaysNothing) {
  TcpScript script;
  script.play(R"(
    connect
    > S 0
    < R. 0 ack 1
    events closed:connection refused
    < S 7
    < S. 0 ack 1
    < P. 1 ack 1 "late"
    < F. 1 ack 1
    < R 1
    close
    wait 1h
    state CLOSED
    events (none)
  )");
}

}  // namespace
}  // namespace mailcosm::sim
