// Instant, Duration and WallTime: the only three notions of time.
//
// All are integers of nanoseconds, so that no order of events depends on rounding. An Instant
// counts from the start of the run; a WallTime counts from 1970-01-01 00:00:00 UTC without leap
// seconds and is what Date fields show. A scenario fixes the wall time at which the run starts;
// nothing reads the machine's clock.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>

namespace mailcosm {

using Duration = std::chrono::nanoseconds;

struct Instant {
  std::int64_t ns = 0;

  // Later than every instant a run can reach: "no deadline".
  static constexpr Instant never() { return {std::numeric_limits<std::int64_t>::max()}; }
  constexpr bool is_never() const { return ns == std::numeric_limits<std::int64_t>::max(); }

  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;

  // Saturates at never(), so that "now + a very long time" stays in the future.
  friend constexpr Instant operator+(Instant instant, Duration duration) {
    std::int64_t sum = 0;
    if (instant.is_never() || __builtin_add_overflow(instant.ns, duration.count(), &sum))
      return never();
    return {sum};
  }
  friend constexpr Instant operator-(Instant instant, Duration duration) {
    return instant + -duration;
  }
  friend constexpr Duration operator-(Instant later, Instant earlier) {
    return Duration(later.ns - earlier.ns);
  }
};

struct WallTime {
  std::int64_t ns = 0;

  constexpr std::int64_t seconds() const {
    return ns >= 0 ? ns / 1'000'000'000 : -((-ns + 999'999'999) / 1'000'000'000);
  }
  friend constexpr auto operator<=>(const WallTime&, const WallTime&) = default;
  friend constexpr WallTime operator+(WallTime wall, Duration duration) {
    return {wall.ns + duration.count()};
  }
};

}  // namespace mailcosm
