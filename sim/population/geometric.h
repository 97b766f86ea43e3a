// Geometric: 1, or one more with a fixed probability, and so on.
#pragma once

#include <cstdint>

#include "protocols/base/random.h"

namespace mailcosm::sim {

struct Geometric {
  std::int64_t mean = 1'000'000;  // millionths; at least 1, at most 1,000
  std::uint64_t max = 1;          // the last value holds what would lie beyond

  std::uint64_t draw(Random& random) const {
    const auto all = static_cast<std::uint64_t>(mean);
    std::uint64_t count = 1;
    while (count < max && random.chance(all - 1'000'000, all)) ++count;
    return count;
  }
};

}  // namespace mailcosm::sim
