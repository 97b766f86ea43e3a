// Quantities as scenarios write them: a number, a space and a unit. All become integers, exactly:
// decimal fractions are digits, never floating point, and a fraction finer than the smallest unit
// is an error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/base/result.h"

namespace mailcosm::sim::scenario {

// Errors are phrases; `offset` is where in the text. "20 ms", "1.5 s", "5 days".
Result<Duration> parse_duration(std::string_view text);
// bit/s: "10 Mbit/s".
Result<std::int64_t> parse_bandwidth(std::string_view text);
// Parts in a million: "1 %", "0.05 %", "20 ppm"; at most 100 %.
Result<std::int64_t> parse_fraction(std::string_view text);
// Octets: "25 MiB", "1 kB", "100 B".
Result<std::int64_t> parse_size(std::string_view text);
// "2026-01-05 09:00:00 UTC" or "2026-01-05T09:00:00Z", years 1970 to 2261.
Result<WallTime> parse_wall_time(std::string_view text);
// Decimal digits, with '-' in front if negative; no leading zeros, no '+', no other base.
Result<std::int64_t> parse_integer(std::string_view text);
// Millionths: "1.318", "2".
Result<std::int64_t> parse_decimal(std::string_view text);

// The shortest way to write the same value: "90 s" and not "1.5 min", "1 day".
std::string format_duration(Duration duration);
std::string format_bandwidth(std::int64_t bits_per_second);
std::string format_fraction(std::int64_t millionths);
std::string format_size(std::int64_t octets);
std::string format_decimal(std::int64_t millionths);
std::string format_wall_time(WallTime time);

}  // namespace mailcosm::sim::scenario
