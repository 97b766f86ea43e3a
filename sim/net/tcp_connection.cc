#include "sim/net/tcp_connection.h"

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::sim {

TcpConnection::TcpConnection(const TcpSettings& settings, BlockPool& pool, const Start& start)
    : settings_(&settings),
      id_(start.id),
      initial_send_(start.initial_sequence),
      send_unacknowledged_(start.initial_sequence),
      send_next_(start.initial_sequence),
      own_mss_(start.mss),
      mss_default_(start.mss_default),
      receive_window_(settings.receive_window_start),
      timestamp_offset_(start.timestamp_offset),
      window_(settings.initial_window_segments),
      rto_(settings),
      send_buffer_(pool) {}

void TcpConnection::enter(TcpState state) {
  if (transition_count_ < transitions_.size()) transitions_[transition_count_++] = {state_, state};
  state_ = state;
}

bool TcpConnection::take_transition(Transition& transition) {
  if (transition_count_ == 0) return false;
  transition = transitions_[0];
  --transition_count_;
  for (std::uint8_t i = 0; i < transition_count_; ++i) transitions_[i] = transitions_[i + 1u];
  return true;
}

void TcpConnection::end(StreamError error, RecordId cause) {
  if (!tell_closed_ && close_error_ == StreamError::kNone && state_ != TcpState::kTimeWait) {
    tell_closed_ = true;
    close_error_ = error;
    close_cause_ = cause;
  }
  enter(TcpState::kClosed);
  send_buffer_.clear();
  scoreboard_ = TcpScoreboard();
  delayed_ack_ = TcpDelayedAck();
  tell_connected_ = tell_writable_ = false;
  pending_ = Pending::kNothing;
  retransmit_at_ = quiet_until_ = Instant::never();
}

TcpEvent TcpConnection::next() {
  TcpEvent event;
  if (std::exchange(tell_connected_, false)) {
    event.what = TcpEvent::What::kConnected;
    event.cause = handshake_cause_;
    return event;
  }
  if (ReceiveBuffer::Piece piece = receive_buffer_.take(); !piece.bytes.empty()) {
    event.what = TcpEvent::What::kReceived;
    event.bytes = std::move(piece.bytes);
    event.cause = piece.cause;
    return event;
  }
  if (std::exchange(tell_writable_, false)) {
    event.what = TcpEvent::What::kWritable;
    event.cause = peer_cause_;
  } else if (std::exchange(tell_ended_, false)) {
    event.what = TcpEvent::What::kEnded;
    event.cause = end_cause_;
  } else if (std::exchange(tell_closed_, false)) {
    event.what = TcpEvent::What::kClosed;
    event.error = close_error_;
    event.cause = close_cause_;
  }
  return event;
}

Instant TcpConnection::deadline() const {
  return std::min({retransmit_at_, delayed_ack_.deadline(), quiet_until_});
}

std::uint32_t TcpConnection::timestamp(Instant now) const {
  return static_cast<std::uint32_t>(now.ns / 1'000'000) + timestamp_offset_;
}

std::uint32_t TcpConnection::segment_size() const {
  std::uint32_t size = send_mss_;
  if (sack_ && (receive_buffer_.has_holes() || fin_is_early_))
    size -= 12;  // room for a report of one block
  return size;
}

std::uint16_t TcpConnection::advertise_window() {
  const std::uint32_t window = std::min<std::uint32_t>(receive_window_ >> receive_scale_, 0xffff);
  const Sequence end = receive_buffer_.next() + (window << receive_scale_);
  if (after(end, receive_window_end_)) receive_window_end_ = end;
  return static_cast<std::uint16_t>(window);
}

void TcpConnection::fill_header(TcpSegment& segment, std::uint8_t flags, Instant now) {
  segment.flags = flags;
  segment.connection = id_;
  segment.window = advertise_window();
  segment.has_timestamps = timestamps_;
  if (timestamps_) {
    segment.timestamp_value = timestamp(now);
    segment.timestamp_echo = peer_timestamp_;
  }
  if ((flags & tcp_flag::kAck) == 0) return;
  segment.acknowledgment = last_acknowledged_ = receive_buffer_.next();
  delayed_ack_.on_sent_ack();
}

void TcpConnection::add_sack_blocks(TcpSegment& segment) {
  if (!sack_) return;
  const std::uint32_t room =
      own_mss_ - std::min<std::uint32_t>(own_mss_, segment.options_size() + segment.payload.size());
  const std::uint32_t fitting = room < 12 ? 0 : (room - 4) / 8;
  const std::uint32_t count_max = std::min<std::uint32_t>(fitting, timestamps_ ? 3 : 4);
  if (count_max == 0) return;
  segment.sack_count = receive_buffer_.report(segment.sack, static_cast<std::uint8_t>(count_max));
  if (fin_is_early_) add_early_fin(segment, static_cast<std::uint8_t>(count_max));
}

// A FIN before its time is reported with the octets before it, or, where these are missing, by a
// block of its own: the first if it has just come (RFC 2018 section 4).
void TcpConnection::add_early_fin(TcpSegment& segment, std::uint8_t count_max) {
  const bool is_news = std::exchange(fin_is_news_, false);
  for (std::uint8_t i = 0; i < segment.sack_count; ++i) {
    if (segment.sack[i].end != fin_sequence_) continue;
    ++segment.sack[i].end;
    return;
  }
  if (!is_news && segment.sack_count == count_max) return;
  if (segment.sack_count < count_max) ++segment.sack_count;
  const auto blocks = segment.sack.begin();
  if (is_news) std::shift_right(blocks, blocks + segment.sack_count, 1);
  segment.sack[is_news ? 0 : segment.sack_count - 1u] = {fin_sequence_, fin_sequence_ + 1};
}

void TcpConnection::receive(const TcpSegment& segment, Instant now) {
  if (state_ == TcpState::kClosed) return;
  if (!segment.cause.is_none()) peer_cause_ = segment.cause;
  if (state_ == TcpState::kSynSent) return receive_in_syn_sent(segment, now);
  if (!passes_checks(segment, now)) return;
  if (state_ == TcpState::kSynReceived && !receive_in_syn_received(segment, now)) return;
  if (!receive_acknowledgment(segment, now) || state_ == TcpState::kClosed) return;
  receive_text(segment, now);
  if (state_ == TcpState::kClosed) return;
  if (segment.has(tcp_flag::kFin) && !fin_received_) {
    fin_is_early_ = true;
    fin_sequence_ = segment.sequence + segment.payload.size();
    end_cause_ = segment.cause;
    if (fin_sequence_ != receive_buffer_.next()) {
      fin_is_news_ = true;
      delayed_ack_.demand();
    }
  }
  if (fin_is_early_) receive_fin(now);
}

void TcpConnection::send(std::string_view bytes, RecordId cause, Instant now) {
  CHECK(!fin_queued_);
  if (state_ == TcpState::kClosed || bytes.empty()) return;
  if (send_buffer_.size() == 0) progress_at_ = now;
  send_buffer_.append(bytes, cause);
  last_cause_ = cause;
}

}  // namespace mailcosm::sim
