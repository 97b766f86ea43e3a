// Notification: a delivery status notification (RFC 3464) in a multipart/report (RFC 6522), written
// and read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/result.h"
#include "protocols/dsn/status_code.h"
#include "protocols/mail/address.h"
#include "protocols/mail/message.h"

namespace mailcosm::dsn {

// RFC 3464 section 2.3.3.
enum class Action : std::uint8_t { kFailed, kDelayed, kDelivered, kRelayed, kExpanded };
std::string_view to_string(Action action);
std::optional<Action> parse_action(std::string_view text);

// Fields about one recipient (RFC 3464 section 2.3).
struct RecipientStatus {
  std::string original_recipient;  // `type;address` (RFC 3461 ORCPT), or empty
  std::string final_recipient;     // address without its type, which is rfc822
  Action action = Action::kFailed;
  StatusCode status;
  std::string remote_mta;  // host name, or empty
  std::string diagnostic;  // the reply, "550 5.1.1 No such user", or empty; of type smtp
  std::optional<WallTime> last_attempt;
  std::optional<WallTime> will_retry_until;  // only with delayed
};

// Fields about the message (RFC 3464 section 2.2) and the recipients.
struct Report {
  std::string original_envelope_id;  // ENVID, or empty
  std::string reporting_mta;         // host name
  std::string received_from_mta;     // host name, or empty
  std::optional<WallTime> arrival_date;
  std::vector<RecipientStatus> recipients;
};

// How to write the message around the report.
struct NotificationOptions {
  mail::Address to;        // reverse-path of the message it is about
  std::string postmaster;  // From: `MAILER-DAEMON@host`
  WallTime date;
  std::uint64_t random = 0;  // for Message-ID and boundary
  bool return_full =
      false;  // RET=FULL: the whole message comes back, else its header only (RFC 3461 section 4.3)
};

// The whole message. It is to be sent with the null reverse-path (RFC 3464 section 2).
std::string write_notification(const Report& report, const mail::Message& original,
                               const NotificationOptions& options);

// A notification read back. The views live as long as the parsed text.
struct ReadNotification {
  Report report;
  std::string human_text;      // first part, decoded
  std::string_view returned;   // third part: header or whole message; empty if there is none
  bool returned_full = false;  // message/rfc822 rather than text/rfc822-headers
};
struct NotificationLimits {
  std::size_t recipients_max = 10'000;
};
// An Error for a message that is no multipart/report of type delivery-status or lacks the required
// fields.
Result<ReadNotification> read_notification(std::string_view message,
                                           const NotificationLimits& limits = {});

}  // namespace mailcosm::dsn
