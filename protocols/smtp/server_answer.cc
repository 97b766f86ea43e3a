// Questions, replies, and the end of transactions and sessions.
#include <fmt/format.h>

#include "protocols/base/check.h"
#include "protocols/smtp/server_session.h"

namespace mailcosm::smtp {
namespace {

// Replies after which the server hangs up (RFC 5321 section 3.8, RFC 7504 section 4).
bool ends_session(std::uint16_t code) { return code == 421 || code == 521; }

// RFC 5321 section 4.2 and RFC 2034 section 4: 3yz replies carry no enhanced status.
bool carries_status(std::uint16_t code) { return code / 100 != 3; }

std::string_view text_for(std::uint16_t code) {
  if (code >= 500) return "Refused";
  return code >= 400 ? "Try again later" : "OK";
}

}  // namespace

ServerEvent ServerSession::ask(Question question, ServerEvent event) {
  question_ = question;
  deadline_ = Instant::never();
  return event;
}

void ServerSession::answer(const Reply& given, Instant now, std::string& output) {
  CHECK(question_open());
  now_ = now;
  const Question question = question_;
  if (question == Question::kMessage && --replies_due_ != 0 && !ends_session(given.code)) {
    write(given, {250, {2, 0, 0}, "Delivered"}, output);
    return;
  }
  question_ = Question::kNone;
  await_client();
  switch (question) {
    case Question::kNone:
      break;
    case Question::kConnect:
      answer_connect(given, output);
      break;
    case Question::kHelo:
      answer_helo(given, output);
      break;
    case Question::kAuth:
      answer_auth(given, output);
      break;
    case Question::kMail:
      answer_mail(given, output);
      break;
    case Question::kRcpt:
      answer_rcpt(given, output);
      break;
    case Question::kMessage:
      answer_message(given, output);
      break;
    case Question::kVrfy:
    case Question::kExpn:
      // RFC 5321 section 3.5.3: 252 when the server does not tell.
      write(given, {252, {2, 5, 0}, "Cannot tell, but will take mail and try to deliver it"},
            output);
      break;
  }
  if (ends_session(given.code)) shut(CloseReason::kRefused);
}

void ServerSession::answer_connect(const Reply& given, std::string& output) {
  state_ = State::kGreeted;
  refused_ = given.permanent();
  const Reply greeting = {given.code == 0 ? std::uint16_t{220} : given.code, {}, given.text};
  if (!greeting.text.empty()) {
    write_reply(greeting, false, output);
    return;
  }
  // RFC 5321 section 4.2: "220 " ( Domain / address-literal ) [ SP textstring ].
  const bool lmtp = config_->service == Service::kLmtp;
  const std::string_view service = lmtp ? " LMTP Mailcosm" : " ESMTP Mailcosm";
  fmt::memory_buffer text;
  text.append(std::string_view(config_->host_name));
  text.append(greeting.code == 220 ? service : " no service");
  write_reply({greeting.code, {}, {text.data(), text.size()}}, false, output);
}

// What `given` leaves out is taken from `usual`, as far as it fits the code.
void ServerSession::write(const Reply& given, const Reply& usual, std::string& output) {
  Reply reply = given.code == 0 ? usual : given;
  const bool same_class = reply.code / 100 == usual.code / 100;
  if (reply.status.is_none()) {
    reply.status = same_class ? usual.status : EnhancedStatus{};
    if (reply.status.is_none())
      reply.status.status_class = static_cast<std::uint8_t>(reply.code / 100);
  }
  if (!given.text.empty()) {
    reply.text = given.text;
  } else {
    reply.text = same_class ? usual.text : text_for(reply.code);
  }
  write_reply(reply, carries_status(reply.code), output);
}

ServerEvent ServerSession::refuse(const Reply& reply, std::string& output) {
  if (count_error(output)) return next_closing();
  write(reply, {}, output);
  return NeedMore{};
}

// True if that was one too many: the session is closing, and the 421 stands for the reply.
bool ServerSession::count_error(std::string& output) {
  if (++errors_ < config_->limits.errors_max) return false;
  write({421, {4, 7, 0}, "Too many errors, closing connection"}, {}, output);
  shut(CloseReason::kTooManyErrors);
  return true;
}

ServerEvent ServerSession::close(CloseReason reason) {
  shut(reason);
  return next_closing();
}

void ServerSession::shut(CloseReason reason) {
  end_transaction();
  closing_ = reason;
  state_ = State::kClosed;
  deadline_ = Instant::never();
}

ServerEvent ServerSession::next_closing() {
  if (reset_due_) {
    reset_due_ = false;
    return Reset{};
  }
  CHECK(closing_);
  return Closed{*closing_};
}

// The owner, if it knows of a transaction, will be told that it is over.
void ServerSession::end_transaction() {
  reset_due_ = reset_due_ || transaction_open_;
  transaction_open_ = false;
  recipients_ = 0;
  rejected_recipients_ = 0;
}

}  // namespace mailcosm::smtp
