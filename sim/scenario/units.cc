#include "sim/scenario/units.h"

#include <fmt/format.h>

#include <chrono>
#include <limits>
#include <span>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::scenario {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
  bool written = true;  // used when a value is printed
};

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr Unit kDurations[] = {{"days", 86'400 * kSecond},
                               {"day", 86'400 * kSecond, false},
                               {"h", 3'600 * kSecond},
                               {"hour", 3'600 * kSecond, false},
                               {"hours", 3'600 * kSecond, false},
                               {"min", 60 * kSecond},
                               {"minute", 60 * kSecond, false},
                               {"minutes", 60 * kSecond, false},
                               {"s", kSecond},
                               {"second", kSecond, false},
                               {"seconds", kSecond, false},
                               {"ms", 1'000'000},
                               {"us", 1'000},
                               {"ns", 1}};
constexpr Unit kBandwidths[] = {
    {"Gbit/s", 1'000'000'000}, {"Mbit/s", 1'000'000}, {"kbit/s", 1'000}, {"bit/s", 1}};
constexpr Unit kFractions[] = {{"%", 10'000}, {"ppm", 1}};
constexpr Unit kSizes[] = {
    {"GiB", 1 << 30},         {"MiB", 1 << 20},     {"KiB", 1 << 10}, {"GB", 1'000'000'000, false},
    {"MB", 1'000'000, false}, {"kB", 1'000, false}, {"B", 1}};

std::string unit_list(std::span<const Unit> units) {
  std::string list;
  for (const Unit& unit : units) list += (list.empty() ? "" : ", ") + std::string(unit.name);
  return list;
}

// quantity = 1*DIGIT ["." 1*DIGIT] [SP] unit
Result<std::int64_t> parse_quantity(std::string_view text, std::span<const Unit> units,
                                    std::string_view example) {
  std::size_t i = 0;
  std::int64_t value = 0;    // all digits, without the point
  std::int64_t divisor = 1;  // 10 to the number of digits behind the point
  bool point = false, digits_behind = false;
  for (; i < text.size() && (ascii::is_digit(text[i]) || (text[i] == '.' && !point && i > 0));
       ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    digits_behind = point;
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, std::int64_t{text[i] - '0'}, &value) ||
        (point && __builtin_mul_overflow(divisor, std::int64_t{10}, &divisor))) {
      return Error{"the number is too large", i};
    }
  }
  if (i == 0) return Error{fmt::format("expected a number and a unit, such as {}", example), 0};
  if (point && !digits_behind) return Error{"no digit behind the decimal point", i};
  if (text[0] == '0' && i > 1 && text[1] != '.') {
    return Error{"a number must not begin with 0", 0};
  }
  const std::size_t number_end = i;
  if (i < text.size() && text[i] == ' ') ++i;
  const std::string_view name = text.substr(i);
  if (name.empty() && !units[0].name.empty()) {
    return Error{
        fmt::format("no unit behind {} (one of {})", text.substr(0, number_end), unit_list(units)),
        number_end};
  }
  for (const Unit& unit : units) {
    if (unit.name != name) continue;
    // Both factors are bounded, so that 128 bits hold the product.
    __extension__ using Wide = __int128;
    const Wide scaled = static_cast<Wide>(value) * unit.factor;
    if (scaled % divisor != 0) {
      return Error{units.back().name.empty() ? "more than six decimal places"
                                             : fmt::format("finer than 1 {}", units.back().name),
                   0};
    }
    if (scaled / divisor > std::numeric_limits<std::int64_t>::max() / 4) {
      return Error{"the value is too large", 0};
    }
    return static_cast<std::int64_t>(scaled / divisor);
  }
  return Error{fmt::format("unknown unit '{}' (one of {})", name, unit_list(units)), i};
}

std::string format_quantity(std::int64_t value, std::span<const Unit> units,
                            std::string_view zero_unit) {
  if (value == 0) return fmt::format("0 {}", zero_unit);
  for (const Unit& unit : units) {
    if (unit.written && value % unit.factor == 0) {
      return fmt::format("{} {}", value / unit.factor, unit.name);
    }
  }
  return fmt::format("{} {}", value, units.back().name);
}

bool all_digits(std::string_view text) {
  for (char c : text) {
    if (!ascii::is_digit(c)) return false;
  }
  return !text.empty();
}

// `count` in units of `unit`, with as many decimal digits as needed.
std::string format_decimal(std::int64_t count, std::int64_t unit, int digits,
                           std::string_view name) {
  std::string text = fmt::format("{}.{:0{}}", count / unit, count % unit, digits);
  text.erase(text.find_last_not_of('0') + 1);
  return fmt::format("{} {}", text, name);
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  const auto value = parse_quantity(text, kDurations, "'20 ms'");
  if (!value) return value.error();
  return Duration(*value);
}

Result<std::int64_t> parse_bandwidth(std::string_view text) {
  return parse_quantity(text, kBandwidths, "'10 Mbit/s'");
}

Result<std::int64_t> parse_fraction(std::string_view text) {
  auto value = parse_quantity(text, kFractions, "'1 %'");
  if (value && *value > 1'000'000) return Error{"more than 100 %", 0};
  return value;
}

Result<std::int64_t> parse_size(std::string_view text) {
  return parse_quantity(text, kSizes, "'25 MiB'");
}

Result<WallTime> parse_wall_time(std::string_view text) {
  const Error wrong{"expected a date and time such as '2026-01-05 09:00:00 UTC'", 0};
  const bool iso = text.size() == 20 && text[10] == 'T' && text[19] == 'Z';
  const bool plain = text.size() == 23 && text[10] == ' ' && text.substr(19) == " UTC";
  if (!iso && !plain) return wrong;
  if (text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') return wrong;
  const auto number = [&](std::size_t begin, std::size_t length) -> int {
    const std::string_view digits = text.substr(begin, length);
    if (!all_digits(digits)) return -1;
    return static_cast<int>(*ascii::parse_unsigned(digits, 9999));
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return wrong;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return Error{"there is no such day", 0};
  if (hour > 23 || minute > 59 || second > 59) return Error{"there is no such time of day", 11};
  if (year < 1970 || year > 2261) return Error{"the year must lie between 1970 and 2261", 0};
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return WallTime{(days * 86'400 + hour * 3'600 + minute * 60 + second) * kSecond};
}

Result<std::int64_t> parse_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (!all_digits(digits)) return Error{"expected a whole number", 0};
  if (digits.size() > 1 && digits[0] == '0') {
    return Error{"a number must not begin with 0 (some YAML readers take it for octal)", 0};
  }
  const auto value = ascii::parse_unsigned(digits, std::numeric_limits<std::int64_t>::max());
  if (!value) return Error{"the number is too large", 0};
  const auto number = static_cast<std::int64_t>(*value);
  return negative ? -number : number;
}

Result<std::int64_t> parse_decimal(std::string_view text) {
  const bool plain = text.find_first_not_of("0123456789.") == std::string_view::npos;
  if (text.empty() || !plain) return Error{"expected digits, and a point if need be", 0};
  constexpr Unit kOnes[] = {{"", 1'000'000}};
  return parse_quantity(text, kOnes, "'1.5'");
}

std::string format_decimal(std::int64_t millionths) {
  constexpr std::int64_t kOne = 1'000'000;
  if (millionths % kOne == 0) return std::to_string(millionths / kOne);
  std::string text = fmt::format("{}.{:06}", millionths / kOne, millionths % kOne);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string format_duration(Duration duration) {
  if (duration == std::chrono::days(1)) return "1 day";
  // Ten digits of nanoseconds say less to a reader than seconds with a fraction.
  const std::int64_t ns = duration.count();
  if (ns >= 1'000'000'000 && ns % 1'000'000 != 0) return format_decimal(ns, 1'000'000'000, 9, "s");
  if (ns >= 1'000'000 && ns % 1'000 != 0) return format_decimal(ns, 1'000'000, 6, "ms");
  return format_quantity(duration.count(), kDurations, "s");
}

std::string format_bandwidth(std::int64_t bits_per_second) {
  return format_quantity(bits_per_second, kBandwidths, "bit/s");
}

std::string format_fraction(std::int64_t millionths) {
  return format_quantity(millionths, kFractions, "%");
}

std::string format_size(std::int64_t octets) { return format_quantity(octets, kSizes, "B"); }

std::string format_wall_time(WallTime time) {
  const std::int64_t seconds = time.seconds();
  const std::int64_t days = seconds >= 0 ? seconds / 86'400 : -((-seconds + 86'399) / 86'400);
  const std::int64_t rest = seconds - days * 86'400;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     rest / 3'600, rest / 60 % 60, rest % 60);
}

}  // namespace mailcosm::sim::scenario
