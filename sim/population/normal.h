// Normal: draws from the standard normal distribution, by Marsaglia's polar method.
#pragma once

#include "protocols/base/random.h"
#include "sim/population/fixed.h"

namespace mailcosm::sim {

Fixed draw_normal(Random& random);

}  // namespace mailcosm::sim
