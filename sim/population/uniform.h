// Uniform: whole numbers from min to max, each as likely as the other.
#pragma once

#include <cstdint>

#include "protocols/base/random.h"

namespace mailcosm::sim {

struct Uniform {
  std::uint64_t min = 0;
  std::uint64_t max = 0;  // min for a constant; less than 2^64 - 1

  std::uint64_t draw(Random& random) const {
    return min == max ? min : min + random.below(max - min + 1);
  }
};

}  // namespace mailcosm::sim
