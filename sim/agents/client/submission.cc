#include "sim/agents/client/submission.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "protocols/mail/charset.h"
#include "sim/agents/common/content_parts.h"

namespace mailcosm::sim {
namespace {

// The argument of EHLO: a name with a dot, or else the address literal (RFC 5321 section 4.1.4).
std::string ehlo_name(const Runtime& runtime, const Stream& stream) {
  const std::string name(runtime.host_name());
  if (name.find('.') != std::string::npos && mail::is_domain(name)) return name;
  const IpAddress address = stream.local().address;
  return (address.is_ipv6() ? "[IPv6:" : "[") + address.to_string() + ']';
}

}  // namespace

Submission::Submission(Runtime& runtime, AddressLookup& addresses, const MailClientConfig& config,
                       SubmissionOwner& owner)
    : Conversation(runtime, addresses, config, "submission",
                   {config.submission_server, config.submission_port}),
      owner_(owner) {}

void Submission::begin(Instant now) {
  smtp::ClientConfig settings;
  settings.service = smtp::Service::kSubmission;
  settings.host_name = ehlo_name(runtime(), stream());
  settings.credentials = sasl::Credentials{{}, config().login, config().password};
  engine_ = std::make_unique<Engine>(std::move(settings), now);
}

Conversation::Step Submission::step() {
  const smtp::ClientEvent event = session().next(output());
  report_output();
  if (std::holds_alternative<smtp::NeedMore>(event)) return Step::kNeedMore;
  if (const auto* line = std::get_if<smtp::LineReceived>(&event))
    transcript().received_line(line->line);
  if (std::holds_alternative<smtp::Ready>(event)) return on_ready();
  if (const auto* refused = std::get_if<smtp::SessionRefused>(&event)) return on_refused(*refused);
  if (const auto* done = std::get_if<smtp::RecipientDone>(&event)) on_recipient(*done);
  if (std::holds_alternative<smtp::BodyWanted>(event)) {
    sending_ = true;
    body_at_ = 0;
    send_body();
  }
  // If the session broke, the reason is known only at its end.
  if (std::holds_alternative<smtp::TransactionDone>(event) && unanswered_.empty()) settle({});
  if (const auto* closed = std::get_if<smtp::Closed>(&event)) {
    sending_ = false;
    const bool orderly = closed->reason == smtp::CloseReason::kQuit;
    // A refusal that has been told keeps its reason.
    if (!session_refused_) {
      set_ending(orderly ? Ending::Kind::kOrderly : Ending::Kind::kBroken,
                 smtp::to_string(closed->reason));
    }
    return Step::kClosed;
  }
  return Step::kGoOn;
}

Conversation::Step Submission::on_ready() {
  item_ = owner_.next_to_submit();
  if (!item_) {
    session().quit(runtime().now());
    return Step::kGoOn;
  }
  result_ = {};
  unanswered_.clear();
  transcript().set_message(item_->message_id);
  smtp::Envelope envelope;
  envelope.reverse_path = item_->reverse_path;
  envelope.recipients = item_->recipients;
  envelope.size = item_->message.size();
  envelope.eight_bit = item_->message.has_eight_bit();
  session().send(envelope, runtime().now());
  return Step::kGoOn;
}

Conversation::Step Submission::on_refused(const smtp::SessionRefused& refused) {
  session_refused_ = true;
  const bool permanent = refused.reply.permanent();
  const std::string reply =
      refused.reply.code == 0 ? "the server offers no AUTH" : refused.reply.to_string();
  set_ending(permanent || refused.reply.code == 0 ? Ending::Kind::kRefused : Ending::Kind::kBroken,
             reply);
  return Step::kGoOn;
}

void Submission::on_recipient(const smtp::RecipientDone& done) {
  const std::string& recipient = item_->recipients[done.recipient];
  if (done.reply.positive()) {
    result_.accepted = done.reply.to_string();
  } else if (done.reply.permanent()) {
    result_.refused = done.reply.to_string();
  } else if (done.reply.transient()) {
    result_.deferred = done.reply.to_string();
    result_.retry.push_back(recipient);
  } else {
    unanswered_.push_back(recipient);
  }
}

void Submission::send_body() {
  constexpr std::size_t kPiece = 16 * 1024;
  constexpr std::size_t kQueuedMax = 64 * 1024;
  const Content message = item_ ? item_->message : Content("");
  while (sending_ && body_at_ < message.size() && stream().queued() < kQueuedMax) {
    for (const std::string_view part : parts_of(message, body_at_, kPiece)) {
      body_at_ += part.size();
      session().body(part, runtime().now(), output());
    }
    unreported_output();  // it goes into the transcript as data
    flush();
  }
  if (!sending_ || body_at_ < message.size()) return;
  sending_ = false;
  transcript().sent_data("message", message);
  session().end_body(runtime().now(), output());
  report_output();
}

void Submission::settle(std::string_view reason_without_reply) {
  if (!item_) return;
  if (!unanswered_.empty()) result_.deferred = reason_without_reply;
  result_.retry.insert(result_.retry.end(), unanswered_.begin(), unanswered_.end());
  OutboxItem& item = *std::exchange(item_, nullptr);
  sending_ = false;
  owner_.on_submitted(item, result_, transcript().subject());
  transcript().set_message({});
}

void Submission::over(const Ending& ending) {
  settle(ending.reason);
  owner_.on_submission_over(ending);
}

}  // namespace mailcosm::sim
