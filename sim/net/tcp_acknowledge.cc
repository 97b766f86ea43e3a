// Acknowledgments: what they confirm, the round trips they measure, the window they grant (RFC 9293
// section 3.10.7.4, fifth check; RFC 2018; RFC 7323).

#include <algorithm>

#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {

// Gives true if the segment is to be looked at further.
bool TcpConnection::receive_acknowledgment(const TcpSegment& segment, Instant now) {
  const Sequence acknowledgment = segment.acknowledgment;
  const Sequence acknowledged_before = send_unacknowledged_;
  if (after(acknowledgment, send_next_)) {
    challenge(now);
    return false;
  }
  if (before(acknowledgment, send_unacknowledged_)) {
    // Old news, but its octets may be new. RFC 5961 section 5 refuses what is older than the
    // largest window.
    if (before(acknowledgment, send_unacknowledged_ - send_window_max_)) {
      challenge(now);
      return false;
    }
    return true;
  }
  const bool window_before_was_zero = send_window_ == 0;
  const std::uint32_t window_before = send_window_;
  update_send_window(segment);
  const bool advanced = acknowledgment != send_unacknowledged_;
  TcpScoreboard::Delivered delivered;
  if (advanced) {
    scoreboard_.acknowledge(acknowledgment, now, rack_, delivered);
    drop_acknowledged(acknowledgment);
    progress_at_ = now;
  } else if (send_window_ == 0) {
    progress_at_ = now;  // the peer is alive and has no room
  }
  const bool duplicate_reported = take_sack_blocks(segment, acknowledged_before, now, delivered);
  sample_round_trip(segment, delivered, now);
  const bool duplicate =
      !advanced && segment.length() == 0 && !scoreboard_.empty() && send_window_ == window_before;
  note_probe_answer(segment, advanced, duplicate_reported);
  judge_losses(delivered, advanced, duplicate, now);
  if (pending_ == Pending::kPersist && send_window_ != 0) {
    pending_ = Pending::kNothing;
    retransmit_at_ = Instant::never();
    rto_.end_backoff();
  }
  if (window_before_was_zero && send_window_ != 0 && rto_.backoffs() != 0) repeat_window_probe(now);
  if (advanced) arm_after_acknowledgment(now);
  count_acknowledged_fin();
  if (state_ == TcpState::kFinWait2 && orphaned_ && quiet_until_.is_never()) {
    quiet_until_ = now + settings_->fin_wait2_timeout;
  }
  if (state_ == TcpState::kClosing && fin_acknowledged_) enter_time_wait(now);
  return true;
}

// The window has opened: the octet of the last probe, if the peer had no room for it, need not wait
// for a timer that has backed off meanwhile.
void TcpConnection::repeat_window_probe(Instant now) {
  rto_.end_backoff();
  if (scoreboard_.empty()) return;
  scoreboard_.mark_lost(scoreboard_[0]);
  arm_timeout(now);
}

void TcpConnection::update_send_window(const TcpSegment& segment) {
  const bool is_newer = before(window_sequence_, segment.sequence) ||
                        (window_sequence_ == segment.sequence &&
                         at_or_before(window_acknowledgment_, segment.acknowledgment));
  if (!is_newer) return;
  send_window_ = std::uint32_t{segment.window} << send_scale_;
  send_window_max_ = std::max(send_window_max_, send_window_);
  window_sequence_ = segment.sequence;
  window_acknowledgment_ = segment.acknowledgment;
}

void TcpConnection::drop_acknowledged(Sequence acknowledgment) {
  const std::size_t before_count = send_buffer_.size();
  std::uint32_t octets = acknowledgment - send_unacknowledged_;
  // The FIN has a number and no octet.
  if (fin_sent_ && acknowledgment == send_next_) --octets;
  octets = static_cast<std::uint32_t>(std::min<std::size_t>(octets, before_count));
  send_buffer_.drop(octets);
  send_unacknowledged_ = acknowledgment;
  const std::size_t left = send_buffer_.size();
  if (octets != 0 &&
      (left == 0 || (before_count > Stream::kLowWater && left <= Stream::kLowWater))) {
    tell_writable_ = true;
  }
}

// Gives true if the first block reports a duplicate (RFC 2883 section 4).
bool TcpConnection::take_sack_blocks(const TcpSegment& segment, Sequence acknowledged_before,
                                     Instant now, TcpScoreboard::Delivered& delivered) {
  if (!sack_ || segment.sack_count == 0) return false;
  bool duplicate_reported = false;
  for (std::uint8_t i = 0; i < segment.sack_count; ++i) {
    const SackBlock& block = segment.sack[i];
    if (!before(block.begin, block.end) || after(block.end, send_next_)) continue;
    if (i == 0) {
      const bool inside_second = segment.sack_count > 1 &&
                                 at_or_before(segment.sack[1].begin, block.begin) &&
                                 at_or_before(block.end, segment.sack[1].end);
      duplicate_reported = before(block.begin, segment.acknowledgment) || inside_second;
    }
    if (before(block.begin, segment.acknowledgment) && before(block.begin, acknowledged_before))
      continue;
    scoreboard_.sack(block, now, rack_, delivered);
  }
  if (duplicate_reported) rack_.on_duplicate_report(send_unacknowledged_, send_next_);
  if (delivered.reordered) rack_.on_reordering();
  return duplicate_reported;
}

void TcpConnection::sample_round_trip(const TcpSegment& segment,
                                      const TcpScoreboard::Delivered& delivered, Instant now) {
  if (delivered.has_round_trip) {
    rto_.sample(delivered.first_round_trip, send_unacknowledged_, send_next_);
    rack_.on_round_trip(delivered.last_round_trip);
    cubic_.on_round_trip(delivered.last_round_trip);
    rto_.end_backoff();
    return;
  }
  // Timestamps tell which of several transmissions is answered (RFC 7323 section 4.1).
  if (delivered.acknowledged == 0 || !timestamps_ || !segment.has_timestamps ||
      segment.timestamp_echo == 0)
    return;
  const std::uint32_t elapsed = timestamp(now) - segment.timestamp_echo;
  if (elapsed > 0x7fffffff) return;
  rto_.sample(std::chrono::milliseconds(std::max(elapsed, 1u)), send_unacknowledged_, send_next_);
  rto_.end_backoff();
}

void TcpConnection::count_acknowledged_fin() {
  if (!fin_sent_ || fin_acknowledged_ || send_unacknowledged_ != send_next_) return;
  fin_acknowledged_ = true;
  if (state_ == TcpState::kFinWait1) enter(TcpState::kFinWait2);
  if (state_ == TcpState::kLastAck) end(StreamError::kNone, peer_cause_);
}

}  // namespace mailcosm::sim
