// Virtual times as people read them.
#pragma once

#include <string>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

// "0 ms", "250 ns", "120.5 ms", "3.204 s", "5 min 3 s", "2 h", "3 days 1 h": at most three digits
// after the point.
std::string duration_text(Duration duration);

// Since the start of the run: "+ 120.5 ms" within the first minute, "+ 12:03.250" within the first
// hour, "+ 03:04:05" within the first day, then "day 2 03:04:05"; "never".
std::string time_text(Instant time);

}  // namespace mailcosm::sim
