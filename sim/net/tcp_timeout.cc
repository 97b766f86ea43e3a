// Deadlines: retransmission timeout (RFC 6298), reordering timer (RFC 8985 section 6.3), window
// probes (RFC 9293 section 3.8.6.1), and giving up (section 3.8.3). Tail loss probes are in
// tcp_tail_loss_probe.cc.

#include <algorithm>

#include "sim/net/tcp_connection.h"
#include "sim/net/tcp_timer_tick.h"

namespace mailcosm::sim {
void TcpConnection::arm_timeout(Instant now) {
  pending_ = Pending::kTimeout;
  retransmit_at_ = fires_at(now, rto_.timeout(), settings_->timer_tick);
}

// The timeout counts from when the oldest segment was last sent, however often something else was
// armed since.
void TcpConnection::arm_oldest_timeout(Instant now) {
  pending_ = Pending::kTimeout;
  retransmit_at_ =
      fires_at(now, std::max(scoreboard_[0].sent_at + rto_.timeout() - now, Duration(1)),
               settings_->timer_tick);
}

// RFC 8985 section 6.3: what is not yet held for lost is looked at again.
void TcpConnection::arm_reorder(Duration wait, Instant now) {
  pending_ = Pending::kReorder;
  retransmit_at_ = fires_at(now, wait + kTimeoutMin, settings_->timer_tick);
}

void TcpConnection::arm_persist(Instant now) {
  if (pending_ == Pending::kPersist) return;
  pending_ = Pending::kPersist;
  retransmit_at_ = fires_at(now, rto_.timeout(), settings_->timer_tick);
}

bool TcpConnection::has_waited_too_long(Instant now) const {
  return now - progress_at_ >= settings_->user_timeout;
}

void TcpConnection::expire(Instant now) {
  if (state_ == TcpState::kClosed) return;
  delayed_ack_.expire(now);
  if (quiet_until_ <= now) {
    quiet_until_ = Instant::never();
    end(StreamError::kTimeout, last_cause_);
    return;
  }
  if (retransmit_at_ > now) return;
  retransmit_at_ = Instant::never();
  const Pending what = pending_;
  pending_ = Pending::kNothing;
  if (!is_synchronized()) return expire_handshake(now);
  switch (what) {
    case Pending::kNothing:
      return;
    case Pending::kTimeout:
      return expire_timeout(now);
    case Pending::kProbe:
      return expire_probe(now);
    case Pending::kReorder: {
      const Duration again =
          rack_.detect(scoreboard_, now, recovery_ != Recovery::kOpen, rto_.smoothed());
      if (scoreboard_.lost() != 0 && recovery_ == Recovery::kOpen) {
        begin_recovery();
        window_ = prr_.window_after(scoreboard_.in_flight(), threshold_, 1, false);
      }
      if (again > Duration(0)) {
        arm_reorder(again, now);
      } else if (!scoreboard_.empty()) {
        arm_oldest_timeout(now);
      }
      return;
    }
    case Pending::kPersist:
      if (has_waited_too_long(now)) return end(StreamError::kTimeout, last_cause_);
      window_probe_due_ = true;
      return;
  }
}

void TcpConnection::expire_timeout(Instant now) {
  if (scoreboard_.empty()) return;
  if (has_waited_too_long(now)) return end(StreamError::kTimeout, last_cause_);
  const bool window_is_closed = send_window_ == 0;
  const bool is_first = rto_.backoffs() == 0;
  rto_.back_off();
  probe_.cancel();
  if (window_is_closed) {
    // A window probe without answer says nothing about congestion.
    scoreboard_.mark_lost(scoreboard_[0]);
    arm_timeout(now);
    return;
  }
  if (recovery_ == Recovery::kOpen || !after(recovery_end_, send_unacknowledged_) ||
      (recovery_ == Recovery::kLoss && is_first)) {
    threshold_ = reduced_threshold();
    cubic_.reset();
  }
  if (scoreboard_[0].has(SentSegment::kSacked)) scoreboard_.forget_sacks();
  for (std::uint32_t i = 0; i < scoreboard_.size(); ++i) {
    // What was sent a moment ago may still arrive.
    if (i != 0 && sack_ && !rack_.has_had_time(scoreboard_[i], now)) continue;
    scoreboard_.mark_lost(scoreboard_[i]);
  }
  recovery_ = Recovery::kLoss;
  recovery_end_ = send_next_;
  window_ = scoreboard_.in_flight() + 1;
  duplicates_ = 0;
  arm_timeout(now);
}

}  // namespace mailcosm::sim
