// PoissonProcess: arrivals that know nothing of each other; the time between them is exponential.
#pragma once

#include "sim/population/arrival_process.h"
#include "sim/population/exponential.h"
#include "sim/population/rate.h"

namespace mailcosm::sim {

class PoissonProcess final : public ArrivalProcess {
 public:
  PoissonProcess(std::uint64_t count, Duration during) : count_(count), during_(during) {}

  Duration next(Random& random) override {
    const std::uint64_t gap = time_for(draw_exponential(random), count_, during_);
    return Duration(static_cast<std::int64_t>(gap));
  }

 private:
  std::uint64_t count_;
  Duration during_;
};

}  // namespace mailcosm::sim
