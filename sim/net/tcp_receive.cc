// Segments that arrive: which are looked at at all, and their octets (RFC 9293 section 3.10.7.4;
// RFC 5961).

#include <algorithm>

#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {
namespace {

// RFC 5961 section 7: challenge ACKs are rare.
constexpr Duration kChallengeInterval = std::chrono::milliseconds(500);

// A clock of about a second that is cheap to read, and 24 days in it.
constexpr int kSecondShift = 30;
constexpr auto kTimestampAgeMax =
    static_cast<std::uint32_t>(Duration(std::chrono::hours(24 * 24)).count() >> kSecondShift);

std::uint32_t seconds_of(Instant now) { return static_cast<std::uint32_t>(now.ns >> kSecondShift); }

}  // namespace

// The four cases of RFC 9293 section 3.4; our window never closes.
bool TcpConnection::is_acceptable(const TcpSegment& segment) {
  const Sequence expected = receive_buffer_.next();
  if (segment.length() == 0) {
    return at_or_before(expected, segment.sequence) &&
           at_or_before(segment.sequence, receive_window_end_);
  }
  return after(segment.end(), expected) && before(segment.sequence, receive_window_end_);
}

void TcpConnection::challenge(Instant now) {
  if (now < next_challenge_) return;
  next_challenge_ = now + kChallengeInterval;
  delayed_ack_.demand();
}

// PAWS (RFC 7323 section 5.3). After 24 days of silence the peer's clock may have gone half round,
// and what it said then counts no more (section 5.5).
bool TcpConnection::is_older_than_known(const TcpSegment& segment, Instant now) const {
  return before(segment.timestamp_value, peer_timestamp_) &&
         seconds_of(now) - peer_timestamp_at_ <= kTimestampAgeMax;
}

void TcpConnection::remember_timestamp(const TcpSegment& segment, Instant now) {
  peer_timestamp_ = segment.timestamp_value;
  peer_timestamp_at_ = seconds_of(now);
}

bool TcpConnection::passes_checks(const TcpSegment& segment, Instant now) {
  const bool is_reset = segment.has(tcp_flag::kRst);
  if (timestamps_ && segment.has_timestamps && !is_reset && is_older_than_known(segment, now)) {
    delayed_ack_.demand();
    return false;
  }
  // A RST does not end the wait early (RFC 1337 section 3, F1).
  if (is_reset && state_ == TcpState::kTimeWait) return false;
  if (!is_acceptable(segment)) {
    if (is_reset) return false;
    if (state_ == TcpState::kSynReceived && segment.has(tcp_flag::kSyn)) {
      if (segment.sequence + 1 != receive_buffer_.next()) return false;
      if (segment.has(tcp_flag::kAck)) {
        delayed_ack_.demand();  // the second half of a simultaneous open
        return true;
      }
      syn_due_ = true;  // our SYN-ACK was lost
      return false;
    }
    const std::uint32_t octets = segment.payload.size();
    if (octets != 0 && before(segment.sequence, receive_buffer_.next())) {
      receive_buffer_.note_duplicate(segment.sequence, segment.sequence + octets);
      delayed_ack_.hurry(receive_window_ / (2u * send_mss_));
    }
    if (octets == 0 && !segment.has(tcp_flag::kFin)) {
      // Seldom, so that two sides that have lost each other's numbers do not answer each other
      // forever (RFC 5961 section 7).
      challenge(now);
      return false;
    }
    delayed_ack_.demand();
    if (state_ == TcpState::kTimeWait && segment.has(tcp_flag::kFin))
      quiet_until_ = now + settings_->time_wait;
    return false;
  }
  if (is_reset) {
    receive_reset(segment);
    if (state_ != TcpState::kClosed) challenge(now);
    return false;
  }
  if (segment.has(tcp_flag::kSyn)) {
    challenge(now);  // RFC 5961 section 4
    return false;
  }
  if (!segment.has(tcp_flag::kAck)) return false;
  if (timestamps_ && segment.has_timestamps && at_or_before(segment.sequence, last_acknowledged_)) {
    remember_timestamp(segment, now);
  }
  return true;
}

// Only a RST with exactly the expected number counts (RFC 5961 section 3.2).
void TcpConnection::receive_reset(const TcpSegment& segment) {
  if (segment.sequence != receive_buffer_.next()) return;
  switch (state_) {
    case TcpState::kClosing:
    case TcpState::kLastAck:
      return end(StreamError::kNone, segment.cause);
    case TcpState::kSynReceived:
      return end(StreamError::kRefused, segment.cause);
    default:
      return end(StreamError::kReset, segment.cause);
  }
}

void TcpConnection::receive_text(const TcpSegment& segment, Instant now) {
  if (segment.payload.empty() || fin_received_) return;
  switch (state_) {
    case TcpState::kEstablished:
    case TcpState::kFinWait1:
    case TcpState::kFinWait2:
      break;
    default:
      return;
  }
  if (orphaned_ && after(segment.sequence + segment.payload.size(), receive_buffer_.next())) {
    // Nobody will read this: the peer is told so (RFC 9293 section 3.6.1).
    reset_due_ = reset_answers_ = true;
    reset_sequence_ = segment.acknowledgment;
    return end(StreamError::kReset, segment.cause);
  }
  Slice bytes = segment.payload;
  const std::uint32_t room = receive_window_end_ - segment.sequence;
  if (bytes.size() > room) bytes.truncate(room);
  const std::uint32_t octets = bytes.size();
  const std::uint32_t quick_max = receive_window_ / (2u * std::max<std::uint32_t>(octets, 536));
  const bool had_holes = receive_buffer_.has_holes();
  const bool advanced = receive_buffer_.insert(segment.sequence, std::move(bytes), segment.cause);
  if (!advanced) {
    // Early: the sender must hear of it at once (RFC 5681 section 4.2).
    delayed_ack_.demand();
    return;
  }
  grow_receive_window(octets);
  delayed_ack_.on_data(now, octets, quick_max, settings_->delayed_ack, rto_.timeout());
  if (had_holes) delayed_ack_.demand();
}

// The window stays ahead of the sender's slow start: two segments more for each that comes.
void TcpConnection::grow_receive_window(std::uint32_t octets) {
  if (!scaling_ || octets < send_mss_ / 2u) return;
  const std::uint32_t representable = 0xffffu << receive_scale_;
  const std::uint32_t max = std::min(settings_->receive_window_max, representable);
  receive_window_ = std::max(receive_window_, std::min(receive_window_ + 2u * own_mss_, max));
}

}  // namespace mailcosm::sim
