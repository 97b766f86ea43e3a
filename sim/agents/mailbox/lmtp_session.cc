#include "sim/agents/mailbox/lmtp_session.h"

#include <algorithm>
#include <utility>

#include "protocols/mail/message.h"
#include "protocols/mail/received.h"
#include "sim/agents/common/output.h"
#include "sim/agents/common/smtp_answer.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint64_t kRecipientsPerTransaction = 65'536;

constexpr smtp::Reply kNeverFits{552, {5, 2, 2}, "Larger than the mailbox"};
constexpr smtp::Reply kFullForLong{552, {5, 2, 2}, "Mailbox has been full for too long"};

smtp::Reply reply_for(StoreError error) {
  switch (error) {
    case StoreError::kNone:
      return {250, {2, 1, 5}, "Delivered"};
    case StoreError::kOverQuota:
      return {452, {4, 2, 2}, "Mailbox is full"};
    case StoreError::kDiskFull:
      return {452, {4, 3, 1}, "No room on this host"};
    default:
      return {451, {4, 3, 0}, "Mailbox is not available"};
  }
}

}  // namespace

LmtpSession::LmtpSession(LmtpService& service, std::unique_ptr<Stream> stream)
    : ServiceSession(service),
      context_(&service.context()),
      full_accounts_(&service.full_accounts()),
      stream_(std::move(stream)),
      transcript_(context_->runtime, "lmtp", Transcript::Side::kServer),
      session_(service.config(), context_->runtime.now()),
      timer_(context_->runtime, *this),
      gate_(context_->runtime, context_->interferer, "lmtp", stream_->remote().address, *this) {
  stream_->set_handler(*this);
  transcript_.opened(*stream_);
  if (gate_.admit("connect") == CommandGate::Way::kDrop) {
    drop();
  } else {
    pump();
  }
}

LmtpSession::~LmtpSession() { context_->store.forget(*this); }

void LmtpSession::on_received(std::string_view bytes) {
  if (gate_.keeps(bytes)) return;
  session_.receive(bytes, context_->runtime.now());
  pump();
}

void LmtpSession::on_end() {
  if (gate_.keeps_end()) return;
  session_.end_of_input(context_->runtime.now());
  pump();
}

void LmtpSession::on_closed(StreamError error) {
  transcript_.closed(to_string(error));
  finish();
}

void LmtpSession::on_timer(std::uint64_t) {
  if (gate_.is_waiting()) return;
  const Instant now = context_->runtime.now();
  if (now >= session_.deadline()) session_.expire(now);
  pump();
}

void LmtpSession::on_stored(std::uint64_t token, StoreError error, std::span<const Uid>) {
  if (token / kRecipientsPerTransaction != transaction_) return;
  Recipient& recipient = recipients_[token % kRecipientsPerTransaction];
  recipient.outcome = reply_for(error);
  if (error == StoreError::kNone) full_accounts_->took(recipient.account->login());
  answer_outcomes();
  pump();
}

bool LmtpSession::pump() {
  while (!gate_.is_waiting()) {
    const smtp::ServerEvent event = session_.next(output_);
    send();
    if (std::holds_alternative<smtp::NeedMore>(event)) break;
    if (const auto* closed = std::get_if<smtp::Closed>(&event)) {
      stream_->close();
      transcript_.closed(to_string(closed->reason));
      finish();
      return false;
    }
    handle(event);
    if (dropped_) {
      drop();
      return false;
    }
  }
  send();
  timer_.arm(session_.deadline());
  return true;
}

void LmtpSession::on_gate_open() {
  if (gate_.drops()) return drop();
  if (std::exchange(message_waits_, false)) take_message();
  go_on_with_kept(gate_, session_, context_->runtime.now(), [this] { return pump(); });
}

void LmtpSession::drop() {
  transcript_.closed("dropped");
  finish();
}

bool LmtpSession::answer_by_gate(std::initializer_list<std::string_view> verbs) {
  const auto text = gate_.take_answer(verbs);
  if (text) answer(smtp_answer(*text));
  return text.has_value();
}

void LmtpSession::send() {
  if (output_.empty()) return;
  transcript_.sent(output_);
  send_output(*stream_, output_);
}

void LmtpSession::answer(const smtp::Reply& reply) {
  session_.answer(reply, context_->runtime.now(), output_);
}

