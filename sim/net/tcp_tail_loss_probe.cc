#include "sim/net/tcp_tail_loss_probe.h"

#include <algorithm>

#include "sim/net/tcp_connection.h"
#include "sim/net/tcp_timer_tick.h"

namespace mailcosm::sim {

TcpTailLossProbe::Verdict TcpTailLossProbe::on_acknowledgment(Sequence acknowledgment,
                                                              bool reports_duplicate,
                                                              bool is_bare_duplicate) {
  if (!is_outstanding_ || before(acknowledgment, end_)) return Verdict::kNone;
  if (is_new_ || reports_duplicate) {
    is_outstanding_ = false;
    return Verdict::kNoLoss;
  }
  if (after(acknowledgment, end_)) {
    is_outstanding_ = false;
    return Verdict::kRepairedLoss;
  }
  // The original and the probe have both arrived, at a peer that does not say so by D-SACK.
  if (!is_bare_duplicate) return Verdict::kNone;
  is_outstanding_ = false;
  return Verdict::kNoLoss;
}

// RFC 8985 section 7.2. False if a probe would make no sense now.
bool TcpConnection::arm_probe(Instant now) {
  if (!sack_ || recovery_ != Recovery::kOpen || scoreboard_.empty() || scoreboard_.sacked() != 0)
    return false;
  if (probe_.is_outstanding() || !rto_.has_sample() || rto_.backoffs() != 0) return false;
  const Duration slack =
      scoreboard_.size() == 1 ? settings_->retransmission_timeout_min : kTimeoutMin;
  const Duration timeout = std::max(scoreboard_[0].sent_at + rto_.timeout() - now, Duration(1));
  pending_ = Pending::kProbe;
  retransmit_at_ =
      fires_at(now, std::min(TcpTailLossProbe::timeout(rto_.smoothed(), slack), timeout),
               settings_->timer_tick);
  return true;
}

void TcpConnection::expire_probe(Instant now) {
  if (scoreboard_.empty()) return;
  probe_.expire();
  arm_timeout(now);
}

// RFC 8985 section 7.3: new octets if there are any and the peer has room, else the last segment
// once more.
bool TcpConnection::transmit_probe(TcpSegment& segment, Instant now) {
  if (!probe_.is_due()) return false;
  if (scoreboard_.empty() || recovery_ != Recovery::kOpen) {
    probe_.cancel();
    return false;
  }
  const bool is_new = transmit_new(segment, now);
  probe_.on_sent(is_new, send_next_);
  if (!is_new) {
    SentSegment& last = scoreboard_[scoreboard_.size() - 1];
    scoreboard_.mark_resent(last, now);
    ++segments_resent_;
    make_data(segment, last.begin, last.end, last.flags, now);
    segment.is_resent = true;
  }
  arm_timeout(now);
  return true;
}

// RFC 8985 section 7.4: a probe that repaired a loss by itself has hidden it from congestion
// control.
void TcpConnection::note_probe_answer(const TcpSegment& segment, bool advanced,
                                      bool duplicate_reported) {
  const bool is_bare_duplicate = !advanced && segment.length() == 0 && segment.sack_count == 0;
  const auto verdict =
      probe_.on_acknowledgment(segment.acknowledgment, duplicate_reported, is_bare_duplicate);
  if (verdict == TcpTailLossProbe::Verdict::kRepairedLoss && recovery_ == Recovery::kOpen)
    window_ = threshold_ = reduced_threshold();
}

}  // namespace mailcosm::sim
