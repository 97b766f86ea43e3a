// Closing: FIN in both directions, TIME-WAIT, and abort (RFC 9293 sections 3.6, 3.10.4 and 3.10.5).

#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {

void TcpConnection::close(RecordId cause, Instant now) {
  if (fin_queued_ || state_ == TcpState::kClosed) return;
  fin_queued_ = true;
  fin_cause_ = last_cause_ = cause;
  if (send_buffer_.size() == 0) progress_at_ = now;
}

void TcpConnection::orphan(Instant now) {
  orphaned_ = true;
  if (state_ == TcpState::kFinWait2) quiet_until_ = now + settings_->fin_wait2_timeout;
}

void TcpConnection::abort(RecordId cause) {
  switch (state_) {
    case TcpState::kSynReceived:
    case TcpState::kEstablished:
    case TcpState::kFinWait1:
    case TcpState::kFinWait2:
    case TcpState::kCloseWait:
      reset_due_ = true;
      break;
    default:
      break;
  }
  last_cause_ = cause;
  end(StreamError::kReset, cause);
  tell_closed_ = tell_ended_ = false;
}

void TcpConnection::receive_fin(Instant now) {
  if (fin_sequence_ != receive_buffer_.next()) return;  // octets before it are still missing
  switch (state_) {
    case TcpState::kEstablished:
      enter(TcpState::kCloseWait);
      break;
    case TcpState::kFinWait1:
      enter(TcpState::kClosing);
      break;
    case TcpState::kFinWait2:
      break;
    default:
      return;
  }
  fin_received_ = true;
  fin_is_early_ = false;
  receive_buffer_.take_fin();
  tell_ended_ = true;
  if (state_ == TcpState::kFinWait2) {
    delayed_ack_.demand();
    enter_time_wait(now);
  } else if (state_ == TcpState::kClosing) {
    delayed_ack_.demand();
  } else {
    delayed_ack_.ask(now, settings_->delayed_ack);
  }
}

void TcpConnection::enter_time_wait(Instant now) {
  tell_closed_ = true;
  close_error_ = StreamError::kNone;
  close_cause_ = end_cause_;
  enter(TcpState::kTimeWait);
  pending_ = Pending::kNothing;
  retransmit_at_ = Instant::never();
  quiet_until_ = now + settings_->time_wait;
  send_buffer_.clear();
}

}  // namespace mailcosm::sim
