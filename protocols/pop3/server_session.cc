#include "protocols/pop3/server_session.h"

#include <utility>

#include "protocols/base/check.h"

namespace mailcosm::pop3 {

using server::Closed;
using server::Event;

ServerSession::ServerSession(const ServerConfig& config, Instant now)
    : config_(&config), idle_since_(now) {}

void ServerSession::receive(std::string_view bytes, Instant now) {
  if (state_ == State::kClosed || end_of_input_) return;
  idle_since_ = now;
  if (lines_.buffered().size() + bytes.size() > config_->limits.input_length_max) {
    return close(Closed::Reason::kInputLimit);
  }
  if (line_reported_ && line_.data() != held_line_.data()) {
    held_line_.assign(line_);
    line_ = held_line_;
  }
  lines_.append(bytes);
}

void ServerSession::end_of_input(Instant now) {
  idle_since_ = now;
  end_of_input_ = true;
}

Event ServerSession::next(std::string& output) {
  while (question_ == Question::kNone) {
    if (task_ == Task::kReadLine && !line_reported_) return take_line();
    if (task_ == Task::kNothing) break;
    if (std::optional<Event> event = run_task(output)) return *std::move(event);
  }
  return server::NeedMore{};
}

Event ServerSession::take_line() {
  const ServerLimits& limits = config_->limits;
  const bool is_sasl = state_ == State::kAuthenticating;
  const LineBuffer::Taken taken =
      lines_.take_line(is_sasl ? limits.sasl_line_length_max : limits.command_line_length_max);
  if (taken.status == LineBuffer::Status::kNeedMore) {
    if (!end_of_input_) return server::NeedMore{};
    close(Closed::Reason::kPeerClosed);
    task_ = Task::kNothing;
    return Closed{reason_};
  }
  line_ = taken.line;
  line_too_long_ = taken.status == LineBuffer::Status::kTooLong;
  line_reported_ = true;
  return server::LineReceived{line_};
}

std::optional<Event> ServerSession::run_task(std::string& output) {
  switch (task_) {
    case Task::kGreet:
      task_ = Task::kReadLine;
      output.append("+OK ").append(config_->host_name).append(" POP3 server ready\r\n");
      break;
    case Task::kReadLine:
      line_reported_ = false;
      handle_line(line_, output);
      break;
    case Task::kAskLogin:
      return ask(Question::kLogin, server::LoginAsked{user_, password_});
    case Task::kRefuseLogin:
      refuse_login(output);
      break;
    case Task::kAskMaildrop:
      return ask(Question::kMaildrop, server::MaildropAsked{user_});
    case Task::kAnnounceMaildrop:
      task_ = Task::kReadLine;
      change_state(true);
      output.append("+OK maildrop has ");
      write_totals(output);
      break;
    case Task::kContinueListing:
      continue_listing(output);
      if (task_ == Task::kContinueListing) return server::MoreOutput{};
      break;
    case Task::kAskContent:
      return ask(Question::kContent, server::ContentAsked{at_, content_offset_});
    case Task::kSendContent:
      return send_content(output);
    case Task::kRefuseContent:
      task_ = Task::kReadLine;
      error(ResponseCode::kSysPerm, "message cannot be read", output);
      break;
    case Task::kEndContent:
      end_content(output);
      break;
    case Task::kAskRemoval:
      return ask(Question::kRemoval, server::RemoveAsked{removing_});
    case Task::kSayFarewell:
      say_farewell(output);
      break;
    case Task::kClose:
      task_ = Task::kNothing;
      state_ = State::kClosed;
      return Closed{reason_};
    case Task::kNothing:
      break;
  }
  return std::nullopt;
}

Event ServerSession::ask(Question question, Event event) {
  question_ = question;
  return event;
}

bool ServerSession::resolve(Question question, Task then, Instant now) {
  if (task_ == Task::kClose || task_ == Task::kNothing) return false;
  CHECK(question_ == question);
  question_ = Question::kNone;
  task_ = then;
  idle_since_ = now;
  return true;
}

void ServerSession::answer(server::LoginAnswer login, Instant now) {
  const bool is_accepted = login.refusal == ResponseCode::kNone;
  if (!resolve(Question::kLogin, is_accepted ? Task::kAskMaildrop : Task::kRefuseLogin, now))
    return;
  refusal_ = login.refusal;
  password_.clear();
}

void ServerSession::answer(Maildrop maildrop, Instant now) {
  if (!resolve(Question::kMaildrop, Task::kAnnounceMaildrop, now)) return;
  maildrop_ = std::move(maildrop);
  deleted_.assign(maildrop_.size(), false);
}

void ServerSession::answer(server::MaildropRefusal refusal, Instant now) {
  if (!resolve(Question::kMaildrop, Task::kRefuseLogin, now)) return;
  refusal_ = refusal.code;
}

void ServerSession::answer(server::ContentAnswer content, Instant now) {
  CHECK(content.available ? content.last || !content.bytes.empty() : content_offset_ == 0);
  if (!resolve(Question::kContent, content.available ? Task::kSendContent : Task::kRefuseContent,
               now)) {
    return;
  }
  content_ = content;
}

void ServerSession::answer(server::RemovalAnswer removal, Instant now) {
  if (!resolve(Question::kRemoval, Task::kSayFarewell, now)) return;
  all_removed_ = removal.all_removed;
}

Instant ServerSession::deadline() const {
  if (question_ != Question::kNone || task_ == Task::kClose || task_ == Task::kNothing) {
    return Instant::never();
  }
  return idle_since_ + config_->limits.autologout;
}

void ServerSession::expire(Instant now) {
  if (now >= deadline()) close(Closed::Reason::kAutologout);
}

void ServerSession::close(Closed::Reason reason) {
  if (task_ == Task::kNothing) return;
  reason_ = reason;
  task_ = Task::kClose;
  state_ = State::kClosed;
  question_ = Question::kNone;
  line_reported_ = false;
  lines_.clear();
  maildrop_ = {};
}

void ServerSession::change_state(bool ok) {
  const Transition* transition = find_transition(state_, command_);
  CHECK(transition != nullptr);
  state_ = ok ? transition->on_ok : transition->on_error;
}

void ServerSession::ok(std::string_view text, std::string& output) {
  output.append(text.empty() ? "+OK" : "+OK ").append(text).append("\r\n");
}

void ServerSession::error(ResponseCode code, std::string_view text, std::string& output) {
  output.append("-ERR ");
  if (code != ResponseCode::kNone) output.append(to_string(code)).append(" ");
  output.append(text).append("\r\n");
  if (++errors_ >= config_->limits.errors_max) close(Closed::Reason::kTooManyErrors);
}

}  // namespace mailcosm::pop3
