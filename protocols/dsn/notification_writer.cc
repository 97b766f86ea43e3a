// Layout (RFC 3464 section 2, RFC 6522 section 3): a text for people, the fields for programs, and
// what comes back of the message.
#include "protocols/dsn/notification.h"
#include "protocols/mail/charset.h"
#include "protocols/mail/date.h"
#include "protocols/mail/header.h"
#include "protocols/mail/message_id.h"
#include "protocols/mail/message_writer.h"

namespace mailcosm::dsn {
namespace {

// The action that decides how the notification as a whole reads: a failure outweighs a delay, a
// delay a success.
Action chief_action(const Report& report) {
  Action chief = Action::kExpanded;
  for (const RecipientStatus& recipient : report.recipients) {
    if (recipient.action < chief) chief = recipient.action;
  }
  return chief;
}

std::string_view subject_of(Action action) {
  switch (action) {
    case Action::kFailed:
      return "Undelivered Mail Returned to Sender";
    case Action::kDelayed:
      return "Delayed Mail (still being retried)";
    default:
      return "Successful Mail Delivery Report";
  }
}

std::string_view sentence_of(Action action) {
  switch (action) {
    case Action::kFailed:
      return "could not be delivered";
    case Action::kDelayed:
      return "has not been delivered yet; it will be tried again";
    case Action::kDelivered:
      return "was delivered";
    case Action::kRelayed:
      return "was relayed to a system that sends no notifications";
    case Action::kExpanded:
      return "was delivered and forwarded to several recipients";
  }
  return {};
}

// Of a reply in the text for people, so that no line gets longer than a message may have.
constexpr std::size_t kReplyLengthMax = 600;

std::string human_text(const Report& report) {
  std::string text = "This is the mail system at host " + report.reporting_mta + ".\r\n";
  for (const RecipientStatus& recipient : report.recipients) {
    text += "\r\nYour message to <" + recipient.final_recipient + "> ";
    text += sentence_of(recipient.action);
    text += ".\r\n";
    if (std::string_view reason = describe(recipient.status);
        !reason.empty() && !recipient.status.is_success())
      text += "Reason: " + recipient.status.to_string() + " " + std::string(reason) + "\r\n";
    if (!recipient.diagnostic.empty()) {
      text += recipient.remote_mta.empty() ? "Reply: " : "Reply of " + recipient.remote_mta + ": ";
      text += recipient.diagnostic.substr(0, kReplyLengthMax) + "\r\n";
    }
    if (recipient.will_retry_until)
      text += "It will be given up at " + mail::format_date(*recipient.will_retry_until) + ".\r\n";
  }
  return text;
}

void append_status_fields(const Report& report, std::string& output) {
  if (!report.original_envelope_id.empty())
    mail::append_field("Original-Envelope-Id", report.original_envelope_id, output);
  mail::append_field("Reporting-MTA", "dns; " + report.reporting_mta, output);
  if (!report.received_from_mta.empty())
    mail::append_field("Received-From-MTA", "dns; " + report.received_from_mta, output);
  if (report.arrival_date)
    mail::append_field("Arrival-Date", mail::format_date(*report.arrival_date), output);
  for (const RecipientStatus& recipient : report.recipients) {
    output += "\r\n";
    if (!recipient.original_recipient.empty())
      mail::append_field("Original-Recipient", recipient.original_recipient, output);
    mail::append_field("Final-Recipient", "rfc822; " + recipient.final_recipient, output);
    mail::append_field("Action", to_string(recipient.action), output);
    mail::append_field("Status", recipient.status.to_string(), output);
    if (!recipient.remote_mta.empty())
      mail::append_field("Remote-MTA", "dns; " + recipient.remote_mta, output);
    if (!recipient.diagnostic.empty())
      mail::append_field("Diagnostic-Code", "smtp; " + recipient.diagnostic, output);
    if (recipient.last_attempt)
      mail::append_field("Last-Attempt-Date", mail::format_date(*recipient.last_attempt), output);
    if (recipient.will_retry_until && recipient.action == Action::kDelayed)
      mail::append_field("Will-Retry-Until", mail::format_date(*recipient.will_retry_until),
                         output);
  }
}

// The third part with its own header.
std::string returned_part(const mail::Message& original, bool full) {
  const std::string whole = full ? original.content().text() : std::string();
  std::string_view content = full ? std::string_view(whole) : original.header_text();
  if (!full && original.header().has_empty_line()) content.remove_suffix(2);
  std::string part;
  mail::append_field("Content-Description",
                     full ? "Undelivered message" : "Undelivered message headers", part);
  mail::append_field("Content-Type", full ? "message/rfc822" : "text/rfc822-headers", part);
  if (!mail::is_ascii(content)) mail::append_field("Content-Transfer-Encoding", "8bit", part);
  part += "\r\n";
  part += content;
  return part;
}

std::string text_part(std::string_view text) {
  std::string part;
  mail::append_field("Content-Description", "Notification", part);
  mail::append_field(
      "Content-Type",
      mail::is_ascii(text) ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8", part);
  if (!mail::is_ascii(text)) mail::append_field("Content-Transfer-Encoding", "8bit", part);
  part += "\r\n";
  part += text;
  return part;
}

std::string status_part(const Report& report) {
  std::string part;
  mail::append_field("Content-Description", "Delivery report", part);
  mail::append_field("Content-Type", "message/delivery-status", part);
  part += "\r\n";
  append_status_fields(report, part);
  return part;
}

// A line that occurs in no part. The loop ends: each turn makes it longer.
std::string make_boundary(std::uint64_t random, std::string_view parts) {
  std::string boundary = "=_";
  for (int shift = 60; shift >= 0; shift -= 4)
    boundary.push_back("0123456789abcdef"[random >> shift & 15]);
  while (parts.find(boundary) != std::string_view::npos) boundary.push_back('x');
  return boundary;
}

}  // namespace

std::string write_notification(const Report& report, const mail::Message& original,
                               const NotificationOptions& options) {
  Action action = chief_action(report);
  // Only a failure brings the whole message back, even if all of it was asked for (RFC 3461
  // section 6.2).
  bool full = options.return_full && action == Action::kFailed;
  std::string parts[] = {text_part(human_text(report)), status_part(report),
                         returned_part(original, full)};
  std::string all = parts[0] + parts[1] + parts[2];
  std::string boundary = make_boundary(options.random, all);

  mail::MessageWriter writer;
  writer.date(options.date)
      .field("From", "Mail Delivery System <" + options.postmaster + ">")
      .field("To", options.to.to_string())
      .field("Message-ID",
             mail::make_message_id(options.date, options.random, report.reporting_mta))
      .field("Subject", subject_of(action))
      .field("Auto-Submitted", "auto-replied")
      .field("MIME-Version", "1.0")
      .field("Content-Type",
             "multipart/report; report-type=delivery-status; boundary=\"" + boundary + '"');
  if (!mail::is_ascii(all)) writer.field("Content-Transfer-Encoding", "8bit");
  std::string body = "This is a MIME-encapsulated message.\r\n";
  for (const std::string& part : parts) body += "\r\n--" + boundary + "\r\n" + part;
  body += "\r\n--" + boundary + "--\r\n";
  return writer.raw_body(body).take();
}

}  // namespace mailcosm::dsn
