#include "sim/population/count_distribution.h"

namespace mailcosm::sim {

CountDistribution::CountDistribution(const CountModel& model) : model_(model) {
  if (const auto* zipf = std::get_if<ZipfCount>(&model))
    zipf_ = std::make_unique<Zipf>(zipf->max, zipf->exponent);
}

std::uint64_t CountDistribution::draw(Random& random) const {
  if (const auto* uniform = std::get_if<Uniform>(&model_)) return uniform->draw(random);
  if (const auto* geometric = std::get_if<Geometric>(&model_)) return geometric->draw(random);
  return zipf_->draw(random, zipf_->count());
}

}  // namespace mailcosm::sim
