#include "sim/population/empirical.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {

std::uint64_t Empirical::draw(Random& random) const {
  std::uint64_t all = 0;
  for (const Interval& interval : intervals) all += interval.share;
  CHECK(all > 0);
  std::uint64_t place = random.below(all);
  std::uint64_t low = from;
  for (const Interval& interval : intervals) {
    if (place < interval.share) return low + random.below(interval.below - low);
    place -= interval.share;
    low = interval.below;
  }
  return low;
}

}  // namespace mailcosm::sim
