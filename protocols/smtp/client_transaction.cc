// One mail transaction: MAIL, RCPT, DATA, the message and its replies (RFC 5321 section 3.3, RFC
// 2920, RFC 2033).
#include <fmt/format.h>

#include <iterator>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/smtp/client_session.h"

namespace mailcosm::smtp {
namespace {

// What would let an address write commands of its own.
bool is_safe(std::string_view path) {
  for (char c : path) {
    if (ascii::is_control(c)) return false;
  }
  return true;
}

}  // namespace

void ClientSession::send(const Envelope& envelope, Instant now) {
  CHECK(ready());
  CHECK(!envelope.recipients.empty());
  CHECK(envelope.recipients.size() <= config_->limits.recipients_max);
  CHECK(is_safe(envelope.reverse_path));
  for (const std::string& recipient : envelope.recipients) CHECK(is_safe(recipient));
  now_ = now;
  envelope_ = envelope;
  send_due_ = true;
}

bool ClientSession::in_transaction() const {
  return phase_ == Phase::kCommands || phase_ == Phase::kBody || phase_ == Phase::kEmptyBody ||
         phase_ == Phase::kMessage;
}

void ClientSession::begin_transaction(std::string& output) {
  sent_ = answered_ = accepted_ = 0;
  mail_accepted_ = false;
  settled_.assign(envelope_.recipients.size(), false);
  if (refuse_locally()) {
    finish_transaction();
    return;
  }
  wait_for(Phase::kCommands, config_->limits.mail_timeout);
  run_ahead(output);
}

bool ClientSession::refuse_locally() {
  const ExtensionSet& offered = extensions_.offered;
  // RFC 1870 section 6.1: a message that the server has said to be too large is not tried.
  if (offered.has(Extension::kSize) && extensions_.size_max != 0 &&
      envelope_.size > extensions_.size_max) {
    conclude(Stage::kMail, {552, {5, 3, 4}, "Message size exceeds the limit of the server"}, true);
    return true;
  }
  // RFC 6152 section 3: what is not 7bit must not go to a server without 8BITMIME.
  if (envelope_.eight_bit && !offered.has(Extension::kEightBitMime)) {
    conclude(Stage::kMail, {554, {5, 6, 3}, "The server does not take 8-bit messages"}, true);
    return true;
  }
  return false;
}

bool ClientSession::may_send() const {
  if (sent_ > data_position()) return false;
  if (config_->pipelining && extensions_.offered.has(Extension::kPipelining)) return true;
  if (sent_ != answered_) return false;
  return sent_ == 0 || (mail_accepted_ && (sent_ < data_position() || accepted_ != 0));
}

void ClientSession::run_ahead(std::string& output) {
  while (may_send()) write_command(sent_++, output);
}

void ClientSession::write_command(std::size_t position, std::string& output) {
  if (position == data_position()) {
    output += "DATA\r\n";
    return;
  }
  if (position != 0) {
    output += "RCPT TO:<";
    output += envelope_.recipients[position - 1];
    output += ">\r\n";
    return;
  }
  output += "MAIL FROM:<";
  output += envelope_.reverse_path;
  output += '>';
  if (envelope_.size != 0 && extensions_.offered.has(Extension::kSize)) {
    fmt::format_to(std::back_inserter(output), " SIZE={}", envelope_.size);
  }
  if (envelope_.eight_bit) output += " BODY=8BITMIME";
  output += "\r\n";
}

ClientEvent ClientSession::handle_command(const Reply& reply, std::string& output) {
  const std::size_t position = answered_++;
  ClientEvent event = NeedMore{};
  if (position == 0) {
    mail_accepted_ = reply.code / 100 == 2;
    if (!mail_accepted_) conclude(Stage::kMail, reply, false);
  } else if (position < data_position()) {
    event = handle_rcpt(position - 1, reply);
  } else {
    return handle_data(reply, output);
  }
  run_ahead(output);
  if (answered_ == sent_) {
    leave_transaction(output);
  } else {
    const ClientLimits& limits = config_->limits;
    wait_for(Phase::kCommands,
             answered_ == data_position() ? limits.data_initiation_timeout : limits.rcpt_timeout);
  }
  return event;
}

ClientEvent ClientSession::handle_rcpt(std::size_t recipient, const Reply& reply) {
  if (!mail_accepted_) return NeedMore{};
  if (reply.code / 100 == 2) {
    ++accepted_;
    return NeedMore{};
  }
  // RFC 5321 section 4.5.3.1.10: 552 was once listed for too many recipients, which is no permanent
  // failure. A status code that says something else (5.2.2: mailbox full) is believed.
  const bool too_many =
      reply.status.is_none() || (reply.status.subject == 5 && reply.status.detail == 3);
  if (reply.code == 552 && too_many)
    return settle(recipient, Stage::kRcpt, {452, {4, 5, 3}, reply.text});
  return settle(recipient, Stage::kRcpt, reply);
}

ClientEvent ClientSession::handle_data(const Reply& reply, std::string& output) {
  if (reply.code / 100 != 3) {
    if (mail_accepted_) conclude(Stage::kData, reply, false);
    leave_transaction(output);
    return NeedMore{};
  }
  if (accepted_ != 0) {
    wait_for(Phase::kBody, config_->limits.data_block_timeout);
    return BodyWanted{};
  }
  // RFC 2920 section 3.1: DATA was accepted although no recipient was; an empty message must
  // follow.
  output += ".\r\n";
  wait_for(Phase::kEmptyBody, config_->limits.data_termination_timeout);
  if (config_->service == Service::kLmtp) finish_transaction();
  return NeedMore{};
}

void ClientSession::body(std::string_view piece, Instant now, std::string& output) {
  CHECK(body_wanted());
  now_ = now;
  wait_for(Phase::kBody, config_->limits.data_block_timeout);
  encoder_.encode(piece, output);
}

void ClientSession::end_body(Instant now, std::string& output) {
  CHECK(body_wanted());
  now_ = now;
  encoder_.finish(output);
  wait_for(Phase::kMessage, config_->limits.data_termination_timeout);
}

ClientEvent ClientSession::handle_message(const Reply& reply) {
  if (config_->service != Service::kLmtp || phase_ == Phase::kEmptyBody) {
    conclude(Stage::kMessage, reply, false);
    finish_transaction();
    return NeedMore{};
  }
  const std::size_t recipient = next_unsettled();
  ClientEvent event = settle(recipient, Stage::kMessage, reply);
  if (next_unsettled() == settled_.size()) {
    finish_transaction();
  } else {
    wait_for(Phase::kMessage, config_->limits.data_termination_timeout);
  }
  return event;
}

std::size_t ClientSession::next_unsettled() const {
  std::size_t i = 0;
  while (i < settled_.size() && settled_[i]) ++i;
  return i;
}

ClientEvent ClientSession::settle(std::size_t recipient, Stage stage, const Reply& reply) {
  settled_[recipient] = true;
  return RecipientDone{recipient, stage, reply, false};
}

// All recipients that are still open share one fate; next_reported() tells it to them one by one.
void ClientSession::conclude(Stage stage, const Reply& reply, bool local) {
  verdict_ = Verdict{stage, reply, local};
  verdict_at_ = 0;
}

// All commands are answered and no message follows. A server that has accepted MAIL still holds a
// transaction.
void ClientSession::leave_transaction(std::string& output) {
  done_due_ = true;
  if (!mail_accepted_) {
    become_ready();
    return;
  }
  output += "RSET\r\n";
  wait_for(Phase::kRset, config_->limits.mail_timeout);
}

void ClientSession::finish_transaction() {
  done_due_ = true;
  become_ready();
}

}  // namespace mailcosm::smtp
