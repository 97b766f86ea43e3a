#include <array>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/dsn/notification.h"
#include "protocols/mail/date.h"
#include "protocols/mail/mime.h"

namespace mailcosm::dsn {
namespace {

constexpr std::array<std::string_view, 5> kActions = {"failed", "delayed", "delivered", "relayed",
                                                      "expanded"};

// `type; value` (RFC 3464 section 2.1.2): the value without its type.
std::string typed_value(const mail::Header& header, std::string_view name) {
  std::string value = header.value_of(name);
  std::size_t semicolon = value.find(';');
  if (semicolon == std::string::npos) return value;
  return std::string(ascii::trim(std::string_view(value).substr(semicolon + 1)));
}

std::optional<WallTime> date_value(const mail::Header& header, std::string_view name) {
  const mail::Field* field = header.find(name);
  if (!field) return std::nullopt;
  Result<mail::DateTime> date = mail::parse_date(field->body);
  if (!date) return std::nullopt;
  return date->wall_time();
}

Result<RecipientStatus> read_recipient(const mail::Header& header) {
  RecipientStatus recipient;
  recipient.original_recipient = header.value_of("Original-Recipient");
  recipient.final_recipient = typed_value(header, "Final-Recipient");
  if (recipient.final_recipient.empty()) return Error{"Final-Recipient is missing", 0};
  std::optional<Action> action = parse_action(header.value_of("Action"));
  if (!action) return Error{"Action is missing or unknown", 0};
  recipient.action = *action;
  // A comment may follow the code.
  std::string status = header.value_of("Status");
  Result<StatusCode> code =
      parse_status_code(std::string_view(status).substr(0, status.find_first_of(" (\t")));
  if (!code) return Error{"Status is missing or malformed", 0};
  recipient.status = *code;
  recipient.remote_mta = typed_value(header, "Remote-MTA");
  recipient.diagnostic = typed_value(header, "Diagnostic-Code");
  recipient.last_attempt = date_value(header, "Last-Attempt-Date");
  recipient.will_retry_until = date_value(header, "Will-Retry-Until");
  return recipient;
}

// per-message-fields 1*( CRLF per-recipient-fields )
Result<Report> read_report(std::string_view text, const NotificationLimits& limits) {
  Report report;
  mail::Header message_fields = mail::Header::parse(text);
  report.original_envelope_id = message_fields.value_of("Original-Envelope-Id");
  report.reporting_mta = typed_value(message_fields, "Reporting-MTA");
  report.received_from_mta = typed_value(message_fields, "Received-From-MTA");
  report.arrival_date = date_value(message_fields, "Arrival-Date");
  if (report.reporting_mta.empty()) return Error{"Reporting-MTA is missing", 0};
  std::size_t at = message_fields.size();
  while (at < text.size()) {
    mail::Header fields = mail::Header::parse(text.substr(at));
    if (fields.size() == 0) return Error{"a line is no field", at};
    if (!fields.fields().empty()) {
      if (report.recipients.size() >= limits.recipients_max)
        return Error{"too many recipients", at};
      Result<RecipientStatus> recipient = read_recipient(fields);
      if (!recipient) return Error{recipient.error().what, at};
      report.recipients.push_back(std::move(*recipient));
    }
    at += fields.size();
  }
  if (report.recipients.empty()) return Error{"no recipient is reported", at};
  return report;
}

}  // namespace

std::string_view to_string(Action action) { return kActions[static_cast<std::size_t>(action)]; }

std::optional<Action> parse_action(std::string_view text) {
  for (std::size_t i = 0; i < kActions.size(); ++i) {
    if (ascii::equal_ignoring_case(kActions[i], text)) return static_cast<Action>(i);
  }
  return std::nullopt;
}

Result<ReadNotification> read_notification(std::string_view message,
                                           const NotificationLimits& limits) {
  mail::MimeTree tree = mail::MimeTree::parse(message);
  const mail::ContentType& type = tree.root().content_type;
  const std::string* report_type = type.parameters.find("report-type");
  bool is_report = type.is("multipart", "report") && report_type &&
                   ascii::equal_ignoring_case(*report_type, "delivery-status");
  if (!is_report) return Error{"no multipart/report of type delivery-status", 0};
  const std::vector<std::uint32_t>& children = tree.root().children;
  if (children.size() < 2) return Error{"a report has at least two parts", 0};
  const mail::Part& status = tree.part(children[1]);
  if (!status.content_type.is("message", "delivery-status"))
    return Error{"the second part is no message/delivery-status", status.header_extent.begin};

  Result<Report> report = read_report(tree.decoded_body_of(status), limits);
  if (!report) return report.error();
  ReadNotification notification;
  notification.report = std::move(*report);
  notification.human_text = tree.text_of(tree.part(children[0]));
  if (children.size() > 2) {
    const mail::Part& returned = tree.part(children[2]);
    notification.returned = tree.body_of(returned);
    notification.returned_full = returned.content_type.is("message", "rfc822");
  }
  return notification;
}

}  // namespace mailcosm::dsn
