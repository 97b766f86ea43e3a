#include "protocols/pop3/client_session.h"

#include <utility>

namespace mailcosm::pop3 {

using client::Closed;
using client::Event;
using client::NeedMore;

ClientSession::ClientSession(Instant now, const ClientLimits& limits)
    : limits_(limits), waiting_since_(now) {}

void ClientSession::receive(std::string_view bytes, Instant now) {
  if (closed() || end_of_input_) return;
  wait_from(now);
  if (lines_.buffered().size() + bytes.size() > limits_.input_length_max) {
    closing_ = true;
    reason_ = Closed::Reason::kProtocolError;
    return;
  }
  if (line_reported_ && line_.data() != held_line_.data()) {
    held_line_.assign(line_);
    line_ = held_line_;
  }
  if (done_due_) response_.text = {};
  lines_.append(bytes);
}

void ClientSession::end_of_input(Instant now) {
  wait_from(now);
  end_of_input_ = true;
}

Event ClientSession::next(std::string& output) {
  if (closed()) return NeedMore{};
  if (closing_) return close(reason_);
  if (line_reported_) return next_reported(output);
  if (done_due_) return done();
  send_requests(output);
  if (phase_ == Phase::kContent) return take_content();
  return take_line();
}

Event ClientSession::next_reported(std::string& output) {
  line_reported_ = false;
  Event event = handle_line(line_, output);
  // Some lines only move the session on: a dot, a challenge, USER accepted.
  if (std::holds_alternative<NeedMore>(event)) return next(output);
  return event;
}

Event ClientSession::take_line() {
  const LineBuffer::Taken taken = lines_.take_line(limits_.line_length_max);
  if (taken.status == LineBuffer::Status::kTooLong) return close(Closed::Reason::kProtocolError);
  if (taken.status == LineBuffer::Status::kNeedMore) {
    return end_of_input_ ? close(Closed::Reason::kPeerClosed) : Event{};
  }
  line_ = taken.line;
  line_reported_ = true;
  return client::LineReceived{line_};
}

Event ClientSession::handle_line(std::string_view line, std::string& output) {
  if (phase_ == Phase::kListing) return handle_listing_line(line);
  if (phase_ == Phase::kContent) return end_multi_line();
  if (phase_ == Phase::kStatus) {
    // Nothing was asked: a server never speaks by itself.
    if (sent_ == 0) return close(Closed::Reason::kProtocolError);
    if (requests_.front().command == Command::kAuth && line.starts_with("+ ")) {
      return handle_challenge(line.substr(2), output);
    }
  }
  const std::optional<Response> response = parse_response(line);
  if (!response) return close(Closed::Reason::kProtocolError);
  return phase_ == Phase::kGreeting ? handle_greeting(*response) : handle_status(*response);
}

Event ClientSession::close(Closed::Reason reason) {
  phase_ = Phase::kClosed;
  closing_ = false;
  done_due_ = false;
  requests_.clear();
  sasl_.reset();
  // The line that this event follows was reported before; its views end here.
  lines_.clear();
  return Closed{reason};
}

void ClientSession::wait_from(Instant now) { waiting_since_ = now; }

Instant ClientSession::deadline() const {
  const bool is_waiting = phase_ == Phase::kGreeting || !requests_.empty();
  if (closed() || closing_ || !is_waiting) return Instant::never();
  return waiting_since_ + limits_.response_timeout;
}

void ClientSession::expire(Instant now) {
  if (now < deadline()) return;
  closing_ = true;
  line_reported_ = false;
  reason_ = Closed::Reason::kTimeout;
}

}  // namespace mailcosm::pop3
