// The three-way handshake and simultaneous open (RFC 9293 section 3.5), with the options that only
// a SYN carries.

#include <algorithm>

#include "protocols/base/check.h"
#include "sim/net/tcp_connection.h"
#include "sim/net/tcp_timer_tick.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint16_t kMssMin = 64;
constexpr std::uint8_t kWindowScaleMax = 14;  // RFC 7323 section 2.3
constexpr std::uint16_t kTimestampsSize = 12;

}  // namespace

void TcpConnection::connect(Instant now, RecordId cause) {
  CHECK(state_ == TcpState::kClosed);
  enter(TcpState::kSynSent);
  timestamps_ = settings_->timestamps;
  handshake_cause_ = last_cause_ = cause;
  syn_due_ = true;
  syn_sent_at_ = now;
  expire_handshake(now);
}

void TcpConnection::accept(const TcpSegment& syn, Instant now) {
  CHECK(state_ == TcpState::kClosed && syn.has(tcp_flag::kSyn));
  enter(TcpState::kSynReceived);
  receive_buffer_.start(syn.sequence + 1);
  take_options(syn, now);
  handshake_cause_ = last_cause_ = peer_cause_ = syn.cause;
  syn_due_ = true;
  syn_sent_at_ = now;
  expire_handshake(now);
}

void TcpConnection::take_options(const TcpSegment& syn, Instant now) {
  const std::uint16_t peer_mss = syn.mss == 0 ? mss_default_ : std::max(syn.mss, kMssMin);
  timestamps_ = settings_->timestamps && syn.has_timestamps;
  sack_ = settings_->sack && syn.sack_permitted;
  scaling_ = syn.window_scale != TcpSegment::kNoWindowScale;
  if (scaling_) {
    send_scale_ = std::min(syn.window_scale, kWindowScaleMax);
    receive_scale_ = settings_->window_scale;
  } else {
    receive_window_ = std::min<std::uint32_t>(receive_window_, 0xffff);
  }
  if (timestamps_) remember_timestamp(syn, now);
  send_mss_ = static_cast<std::uint16_t>(std::min(peer_mss, own_mss_) -
                                         (timestamps_ ? kTimestampsSize : 0));
  // The window of a SYN is never scaled (RFC 7323 section 2.2).
  send_window_ = send_window_max_ = syn.window;
  window_sequence_ = syn.sequence;
  window_acknowledgment_ = syn.acknowledgment;
}

void TcpConnection::make_syn(TcpSegment& segment, Instant now) {
  syn_due_ = false;
  const bool answers = state_ == TcpState::kSynReceived;
  segment.sequence = initial_send_;
  fill_header(segment, static_cast<std::uint8_t>(tcp_flag::kSyn | (answers ? tcp_flag::kAck : 0)),
              now);
  const std::uint32_t window = std::min<std::uint32_t>(receive_window_, 0xffff);
  segment.window = static_cast<std::uint16_t>(window);
  if (answers) receive_window_end_ = receive_buffer_.next() + window;
  segment.mss = own_mss_;
  segment.sack_permitted = answers ? sack_ : settings_->sack;
  if (!answers || scaling_) segment.window_scale = settings_->window_scale;
  segment.cause = handshake_cause_;
  segment.is_resent = attempts_ > 1;
  send_next_ = initial_send_ + 1;
}

// Sends the SYN or SYN-ACK (again) and arms the timer for the next: 1, 2, 4 ... seconds (RFC 6298).
void TcpConnection::expire_handshake(Instant now) {
  const bool answers = state_ == TcpState::kSynReceived;
  const auto retries =
      static_cast<std::uint32_t>(answers ? settings_->syn_ack_retries : settings_->syn_retries);
  // As in Linux, the even ones are not counted among the retries.
  const std::uint32_t evenly = answers ? 0 : settings_->syn_linear_retries;
  if (attempts_ > retries + evenly) return end(StreamError::kTimeout, handshake_cause_);
  if (attempts_ > 0) ++segments_resent_;
  syn_due_ = true;
  const std::uint32_t doublings = attempts_ > evenly ? attempts_ - evenly : 0;
  const Duration wait =
      settings_->retransmission_timeout_initial * (std::int64_t{1} << std::min(doublings, 16u));
  ++attempts_;
  pending_ = Pending::kTimeout;
  retransmit_at_ =
      fires_at(now, std::min(wait, settings_->retransmission_timeout_max), settings_->timer_tick);
}

// RFC 9293 section 3.10.7.3.
void TcpConnection::receive_in_syn_sent(const TcpSegment& segment, Instant now) {
  if (segment.has(tcp_flag::kAck)) {
    const bool acceptable =
        after(segment.acknowledgment, initial_send_) && !after(segment.acknowledgment, send_next_);
    if (!acceptable) {
      if (segment.has(tcp_flag::kRst)) return;
      reset_due_ = reset_answers_ = true;
      reset_sequence_ = segment.acknowledgment;
      return;
    }
    if (segment.has(tcp_flag::kRst)) return end(StreamError::kRefused, segment.cause);
  } else if (segment.has(tcp_flag::kRst)) {
    return;
  }
  if (!segment.has(tcp_flag::kSyn)) return;
  receive_buffer_.start(segment.sequence + 1);
  receive_window_end_ = receive_buffer_.next() + std::min<std::uint32_t>(receive_window_, 0xffff);
  take_options(segment, now);
  if (!segment.has(tcp_flag::kAck)) {
    // Simultaneous open: answer the peer's SYN with ours and an ACK.
    enter(TcpState::kSynReceived);
    syn_due_ = true;
    // Tries of the SYN count no more, but that there was more than one (Karn's rule).
    attempts_ = std::min(attempts_, 2u);
    return;
  }
  handshake_cause_ = segment.cause;
  become_established(segment, now);
  delayed_ack_.demand();
}

// Gives true if the segment is to be looked at further.
bool TcpConnection::receive_in_syn_received(const TcpSegment& segment, Instant now) {
  const bool acceptable = after(segment.acknowledgment, send_unacknowledged_) &&
                          !after(segment.acknowledgment, send_next_);
  if (!acceptable) {
    reset_due_ = reset_answers_ = true;
    reset_sequence_ = segment.acknowledgment;
    return false;
  }
  become_established(segment, now);
  send_window_ = std::uint32_t{segment.window} << send_scale_;
  send_window_max_ = std::max(send_window_max_, send_window_);
  return true;
}

void TcpConnection::become_established(const TcpSegment& segment, Instant now) {
  if (attempts_ <= 1) {
    rto_.sample(now - syn_sent_at_, segment.acknowledgment, send_next_);
  } else if (timestamps_ && segment.has_timestamps && segment.timestamp_echo != 0) {
    const std::uint32_t elapsed = std::max(timestamp(now) - segment.timestamp_echo, 1u);
    rto_.sample(std::chrono::milliseconds(elapsed), segment.acknowledgment, send_next_);
  }
  if (rto_.has_sample()) {
    rack_.on_round_trip(rto_.smoothed());
    cubic_.on_round_trip(rto_.smoothed());
  }
  attempts_ = 0;
  syn_due_ = false;
  send_unacknowledged_ = send_next_;
  window_sequence_ = segment.sequence;
  window_acknowledgment_ = segment.acknowledgment;
  recovery_end_ = window_round_end_ = send_next_;
  small_end_ = send_next_;
  progress_at_ = last_sent_ = now;
  pending_ = Pending::kNothing;
  retransmit_at_ = Instant::never();
  tell_connected_ = true;
  enter(TcpState::kEstablished);
}

}  // namespace mailcosm::sim
