#include "sim/trace/time_text.h"

#include <fmt/format.h>

namespace mailcosm::sim {
namespace {

constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

// `ns` in a unit with up to three decimals, rounded towards zero, without zeros at the end.
std::string decimal(std::int64_t ns, std::int64_t unit) {
  std::string text = fmt::format("{}.{:03}", ns / unit, ns % unit / (unit / 1000));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// "5 min 3 s": two units, the smaller left out if it is zero.
std::string pair(std::int64_t ns, std::int64_t large, std::string_view large_name,
                 std::int64_t small, std::string_view small_name) {
  std::string text = fmt::format("{} {}", ns / large, large_name);
  const std::int64_t rest = ns % large / small;
  if (rest != 0) text += fmt::format(" {} {}", rest, small_name);
  return text;
}

}  // namespace

std::string duration_text(Duration duration) {
  const std::int64_t ns = duration.count();
  if (ns < 0) return ns == INT64_MIN ? "-292 years" : "-" + duration_text(-duration);
  if (ns == 0) return "0 ms";
  if (ns < kMicrosecond) return fmt::format("{} ns", ns);
  if (ns < kMillisecond) return decimal(ns, kMicrosecond) + " us";
  if (ns < kSecond) return decimal(ns, kMillisecond) + " ms";
  if (ns < kMinute) return decimal(ns, kSecond) + " s";
  if (ns < kHour) return pair(ns, kMinute, "min", kSecond, "s");
  if (ns < kDay) return pair(ns, kHour, "h", kMinute, "min");
  return pair(ns, kDay, ns < 2 * kDay ? "day" : "days", kHour, "h");
}

std::string time_text(Instant time) {
  if (time.is_never()) return "never";
  const std::int64_t ns = time.ns;
  if (ns < 0) return "- " + time_text(Instant{ns == INT64_MIN ? INT64_MAX - 1 : -ns}).substr(2);
  if (ns < kSecond) return fmt::format("+ {} ms", decimal(ns, kMillisecond));
  if (ns < kMinute) return fmt::format("+ {} s", decimal(ns, kSecond));
  const std::int64_t seconds = ns / kSecond;
  if (ns < kHour) {
    return fmt::format("+ {:02}:{:02}.{:03}", seconds / 60, seconds % 60,
                       ns % kSecond / kMillisecond);
  }
  const std::string clock =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  if (ns < kDay) return "+ " + clock;
  return fmt::format("day {} {}", ns / kDay + 1, clock);
}

}  // namespace mailcosm::sim
