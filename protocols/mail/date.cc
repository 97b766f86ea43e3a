#include "protocols/mail/date.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/mail/scanner.h"

namespace mailcosm::mail {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::size_t kDateLengthUsual = 31;  // "Mon, 12 Jan 2026 09:00:00 +0000"

template <std::size_t N>
int index_of(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (ascii::equal_ignoring_case(names[i], name)) return static_cast<int>(i);
  }
  return -1;
}

struct ZoneName {
  std::string_view name;
  int hours;
};
// obs-zone of RFC 5322 section 4.3.
constexpr ZoneName kZones[] = {{"UT", 0},   {"GMT", 0},  {"EST", -5}, {"EDT", -4}, {"CST", -6},
                               {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};

// `+hhmm`, or a name; names that section 4.3 does not know count as -0000.
bool parse_zone(std::string_view text, DateTime& date) {
  if (text.empty()) return false;
  if (text[0] == '+' || text[0] == '-') {
    auto number = ascii::parse_unsigned(text.substr(1), 9959);
    if (text.size() != 5 || !number || *number % 100 > 59) return false;
    int minutes = static_cast<int>(*number / 100 * 60 + *number % 100);
    date.zone_minutes = text[0] == '-' ? -minutes : minutes;
    date.zone_unknown = text == "-0000";
    return true;
  }
  if (!ascii::is_alpha(text[0])) return false;
  for (const ZoneName& zone : kZones) {
    if (!ascii::equal_ignoring_case(zone.name, text)) continue;
    date.zone_minutes = zone.hours * 60;
    return true;
  }
  date.zone_unknown = !ascii::equal_ignoring_case(text, "Z");
  return true;
}

bool is_valid(const CivilTime& civil) {
  return civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
         civil.day <= days_in_month(civil.year, civil.month) && civil.hour >= 0 &&
         civil.hour <= 23 && civil.minute >= 0 && civil.minute <= 59 && civil.second >= 0 &&
         civil.second <= 60;
}

// Tokens of the date-time with CFWS between them; each function says what is wrong, or null.
class DateParser {
 public:
  explicit DateParser(std::string_view text) : scanner_(text) {}

  const char* parse(DateTime& date) {
    if (!skip()) return "bad comment";
    if (ascii::is_alpha(scanner_.peek())) {
      if (index_of(kDays, scanner_.atom()) < 0) return "unknown day of the week";
      if (!skip()) return "bad comment";
      scanner_.take(',');
    }
    if (const char* what = parse_day(date.local)) return what;
    if (const char* what = parse_time(date.local)) return what;
    if (!skip() || !parse_zone(scanner_.atom(), date)) return "bad zone";
    if (!skip() || !scanner_.at_end()) return "text follows the date";
    return is_valid(date.local) ? nullptr : "no such date or time";
  }
  std::size_t offset() const { return scanner_.offset(); }

 private:
  bool skip() { return scanner_.skip_cfws(); }

  const char* parse_day(CivilTime& civil) {
    if (!skip() || (civil.day = scanner_.number(2)) < 0) return "bad day of the month";
    if (!skip() || (civil.month = index_of(kMonths, scanner_.atom()) + 1) == 0)
      return "unknown month";
    if (!skip()) return "bad comment";
    std::size_t begin = scanner_.offset();
    civil.year = scanner_.number(4);
    std::size_t digits = scanner_.offset() - begin;
    if (civil.year < 0 || digits < 2) return "bad year";
    // RFC 5322 section 4.3: 00 to 49 mean 2000 to 2049, 50 to 999 are counted from 1900.
    if (digits == 2 && civil.year < 50) {
      civil.year += 2000;
    } else if (digits <= 3) {
      civil.year += 1900;
    }
    return nullptr;
  }

  const char* parse_time(CivilTime& civil) {
    if (!skip() || (civil.hour = scanner_.number(2)) < 0) return "bad hour";
    if (!skip() || !scanner_.take(':')) return "':' is missing";
    if (!skip() || (civil.minute = scanner_.number(2)) < 0) return "bad minute";
    if (!skip()) return "bad comment";
    if (!scanner_.take(':')) return nullptr;
    if (!skip() || (civil.second = scanner_.number(2)) < 0) return "bad second";
    return nullptr;
  }

  Scanner scanner_;
};

void append_padded(std::int64_t number, std::size_t width, std::string& output) {
  std::array<char, 24> digits;
  const char* const end = std::to_chars(digits.begin(), digits.end(), number).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  if (count < width) output.append(width - count, '0');
  output.append(digits.data(), count);
}

// " hh:mm:ss +hhmm"
void append_time_and_zone(const CivilTime& civil, int zone_minutes, std::string& output) {
  output.push_back(' ');
  append_padded(civil.hour, 2, output);
  output.push_back(':');
  append_padded(civil.minute, 2, output);
  output.push_back(':');
  append_padded(civil.second, 2, output);
  output += zone_minutes < 0 ? " -" : " +";
  int minutes = zone_minutes < 0 ? -zone_minutes : zone_minutes;
  append_padded(minutes / 60 * 100 + minutes % 60, 4, output);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

WallTime DateTime::wall_time() const {
  constexpr std::int64_t kSecondsMax = 9'223'372'035;
  return {std::clamp(unix_seconds(), -kSecondsMax, kSecondsMax) * 1'000'000'000};
}

// Days are counted in eras of 400 years that start on 1 March, so that the leap day comes last.
std::int64_t days_from_civil(int year, int month, int day) {
  std::int64_t y = month <= 2 ? std::int64_t{year} - 1 : year;
  std::int64_t era = floor_divide(y, 400);
  std::int64_t year_of_era = y - era * 400;
  std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

std::int64_t to_unix_seconds(const CivilTime& civil) {
  return days_from_civil(civil.year, civil.month, civil.day) * kSecondsPerDay + civil.hour * 3600 +
         civil.minute * 60 + civil.second;
}

CivilTime from_unix_seconds(std::int64_t seconds) {
  std::int64_t days = floor_divide(seconds, kSecondsPerDay);
  std::int64_t rest = seconds - days * kSecondsPerDay;
  std::int64_t shifted = days + 719'468;
  std::int64_t era = floor_divide(shifted, 146'097);
  std::int64_t day_of_era = shifted - era * 146'097;
  std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  CivilTime civil;
  civil.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  civil.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  civil.year = static_cast<int>(year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0));
  civil.hour = static_cast<int>(rest / 3600);
  civil.minute = static_cast<int>(rest / 60 % 60);
  civil.second = static_cast<int>(rest % 60);
  return civil;
}

int day_of_week(std::int64_t days) {
  // 1970-01-01 was a Thursday.
  return static_cast<int>(days + 4 - floor_divide(days + 4, 7) * 7);
}

int days_in_month(int year, int month) {
  CHECK(month >= 1 && month <= 12);
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Result<DateTime> parse_date(std::string_view text) {
  DateParser parser(text);
  DateTime date;
  if (const char* what = parser.parse(date)) return Error{what, parser.offset()};
  return date;
}

void append_date(WallTime wall_time, int zone_minutes, std::string& output) {
  CHECK(zone_minutes >= -5999 && zone_minutes <= 5999);
  std::int64_t local = wall_time.seconds() + 60 * std::int64_t{zone_minutes};
  CivilTime civil = from_unix_seconds(local);
  output += kDays[static_cast<std::size_t>(day_of_week(floor_divide(local, kSecondsPerDay)))];
  output += ", ";
  append_padded(civil.day, 1, output);
  output.push_back(' ');
  output += kMonths[static_cast<std::size_t>(civil.month - 1)];
  output.push_back(' ');
  append_padded(civil.year, 4, output);
  append_time_and_zone(civil, zone_minutes, output);
}

std::string format_date(WallTime wall_time, int zone_minutes) {
  std::string text;
  text.reserve(kDateLengthUsual);
  append_date(wall_time, zone_minutes, text);
  return text;
}

std::string format_imap_date(WallTime wall_time, int zone_minutes) {
  CHECK(zone_minutes >= -5999 && zone_minutes <= 5999);
  CivilTime civil = from_unix_seconds(wall_time.seconds() + 60 * std::int64_t{zone_minutes});
  std::string text;
  append_padded(civil.day, 2, text);
  text.push_back('-');
  text += kMonths[static_cast<std::size_t>(civil.month - 1)];
  text.push_back('-');
  append_padded(civil.year, 4, text);
  append_time_and_zone(civil, zone_minutes, text);
  return text;
}

// date-day-fixed "-" date-month "-" date-year SP time SP zone: 26 characters.
Result<DateTime> parse_imap_date(std::string_view text) {
  if (text.size() != 26) return Error{"a date-time has 26 characters", 0};
  DateTime date;
  auto number = [&](std::size_t at, std::size_t digits) {
    auto value = ascii::parse_unsigned(text.substr(at, digits));
    return value ? static_cast<int>(*value) : -1;
  };
  date.local.day = text[0] == ' ' ? number(1, 1) : number(0, 2);
  date.local.month = index_of(kMonths, text.substr(3, 3)) + 1;
  date.local.year = number(7, 4);
  date.local.hour = number(12, 2);
  date.local.minute = number(15, 2);
  date.local.second = number(18, 2);
  bool shape = text[2] == '-' && text[6] == '-' && text[11] == ' ' && text[14] == ':' &&
               text[17] == ':' && text[20] == ' ' && (text[21] == '+' || text[21] == '-');
  if (!shape || date.local.year < 0 || !is_valid(date.local)) return Error{"bad date-time", 0};
  if (!parse_zone(text.substr(21), date)) return Error{"bad zone", 21};
  return date;
}

}  // namespace mailcosm::mail
