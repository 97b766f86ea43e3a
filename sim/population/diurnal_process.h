// DiurnalProcess: a Poisson process whose rate changes with the hour of the day.
#pragma once

#include "sim/population/arrival_process.h"

namespace mailcosm::sim {

class DiurnalProcess final : public ArrivalProcess {
 public:
  // Scaled so that `count` arrivals are expected in the first `during` from `start` on.
  DiurnalProcess(const ArrivalModel& model, std::uint64_t count, WallTime start);

  Duration next(Random& random) override;

 private:
  std::array<std::uint32_t, 24> profile_;
  std::uint64_t count_;
  std::uint64_t weight_;       // of the first `during`: weights times nanoseconds
  std::uint64_t time_of_day_;  // now, ns
};

}  // namespace mailcosm::sim
