#include "protocols/smtp/client_session.h"

#include "protocols/base/check.h"

namespace mailcosm::smtp {

ClientSession::ClientSession(const ClientConfig& config, Instant now)
    : config_(&config), now_(now), deadline_(Instant::never()) {
  wait_for(Phase::kGreeting, config.limits.greeting_timeout);
}

void ClientSession::receive(std::string_view bytes, Instant now) {
  CHECK(!line_taken_);
  now_ = now;
  if (phase_ != Phase::kClosed) buffer_.append(bytes);
}

void ClientSession::end_of_input(Instant now) {
  now_ = now;
  input_ended_ = true;
}

void ClientSession::expire(Instant now) {
  CHECK(now >= deadline_);
  now_ = now;
  deadline_ = Instant::never();
  expired_ = true;
}

void ClientSession::wait_for(Phase phase, Duration timeout) {
  phase_ = phase;
  deadline_ = now_ + timeout;
}

bool ClientSession::ready() const {
  return phase_ == Phase::kReady && !verdict_ && !done_due_ && !ready_due_ && !send_due_ &&
         !quit_due_;
}

void ClientSession::become_ready() {
  phase_ = Phase::kReady;
  deadline_ = Instant::never();
  ready_due_ = true;
}

void ClientSession::quit(Instant now) {
  CHECK(ready());
  now_ = now;
  quit_due_ = true;
}

ClientEvent ClientSession::next(std::string& output) {
  ClientEvent event = next_reported();
  if (!std::holds_alternative<NeedMore>(event)) return event;
  if (phase_ == Phase::kClosed) return Closed{closing_};
  if (expired_) return close(CloseReason::kTimeout);
  if (send_due_) {
    send_due_ = false;
    begin_transaction(output);
    event = next_reported();
    if (!std::holds_alternative<NeedMore>(event)) return event;
  }
  if (quit_due_) {
    quit_due_ = false;
    output += "QUIT\r\n";
    wait_for(Phase::kQuit, config_->limits.mail_timeout);
  }
  return next_reply(output);
}

// What is already decided and only waits to be told.
ClientEvent ClientSession::next_reported() {
  while (verdict_ && verdict_at_ < settled_.size()) {
    const std::size_t recipient = verdict_at_++;
    if (settled_[recipient]) continue;
    settled_[recipient] = true;
    return RecipientDone{recipient, verdict_->stage, verdict_->reply, verdict_->local};
  }
  verdict_.reset();
  if (done_due_) {
    done_due_ = false;
    return TransactionDone{};
  }
  if (ready_due_) {
    ready_due_ = false;
    return Ready{};
  }
  return NeedMore{};
}

ClientEvent ClientSession::next_reply(std::string& output) {
  while (true) {
    if (!line_taken_) {
      const auto taken = buffer_.take_line(config_->limits.reply_line_length_max - 2);
      if (taken.status == LineBuffer::Status::kNeedMore) {
        if (!input_ended_) return NeedMore{};
        return close(phase_ == Phase::kQuit ? closing_ : CloseReason::kEndOfInput);
      }
      if (taken.status == LineBuffer::Status::kTooLong) return close(CloseReason::kProtocolError);
      parsed_ = parser_.add(taken.line, config_->limits.reply_lines_max);
      line_taken_ = true;
      return LineReceived{taken.line};
    }
    if (parsed_ == ReplyParser::Status::kReply && !reply_reported_ && phase_ != Phase::kReady) {
      reply_reported_ = true;
      return ReplyReceived{stage(), reply_recipient(), parser_.reply()};
    }
    line_taken_ = false;
    reply_reported_ = false;
    if (parsed_ == ReplyParser::Status::kNeedMore) continue;
    if (parsed_ != ReplyParser::Status::kReply) return close(CloseReason::kProtocolError);
    ClientEvent event = handle(parser_.reply(), output);
    if (std::holds_alternative<NeedMore>(event)) event = next_reported();
    if (!std::holds_alternative<NeedMore>(event)) return event;
  }
}

ClientEvent ClientSession::handle(const Reply& reply, std::string& output) {
  // RFC 5321 section 3.8: 421 may answer any command, and the server closes after it.
  if (reply.code == 421 && in_transaction()) {
    conclude(stage(), reply, false);
    return close(CloseReason::kRefused);
  }
  switch (phase_) {
    case Phase::kGreeting:
      return handle_greeting(reply, output);
    case Phase::kEhlo:
      return handle_ehlo(reply, output);
    case Phase::kHelo:
      return handle_helo(reply, output);
    case Phase::kAuth:
      return handle_auth(reply, output);
    case Phase::kCommands:
      return handle_command(reply, output);
    case Phase::kMessage:
    case Phase::kEmptyBody:
      return handle_message(reply);
    case Phase::kRset:
      if (reply.code == 421) return close(CloseReason::kRefused);
      become_ready();
      return NeedMore{};
    case Phase::kQuit:
      return close(closing_);
    case Phase::kBody:
      // The server gives up before the end of the message.
      conclude(Stage::kMessage, reply, false);
      return close(CloseReason::kProtocolError);
    case Phase::kReady:
      return close(reply.code == 421 ? CloseReason::kRefused : CloseReason::kProtocolError);
    case Phase::kClosed:
      break;
  }
  return NeedMore{};
}

ClientEvent ClientSession::close(CloseReason reason) {
  if (in_transaction()) {
    if (!verdict_) conclude(stage(), {}, false);
    done_due_ = true;
  }
  phase_ = Phase::kClosed;
  closing_ = reason;
  deadline_ = Instant::never();
  ClientEvent event = next_reported();
  if (!std::holds_alternative<NeedMore>(event)) return event;
  return Closed{reason};
}

Stage ClientSession::stage() const {
  switch (phase_) {
    case Phase::kGreeting:
      return Stage::kGreeting;
    case Phase::kEhlo:
      return Stage::kEhlo;
    case Phase::kHelo:
      return Stage::kHelo;
    case Phase::kAuth:
      return Stage::kAuth;
    case Phase::kCommands:
      if (answered_ == 0) return Stage::kMail;
      return answered_ == data_position() ? Stage::kData : Stage::kRcpt;
    case Phase::kBody:
    case Phase::kEmptyBody:
    case Phase::kMessage:
      return Stage::kMessage;
    case Phase::kReady:
    case Phase::kRset:
      return Stage::kRset;
    case Phase::kQuit:
    case Phase::kClosed:
      return Stage::kQuit;
  }
  return Stage::kQuit;
}

// Which recipient the next reply is about, where it is about one.
std::size_t ClientSession::reply_recipient() const {
  if (phase_ == Phase::kCommands && answered_ != 0 && answered_ != data_position()) {
    return answered_ - 1;
  }
  if (phase_ == Phase::kMessage && config_->service == Service::kLmtp) return next_unsettled();
  return 0;
}

}  // namespace mailcosm::smtp
