// SelfExcitingProcess: a Hawkes process with an exponential kernel: each arrival raises the rate,
// and what it added fades away.
#pragma once

#include "sim/population/arrival_process.h"

namespace mailcosm::sim {

class SelfExcitingProcess final : public ArrivalProcess {
 public:
  SelfExcitingProcess(const ArrivalModel& model, std::uint64_t count);

  Duration next(Random& random) override;

 private:
  std::uint64_t count_;
  Duration during_;               // of `count_` arrivals that nothing caused
  std::uint64_t step_;            // by which one arrival raises excitement_
  std::uint64_t memory_;          // ns
  std::uint64_t excitement_ = 0;  // arrivals to come from what was; 32 bits behind the point
};

}  // namespace mailcosm::sim
