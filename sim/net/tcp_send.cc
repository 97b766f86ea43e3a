// Segments that leave: lost ones first, then new octets as the windows allow, then bare
// acknowledgments.

#include <algorithm>

#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {

bool TcpConnection::transmit(TcpSegment& segment, Instant now) {
  if (reset_due_) {
    reset_due_ = false;
    segment.sequence = reset_answers_ ? reset_sequence_ : send_next_;
    fill_header(segment,
                static_cast<std::uint8_t>(tcp_flag::kRst | (reset_answers_ ? 0 : tcp_flag::kAck)),
                now);
    if (reset_answers_) segment.window = 0;
    reset_answers_ = false;
    segment.cause = last_cause_;
    return true;
  }
  if (state_ == TcpState::kClosed) return false;
  if (syn_due_) {
    make_syn(segment, now);
    return true;
  }
  if (is_synchronized() && state_ != TcpState::kTimeWait) {
    if (transmit_probe(segment, now) || transmit_lost(segment, now) || transmit_new(segment, now))
      return true;
  }
  if (!delayed_ack_.is_due() || state_ == TcpState::kSynSent) return false;
  segment.sequence = send_next_;
  fill_header(segment, tcp_flag::kAck, now);
  add_sack_blocks(segment);
  segment.cause = peer_cause_;
  return true;
}

void TcpConnection::make_data(TcpSegment& segment, Sequence begin, Sequence end, std::uint8_t what,
                              Instant now) {
  segment.sequence = begin;
  const bool fin = (what & SentSegment::kFin) != 0;
  const std::uint32_t octets = end - begin - (fin ? 1 : 0);
  std::uint8_t flags = tcp_flag::kAck;
  if (octets != 0) {
    SendBuffer::Piece piece = send_buffer_.piece(begin - send_unacknowledged_, octets);
    segment.payload = std::move(piece.bytes);
    segment.cause = piece.cause;
    if ((what & SentSegment::kPush) != 0) flags |= tcp_flag::kPsh;
  }
  if (fin) {
    flags |= tcp_flag::kFin;
    segment.cause = fin_cause_;
  }
  fill_header(segment, flags, now);
  if (receive_buffer_.has_holes() || fin_is_early_) add_sack_blocks(segment);
  delayed_ack_.on_sent_data(now);
  last_sent_ = now;
}

bool TcpConnection::transmit_lost(TcpSegment& segment, Instant now) {
  SentSegment* lost = scoreboard_.next_lost();
  if (lost == nullptr || scoreboard_.in_flight() >= window_) return false;
  scoreboard_.mark_resent(*lost, now);
  ++segments_resent_;
  if (recovery_ == Recovery::kRecovery) prr_.on_sent();
  make_data(segment, lost->begin, lost->end, lost->flags, now);
  segment.is_resent = true;
  if (lost == &scoreboard_[0] || pending_ == Pending::kNothing) arm_timeout(now);
  return true;
}

bool TcpConnection::may_send_part(std::uint32_t length, std::uint32_t available,
                                  std::uint32_t room) const {
  if (length >= segment_size()) return true;
  if (length < available) {
    // Cut by the peer's window: silly windows are avoided (RFC 9293 section 3.8.6.2.1).
    return room >= send_window_max_ / 2;
  }
  const bool small_one_is_out = after(small_end_, send_unacknowledged_);
  return !settings_->nagle || fin_queued_ || !small_one_is_out;
}

bool TcpConnection::transmit_new(TcpSegment& segment, Instant now) {
  if (fin_sent_) return false;
  const std::uint32_t outstanding = send_next_ - send_unacknowledged_;
  const std::size_t unsent = send_buffer_.size() - outstanding;
  if (unsent == 0 && !fin_queued_) return false;
  if (scoreboard_.empty()) note_idle_end(now);
  if (scoreboard_.in_flight() >= window_ && !probe_.is_due()) {
    window_limited_ = true;
    sent_max_ = std::max(sent_max_, scoreboard_.size());
    return false;
  }
  const std::uint32_t room = send_window_ > outstanding ? send_window_ - outstanding : 0;
  const auto available = static_cast<std::uint32_t>(std::min<std::size_t>(unsent, 0x7fffffff));
  std::uint32_t length = std::min({segment_size(), available, room});
  const bool probes_window = window_probe_due_ && length < available;
  window_probe_due_ = false;
  if (available != 0 && probes_window && (length == 0 || !may_send_part(length, available, room))) {
    length = std::max(length, 1u);
    rto_.back_off();
  } else if (available != 0 && (length == 0 || !may_send_part(length, available, room))) {
    if (scoreboard_.empty()) arm_persist(now);
    return false;
  }
  const bool fin = fin_queued_ && length == unsent && (room > length || scoreboard_.empty());
  if (length == 0 && !fin) return false;
  const Sequence end = send_next_ + length + (fin ? 1 : 0);
  if (length < segment_size()) small_end_ = end;
  if (fin) {
    fin_sent_ = true;
    enter(state_ == TcpState::kCloseWait ? TcpState::kLastAck : TcpState::kFinWait1);
  }
  if (scoreboard_.empty()) progress_at_ = now;
  // RFC 9293 section 3.9.1.2: the last octets of what was handed over are pushed.
  const auto what = static_cast<std::uint8_t>((fin ? SentSegment::kFin : 0) |
                                              (length == unsent ? SentSegment::kPush : 0));
  scoreboard_.add(send_next_, end, now, what);
  make_data(segment, send_next_, end, what, now);
  send_next_ = end;
  if (recovery_ == Recovery::kRecovery) prr_.on_sent();
  after_sending(now);
  return true;
}

void TcpConnection::after_sending(Instant now) {
  if (!before(send_unacknowledged_, window_round_end_)) {
    // A round has passed: whether the window was used is judged anew.
    window_round_end_ = send_next_;
    window_limited_ = false;
    sent_max_ = 0;
  }
  sent_max_ = std::max(sent_max_, scoreboard_.size());
  if (pending_ == Pending::kNothing || pending_ == Pending::kProbe || pending_ == Pending::kPersist)
    arm_timeout(now);
  if (pending_ == Pending::kTimeout && !probe_.is_due()) arm_probe(now);
}

// RFC 5681 section 4.1: after a silence longer than the timeout the window starts small again.
void TcpConnection::note_idle_end(Instant now) {
  const Duration idle = now - last_sent_;
  cubic_.on_idle(idle);
  const Duration timeout = rto_.timeout();
  if (idle <= timeout) return;
  const std::uint32_t restart = std::min(window_, settings_->initial_window_segments);
  threshold_ = std::max(threshold_, window_ / 4 * 3);
  Duration left = idle - timeout;
  while (left > Duration(0) && window_ > restart) {
    window_ /= 2;
    left -= timeout;
  }
  window_ = std::max(window_, restart);
  last_sent_ = now;
}

}  // namespace mailcosm::sim
