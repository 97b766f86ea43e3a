// DelayNumbers: many delays as a few numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "protocols/base/instant.h"

namespace mailcosm::sim::expectations {

// The mean is rounded down. A percentile is the smallest of the delays that so many per cent of
// them do not exceed.
struct DelayNumbers {
  Duration mean{}, p50{}, p90{}, p95{}, p99{}, max{};
};

// Of delays in nanoseconds, in any order. REQUIRES: at least one; none is negative.
DelayNumbers numbers_of(std::vector<std::int64_t> delays);

}  // namespace mailcosm::sim::expectations
