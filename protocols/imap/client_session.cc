#include "protocols/imap/client_session.h"

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/imap/wire_splitter.h"

namespace mailcosm::imap {

using namespace client;

namespace {

constexpr std::size_t kKeptCapacity = 4'096;

}  // namespace

std::string_view client::to_string(Closed::Reason reason) {
  constexpr std::string_view names[] = {"logout", "refused by the server", "peer closed", "timeout",
                                        "protocol error"};
  return names[static_cast<std::size_t>(reason)];
}

ClientSession::ClientSession(Instant now, const ClientLimits& limits) : limits_(limits), now_(now) {
  rearm();
}

void ClientSession::rearm() {
  if (phase_ == Phase::kClosed || (phase_ == Phase::kReady && requests_.empty())) {
    deadline_ = Instant::never();
  } else {
    deadline_ = now_ + (phase_ == Phase::kIdle && !done_said_ ? limits_.idle_timeout
                                                              : limits_.response_timeout);
  }
}

void ClientSession::receive(std::string_view bytes, Instant now) {
  if (phase_ == Phase::kClosed) return;
  now_ = now;
  sent_since_ = false;
  buffer_.append(bytes);
  rearm();
}

void ClientSession::end_of_input(Instant now) {
  now_ = now;
  input_ended_ = true;
}

void ClientSession::expire(Instant now) {
  CHECK(now >= deadline_);
  now_ = now;
  // Requests carry no time of their own: what was sent after a long silence has not been waited for
  // yet.
  if (sent_since_) {
    sent_since_ = false;
    rearm();
    return;
  }
  close(Closed::Reason::kTimeout);
}

void ClientSession::close(Closed::Reason reason) {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  requests_.clear();
  buffer_.clear();
  due_.push_back(Closed{reason});
  rearm();
}

Event ClientSession::next(std::string& output) {
  for (;;) {
    if (due_at_ < due_.size()) return due_[due_at_++];
    due_.clear();
    due_at_ = 0;
    // A response that was handled is forgotten; a long one gives its storage back.
    if (!response_due_ && !in_literal_ && part_begin_ == 0 && response_.capacity() > kKeptCapacity)
      response_ = {};
    if (phase_ == Phase::kClosed) return NeedMore{};
    if (!step(output)) return NeedMore{};
  }
}

// False if there is nothing more to do.
bool ClientSession::step(std::string& output) {
  if (response_due_) {
    response_due_ = false;
    handle_response(output);
    return true;
  }
  // Before more input is looked at, so that what is said does not depend on how the input was cut.
  write_requests(output);
  const bool taken = in_literal_ ? take_literal() : take_line();
  if (taken || phase_ == Phase::kClosed) return true;
  if (!input_ended_) return false;
  close(Closed::Reason::kPeerClosed);
  return true;
}

bool ClientSession::take_line() {
  const LineBuffer::Taken taken = buffer_.take_line(limits_.line_length_max);
  if (taken.status == LineBuffer::Status::kNeedMore) return false;
  if (taken.status == LineBuffer::Status::kTooLong) {
    fail();
    return true;
  }
  if (part_begin_ == 0) response_.clear();
  part_begin_ = response_.size();
  response_.append(taken.line);
  due_.push_back(LineReceived{std::string_view(response_).substr(part_begin_)});
  LiteralAnnouncement literal;
  // A continuation request is free text and announces nothing.
  if (!response_.starts_with('+') && find_literal(taken.line, literal)) {
    if (literal.size > limits_.response_length_max ||
        response_.size() + literal.size > limits_.response_length_max) {
      fail();
      return true;
    }
    response_.append("\r\n");
    part_begin_ = response_.size();
    literal_left_ = literal.size;
    in_literal_ = true;
    due_.back() = LineReceived{
        std::string_view(response_).substr(part_begin_ - taken.line.size() - 2, taken.line.size())};
  } else {
    part_begin_ = 0;
    response_due_ = true;
  }
  return true;
}

bool ClientSession::take_literal() {
  const std::string_view bytes = buffer_.take_bytes(static_cast<std::size_t>(literal_left_));
  response_.append(bytes);
  literal_left_ -= bytes.size();
  if (literal_left_ > 0) return false;
  in_literal_ = false;
  due_.push_back(LiteralReceived{std::string_view(response_).substr(part_begin_)});
  return true;
}

bool ClientSession::has_capability(std::string_view name) const {
  std::string_view rest = capabilities_;
  while (!rest.empty()) {
    if (ascii::equal_ignoring_case(ascii::take_until(rest, ' '), name)) return true;
  }
  return false;
}

}  // namespace mailcosm::imap
