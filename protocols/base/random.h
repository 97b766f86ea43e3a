// Random: a small generator whose whole state is a value, forked by name.
//
// SplitMix64: 64 bits of state, every seed good. All draws are integers, so that the same seed
// gives the same numbers with every compiler and on every processor. Engines are handed a Random
// (or one drawn number); they never make one.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/base/hash.h"

namespace mailcosm {

class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  // An independent stream. Forking depends on the seed and the name only, never on what was drawn
  // before, so that adding a host or a link does not shift the numbers of another.
  static constexpr Random fork(std::uint64_t seed, std::string_view name) {
    Hash64 hash(seed);
    hash.add(name);
    return Random(hash.value());
  }

  constexpr std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    return Hash64::mix(state_);
  }

  // Uniform in [0, bound), by multiplication and rejection (Lemire 2019). REQUIRES: bound > 0.
  std::uint64_t below(std::uint64_t bound);
  // True in `numerator` of `denominator` cases. REQUIRES: denominator > 0.
  bool chance(std::uint64_t numerator, std::uint64_t denominator) {
    return below(denominator) < numerator;
  }

  friend constexpr bool operator==(const Random&, const Random&) = default;

 private:
  std::uint64_t state_;
};

}  // namespace mailcosm
