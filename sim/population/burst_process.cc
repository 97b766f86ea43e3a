#include "sim/population/burst_process.h"

#include "sim/population/exponential.h"
#include "sim/population/rate.h"

namespace mailcosm::sim {

BurstProcess::BurstProcess(const ArrivalModel& model, std::uint64_t count)
    : factor_(model.burst_factor),
      length_(static_cast<std::uint64_t>(model.burst_length.count())),
      pause_(static_cast<std::uint64_t>(model.burst_pause.count())),
      count_(count) {
  // The rate between bursts counts as 1: (pause + factor * length) / (pause + length) on average.
  __extension__ using Uint128 = unsigned __int128;
  const Uint128 weight = static_cast<Uint128>(static_cast<std::uint64_t>(model.during.count())) *
                         (pause_ + static_cast<Uint128>(factor_) * length_) / (pause_ + length_);
  weight_ = Duration(static_cast<std::int64_t>(weight));
}

// In the middle of things: in a burst with the probability that it has at any time.
void BurstProcess::begin(Random& random) {
  begun_ = true;
  in_burst_ = random.chance(length_, length_ + pause_);
  left_ = times(in_burst_ ? length_ : pause_, draw_exponential(random));
}

Duration BurstProcess::next(Random& random) {
  if (!begun_) begin(random);
  std::uint64_t work = time_for(draw_exponential(random), count_, weight_);
  std::uint64_t gap = 0;
  while (true) {
    const std::uint64_t rate = in_burst_ ? factor_ : 1;
    const std::uint64_t needed = work / rate;
    if (needed <= left_) {
      left_ -= needed;
      gap += needed;
      return Duration(static_cast<std::int64_t>(gap));
    }
    work -= left_ * rate;
    gap += left_;
    in_burst_ = !in_burst_;
    left_ = times(in_burst_ ? length_ : pause_, draw_exponential(random));
  }
}

}  // namespace mailcosm::sim
