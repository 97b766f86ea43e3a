// Notifications: what is read is written and read back with the same recipients.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/dsn/notification.h"

using namespace mailcosm;       // NOLINT
using namespace mailcosm::dsn;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (Result<StatusCode> code = parse_status_code(text)) CHECK(code->to_string() == text);
  Result<ReadNotification> read = read_notification(text);
  if (!read) return 0;
  NotificationOptions options;
  options.to = {"a", "b.c"};
  options.postmaster = "d@e.f";
  options.return_full = true;
  mail::Message original = mail::Message::parse(std::string(read->returned));
  // Dates outside of what WallTime holds are not written.
  read->report.arrival_date.reset();
  for (RecipientStatus& recipient : read->report.recipients) {
    recipient.last_attempt.reset();
    recipient.will_retry_until.reset();
  }
  std::string written = write_notification(read->report, original, options);
  Result<ReadNotification> again = read_notification(written);
  CHECK(again.has_value());
  CHECK(again->report.recipients.size() == read->report.recipients.size());
  for (std::size_t i = 0; i < again->report.recipients.size(); ++i) {
    CHECK(again->report.recipients[i].action == read->report.recipients[i].action);
    CHECK(again->report.recipients[i].status == read->report.recipients[i].status);
  }
  return 0;
}
