// ConstantProcess: arrivals at equal distances, the first at a random place within one distance.
#pragma once

#include "sim/population/arrival_process.h"

namespace mailcosm::sim {

class ConstantProcess final : public ArrivalProcess {
 public:
  ConstantProcess(std::uint64_t count, Duration during)
      : count_(count), during_(static_cast<std::uint64_t>(during.count())) {}

  // The n-th lies at n * during / count behind the first, rounded down: no error adds up.
  Duration next(Random& random) override {
    __extension__ using Uint128 = unsigned __int128;
    if (arrivals_++ == 0) {
      return Duration(static_cast<std::int64_t>(random.below(during_ / count_ + 1)));
    }
    const auto at =
        static_cast<std::uint64_t>(static_cast<Uint128>(arrivals_ - 1) * during_ / count_);
    const std::uint64_t gap = at - last_;
    last_ = at;
    return Duration(static_cast<std::int64_t>(gap));
  }

 private:
  std::uint64_t count_;
  std::uint64_t during_;
  std::uint64_t arrivals_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace mailcosm::sim
