// Date: the date-time of RFC 5322 section 3.3, and the calendar under it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/base/result.h"

namespace mailcosm::mail {

// A point of the proleptic Gregorian calendar without a zone. REQUIRED ranges: month 1-12, day
// 1-31, hour 0-23, minute 0-59, second 0-60 (RFC 5322 allows leap seconds).
struct CivilTime {
  int year = 1970;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  friend bool operator==(const CivilTime&, const CivilTime&) = default;
};

std::int64_t days_from_civil(int year, int month, int day);  // since 1970-01-01
std::int64_t to_unix_seconds(const CivilTime& civil);        // taken as UTC
CivilTime from_unix_seconds(std::int64_t seconds);           // in UTC
int day_of_week(std::int64_t days);                          // 0 is Sunday
int days_in_month(int year, int month);

// What a Date field says: local time and the zone's offset.
struct DateTime {
  CivilTime local;
  int zone_minutes = 0;  // east of Greenwich is positive
  bool zone_unknown =
      false;  // `-0000`, a military letter or an unknown name (RFC 5322 section 4.3)

  std::int64_t unix_seconds() const {
    return to_unix_seconds(local) - 60 * std::int64_t{zone_minutes};
  }
  // A WallTime reaches from 1677 to 2262; for dates beyond, the end that is nearer.
  WallTime wall_time() const;
};

// Comments, folding and the obsolete forms (two-digit years, zone names, no seconds) are read.
Result<DateTime> parse_date(std::string_view text);

// "Mon, 5 Jan 2026 09:00:00 +0000". REQUIRES: -5999 <= zone_minutes <= 5999 and a year from 1 to
// 9999.
std::string format_date(WallTime wall_time, int zone_minutes = 0);
void append_date(WallTime wall_time, int zone_minutes, std::string& output);

// "05-Jan-2026 09:00:00 +0000", the date-time of IMAP (RFC 3501 section 9). A space may stand for a
// leading zero of the day when reading.
std::string format_imap_date(WallTime wall_time, int zone_minutes = 0);
Result<DateTime> parse_imap_date(std::string_view text);

}  // namespace mailcosm::mail
