#include "sim/population/size_distribution.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

std::uint64_t draw_once(const std::vector<SizeDistribution::Part>& parts, Random& random) {
  CHECK(!parts.empty());
  std::uint64_t all = 0;
  for (const SizeDistribution::Part& part : parts) all += part.share;
  std::uint64_t place = parts.size() == 1 ? 0 : random.below(all);
  for (const SizeDistribution::Part& part : parts) {
    if (parts.size() == 1 || place < part.share)
      return std::visit([&](const auto& shape) { return shape.draw(random); }, part.shape);
    place -= part.share;
  }
  return 0;
}

}  // namespace

std::uint64_t SizeDistribution::draw(Random& random) const {
  // A distribution that lies nearly all above its own limit must not keep us for ever.
  constexpr int kTriesMax = 100;
  std::uint64_t drawn = draw_once(parts, random);
  for (int tries = 1; drawn > max && tries < kTriesMax; ++tries) drawn = draw_once(parts, random);
  return std::min(drawn, max);
}

}  // namespace mailcosm::sim