void LmtpSession::handle(const smtp::ServerEvent& event) {
  if (const auto* line = std::get_if<smtp::LineReceived>(&event)) {
    transcript_.received_line(line->line);
    dropped_ = gate_.admit_line(line->line) == CommandGate::Way::kDrop;
  } else if (std::holds_alternative<smtp::ConnectAsked>(event)) {
    if (!answer_by_gate({"connect"})) answer(smtp::accept());
  } else if (const auto* helo = std::get_if<smtp::HeloAsked>(&event)) {
    helo_ = helo->domain;
    if (!answer_by_gate({"LHLO"})) answer(smtp::accept());
  } else if (const auto* mail = std::get_if<smtp::MailAsked>(&event)) {
    reverse_path_ = mail->reverse_path.mailbox;
    declared_size_ = mail->parameters.size;
    if (!answer_by_gate({"MAIL"})) answer(smtp::accept());
  } else if (const auto* rcpt = std::get_if<smtp::RcptAsked>(&event)) {
    take_recipient(*rcpt);
  } else if (const auto* chunk = std::get_if<smtp::BodyChunk>(&event)) {
    content_.append(chunk->bytes);
  } else if (std::holds_alternative<smtp::MessageAsked>(event)) {
    announce_message();
    const CommandGate::Way way = gate_.admit("message");
    dropped_ = way == CommandGate::Way::kDrop;
    message_waits_ = way == CommandGate::Way::kWait;
    if (way == CommandGate::Way::kPass) take_message();
  } else if (std::holds_alternative<smtp::Reset>(event)) {
    forget_transaction();
  } else if (session_.question_open() && !answer_by_gate({"VRFY", "EXPN"})) {
    // They tell nothing.
    answer(smtp::accept());
  }
}

void LmtpSession::take_recipient(const smtp::RcptAsked& asked) {
  if (answer_by_gate({"RCPT"})) return;
  Account* account = context_->directory.recipient(asked.forward_path.mailbox);
  if (account == nullptr) return answer({550, {5, 1, 1}, "No such user here"});
  if (!context_->store.fits_quota(*account, declared_size_)) {
    return answer(full(*account, declared_size_));
  }
  recipients_.push_back({std::string(asked.forward_path.mailbox), account});
  answer(smtp::accept());
}

smtp::Reply LmtpSession::full(const Account& account, std::uint64_t size) {
  if (size > account.quota_max()) return kNeverFits;
  const bool for_long = full_accounts_->refused(account.login(), context_->runtime.now());
  return for_long ? kFullForLong : reply_for(StoreError::kOverQuota);
}

Content LmtpSession::finished_message() {
  const auto reverse_path = mail::parse_mailbox(reverse_path_);
  const std::string client = stream_->remote().address.to_string();
  mail::Received received;
  received.from = helo_;
  received.from_address = client;
  received.by = context_->config.host_name;
  received.with = "LMTP";
  if (recipients_.size() == 1) {
    const auto only = mail::parse_mailbox(recipients_.front().address);
    if (only) received.for_address = *only;
  }
  received.date = context_->runtime.wall_time();
  std::string fields;
  mail::append_return_path(reverse_path ? *reverse_path : mail::Address{}, fields);
  mail::append_received(received, fields);

  mail::Message message =
      mail::Message::parse(context_->runtime.contents().intern(std::exchange(content_, {})));
  // The one that final delivery adds replaces any that came along (RFC 5321 section 4.4).
  if (message.header().find("Return-Path") != nullptr) {
    message = mail::Message::parse(message.without_fields("Return-Path"));
  }
  transcript_.set_message(message.message_id());
  return message.with_fields_on_top(fields);
}

void LmtpSession::announce_message() {
  transcript_.received_data("message", content_);
  transcript_.received_line(".");
}

void LmtpSession::take_message() {
  if (const auto interference = gate_.take_answer({"message"})) {
    const smtp::Reply reply = smtp_answer(*interference);
    for (std::size_t i = 0; i < recipients_.size(); ++i) answer(reply);
    return forget_transaction();
  }
  const Content content = finished_message();
  const NewMessage message{content, {}, context_->runtime.wall_time()};
  for (std::size_t i = 0; i < recipients_.size(); ++i) {
    Account& account = *recipients_[i].account;
    const std::uint64_t token = transaction_ * kRecipientsPerTransaction + i;
    const StoreError error = context_->store.append(account.inbox(), {&message, 1}, *this, token);
    if (error == StoreError::kNone) continue;
    recipients_[i].outcome =
        error == StoreError::kOverQuota ? full(account, content.size()) : reply_for(error);
  }
  answer_outcomes();
}

void LmtpSession::answer_outcomes() {
  while (answered_ < recipients_.size() && recipients_[answered_].outcome) {
    answer(*recipients_[answered_++].outcome);
  }
  if (answered_ == recipients_.size()) forget_transaction();
}

void LmtpSession::forget_transaction() {
  transcript_.set_message({});
  ++transaction_;
  answered_ = 0;
  recipients_.clear();
  reverse_path_.clear();
  declared_size_ = 0;
  content_ = {};
}

}  // namespace mailcosm::sim
