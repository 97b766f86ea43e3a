// Dates: what is read is written and read back as the same moment.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocols/base/check.h"
#include "protocols/mail/date.h"

using namespace mailcosm;        // NOLINT
using namespace mailcosm::mail;  // NOLINT

namespace {

// WallTime holds the years 1678 to 2261 only.
bool fits_wall_time(const DateTime& date) {
  return date.local.year > 1700 && date.local.year < 2200;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Result<DateTime> date = parse_date(text);
  if (date && fits_wall_time(*date)) {
    Result<DateTime> again = parse_date(format_date(date->wall_time(), date->zone_minutes));
    CHECK(again.has_value() && again->unix_seconds() == date->unix_seconds());
  }
  Result<DateTime> imap = parse_imap_date(text);
  if (imap && fits_wall_time(*imap)) {
    Result<DateTime> again =
        parse_imap_date(format_imap_date(imap->wall_time(), imap->zone_minutes));
    CHECK(again.has_value() && again->unix_seconds() == imap->unix_seconds());
  }
  return 0;
}
