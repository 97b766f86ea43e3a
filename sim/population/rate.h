// Rate: arrivals in a time, and how long a quantity of them takes.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"
#include "sim/population/fixed.h"

namespace mailcosm::sim {

// Time for `amount` arrivals at a rate of `count` in `during`. Saturates at 100 years. REQUIRES:
// count > 0, amount >= 0.
inline std::uint64_t time_for(Fixed amount, std::uint64_t count, Duration during) {
  __extension__ using Uint128 = unsigned __int128;
  constexpr std::uint64_t kLongest = 3'153'600'000'000'000'000;
  const Uint128 product = static_cast<Uint128>(static_cast<std::uint64_t>(amount)) *
                          static_cast<std::uint64_t>(during.count());
  const Uint128 time = (product >> kFixedBits) / count;
  return time < kLongest ? static_cast<std::uint64_t>(time) : kLongest;
}

}  // namespace mailcosm::sim
