// CountDistribution: how many recipients messages have.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>

#include "protocols/base/random.h"
#include "sim/population/geometric.h"
#include "sim/population/uniform.h"
#include "sim/population/zipf.h"

namespace mailcosm::sim {

// Parameters of a Zipf distribution over 1 to max.
struct ZipfCount {
  std::uint64_t max = 1;
  std::int64_t exponent = 0;  // millionths
};

using CountModel = std::variant<Uniform, Geometric, ZipfCount>;

class CountDistribution {
 public:
  explicit CountDistribution(const CountModel& model);

  std::uint64_t draw(Random& random) const;

 private:
  CountModel model_;
  std::unique_ptr<Zipf> zipf_;
};

}  // namespace mailcosm::sim
