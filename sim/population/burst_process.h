// BurstProcess: a Markov-modulated Poisson process of two states, quiet times and bursts. Both last
// an exponential time.
#pragma once

#include "sim/population/arrival_process.h"

namespace mailcosm::sim {

class BurstProcess final : public ArrivalProcess {
 public:
  BurstProcess(const ArrivalModel& model, std::uint64_t count);

  Duration next(Random& random) override;

 private:
  void begin(Random& random);

  std::uint64_t factor_;
  std::uint64_t length_;
  std::uint64_t pause_;
  std::uint64_t count_;
  Duration weight_;  // of `during` at the mean rate: rates times nanoseconds
  bool begun_ = false;
  bool in_burst_ = false;
  std::uint64_t left_ = 0;  // of the present state, ns
};

}  // namespace mailcosm::sim
