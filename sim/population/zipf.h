// Zipf: ranks of which few are frequent and most are rare: P(k) is proportional to k^-exponent.
#pragma once

#include <cstdint>
#include <vector>

#include "protocols/base/random.h"

namespace mailcosm::sim {

// Weight of rank k from 1 on, at least 1; that of rank 1 is 2^36.
std::uint64_t zipf_weight(std::uint64_t rank, std::int64_t exponent_millionths);

// A table of 8 octets for each rank. Immutable once made, so that all hosts may share it.
class Zipf {
 public:
  // REQUIRES: 0 < count <= 2^27, an exponent of 0 (all alike) to 5.
  Zipf(std::uint64_t count, std::int64_t exponent_millionths);

  std::uint64_t count() const { return sums_.size(); }
  // A rank from 1 to `among`. REQUIRES: 0 < among <= count().
  std::uint64_t draw(Random& random, std::uint64_t among) const;

 private:
  std::vector<std::uint64_t> sums_;  // of the weights up to each rank
};

}  // namespace mailcosm::sim
