#include "protocols/imap/server_session.h"

#include "protocols/base/check.h"

namespace mailcosm::imap {

using namespace server;

std::string_view server::to_string(Closed::Reason reason) {
  constexpr std::string_view names[] = {"logout",         "peer closed",
                                        "timeout",        "too many errors",
                                        "protocol error", "closed by the server"};
  return names[static_cast<std::size_t>(reason)];
}

ServerSession::ServerSession(const ServerConfig& config, Instant now)
    : config_(&config), now_(now) {
  rearm();
}

void ServerSession::rearm() {
  deadline_ =
      now_ + (state_ == State::kNotAuthenticated ? config_->login_timeout : config_->idle_timeout);
}

void ServerSession::receive(std::string_view bytes, Instant now) {
  if (phase_ == Phase::kClosed) return;
  now_ = now;
  rearm();
  buffer_.append(bytes);
  if (question_ != Question::kNone &&
      buffer_.buffered().size() > config_->limits.input_length_max) {
    close_with(Closed::Reason::kProtocolError, "Too much input");
  }
}

void ServerSession::end_of_input(Instant now) {
  now_ = now;
  input_ended_ = true;
}

void ServerSession::expire(Instant now) {
  CHECK(now >= deadline_);
  now_ = now;
  // Whoever lets a question wait is to blame, not the client.
  if (question_ != Question::kNone) {
    rearm();
  } else {
    close_with(Closed::Reason::kTimeout, "Autologout; idle for too long");
  }
}

void ServerSession::close(std::string_view reason) { close_with(Closed::Reason::kKicked, reason); }

void ServerSession::close_with(Closed::Reason reason, std::string_view bye) {
  if (phase_ == Phase::kClosed || closing_) return;
  closing_ = reason;
  bye_.assign(bye);
}

Event ServerSession::next(std::string& output) {
  for (;;) {
    if (phase_ == Phase::kClosed) return NeedMore{};
    if (closing_) return end(output);
    if (question_ != Question::kNone) return NeedMore{};
    if (deselected_due_) {
      deselected_due_ = false;
      return Deselected{};
    }
    const Step result = ask_due_ != Question::kNone ? ask(ask_due_) : step(output);
    if (result) return *result;
  }
}

Event ServerSession::end(std::string& output) {
  const Closed::Reason reason = *closing_;
  if (!bye_.empty()) output.append("* BYE ").append(bye_).append("\r\n");
  phase_ = Phase::kClosed;
  state_ = State::kLoggedOut;
  if (reason == Closed::Reason::kLogout) write_tagged(Condition::kOk, {}, {}, output);
  question_ = Question::kNone;
  deadline_ = Instant::never();
  buffer_.clear();
  mailbox_ = {};
  command_ = {};
  return Closed{reason};
}

ServerSession::Step ServerSession::step(std::string& output) {
  switch (phase_) {
    case Phase::kGreeting:
      greet(output);
      phase_ = Phase::kCommand;
      return {};
    case Phase::kLiteral:
      return literal_step();
    case Phase::kAppend:
      return append_step();
    case Phase::kSkip:
      return skip_step(output);
    case Phase::kFetch:
      return fetch_step(output);
    case Phase::kSearch:
      return search_step(output);
    default:
      return line_step(output);
  }
}

ServerSession::Step ServerSession::line_step(std::string& output) {
  if (line_taken_) {
    line_taken_ = false;
    return handle_line(output);
  }
  const LineBuffer::Taken taken = buffer_.take_line(config_->limits.line_length_max);
  if (taken.status == LineBuffer::Status::kNeedMore) return need_more(output);
  if (taken.status == LineBuffer::Status::kTooLong) return line_too_long(output);
  line_begin_ = command_.size();
  command_.append(taken.line);
  line_taken_ = true;
  return LineReceived{std::string_view(command_).substr(line_begin_)};
}

ServerSession::Step ServerSession::need_more(std::string& output) {
  written_ = 0;
  if (input_ended_) {
    close_with(Closed::Reason::kPeerClosed, {});
    return {};
  }
  if (phase_ == Phase::kIdle) mailbox_.write_updates(true, false, output);
  return NeedMore{};
}

ServerSession::Step ServerSession::handle_line(std::string& output) {
  const std::string_view line = std::string_view(command_).substr(line_begin_);
  switch (phase_) {
    case Phase::kSasl:
      return sasl_line(line, output);
    case Phase::kIdle:
      return idle_line(line, output);
    case Phase::kAppendTail:
      return append_tail(line, output);
    case Phase::kSkipTail:
      return skip_line(line, output);
    default:
      break;
  }
  LiteralAnnouncement literal;
  if (find_literal(line, literal)) return literal_announced(literal, output);
  return dispatch(output);
}

ServerSession::Step ServerSession::line_too_long(std::string& output) {
  if (phase_ == Phase::kAppendTail) {
    bad("Command line too long", output);
    return AppendAborted{};
  }
  return bad("Command line too long", output);
}

ServerSession::Step ServerSession::ask(Question question) {
  ask_due_ = Question::kNone;
  question_ = question;
  switch (question) {
    case Question::kLogin:
      return LoginAsked{&credentials_,
                        sasl_ ? sasl::name_of(sasl_->mechanism()) : std::string_view()};
    case Question::kSelect:
      return SelectAsked{name_, verb_ == Command::kExamine};
    case Question::kMailbox:
      return mailbox_question();
    case Question::kList:
      return ListAsked{verb_ == Command::kLsub};
    case Question::kStatus:
      return StatusAsked{name_};
    case Question::kAppend:
      return AppendAsked{name_, &flags_, internal_date_, literal_.size};
    case Question::kAppendEnd:
      return AppendEndAsked{};
    case Question::kContent:
      return ContentAsked{mailbox_.at(positions_[at_]).info.uid};
    case Question::kSeen:
    case Question::kStore:
      return StoreAsked{uids_, store_mode_, &flags_, question == Question::kSeen};
    case Question::kCopy:
      return CopyAsked{uids_, name_, verb_ == Command::kMove};
    case Question::kExpunge:
      return ExpungeAsked{uids_};
    case Question::kNone:
      break;
  }
  CHECK(false);
  return {};
}

void ServerSession::answer(const Verdict& verdict, Instant now, std::string& output) {
  if (phase_ == Phase::kClosed) return;
  now_ = now;
  const Question question = question_;
  CHECK(question != Question::kNone);
  question_ = Question::kNone;
  const bool ok = verdict.condition == Condition::kOk;
  switch (question) {
    case Question::kLogin:
      answer_login(verdict, output);
      return;
    case Question::kAppend:
      answer_append(verdict, output);
      return;
    case Question::kSeen:
      // That \Seen cannot be kept is no reason to withhold the message.
      phase_ = Phase::kFetch;
      return;
    case Question::kStore:
      answer_store(verdict, output);
      return;
    case Question::kExpunge:
      if (ok && verb_ == Command::kClose) deselect();
      finish(verdict, output);
      return;
    case Question::kMailbox:
      finish(verdict, output);
      return;
    default:
      CHECK(!ok);
      finish(verdict, output);
      return;
  }
}

void ServerSession::deselect() {
  if (state_ != State::kSelected) return;
  state_ = State::kAuthenticated;
  mailbox_ = {};
  deselected_due_ = true;
}

void ServerSession::arrived(const MessageInfo& message) {
  if (state_ == State::kSelected) mailbox_.arrived(message);
}

void ServerSession::expunged(Uid uid) {
  if (state_ == State::kSelected) mailbox_.expunged(uid);
}

void ServerSession::flags_changed(Uid uid, const Flags& flags) {
  if (state_ == State::kSelected) mailbox_.flags_changed(uid, flags);
}

}  // namespace mailcosm::imap
