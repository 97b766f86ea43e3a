#include "sim/population/self_exciting_process.h"

#include <algorithm>
#include <limits>

#include "protocols/base/check.h"
#include "sim/population/exponential.h"
#include "sim/population/rate.h"

namespace mailcosm::sim {
namespace {

__extension__ using Uint128 = unsigned __int128;
constexpr int kBits = 32;
constexpr std::uint64_t kNever = std::numeric_limits<std::int64_t>::max();

// Until the next arrival that earlier ones cause; never if there is none. With excitement s (the
// number still to come) the probability that none comes within t is exp(-s (1 - e^(-t/memory))).
std::uint64_t time_of_caused(std::uint64_t excitement, std::uint64_t memory, Random& random) {
  const Fixed drawn = draw_exponential(random);
  if (excitement == 0) return kNever;
  const Uint128 part =
      (static_cast<Uint128>(static_cast<std::uint64_t>(drawn)) << kBits) / excitement;
  if (part >= static_cast<Uint128>(kFixedOne)) return kNever;
  const auto rest = static_cast<std::uint64_t>(kFixedOne) - static_cast<std::uint64_t>(part);
  return times(memory, ln(static_cast<std::uint64_t>(kFixedOne)) - ln(rest));
}

}  // namespace

SelfExcitingProcess::SelfExcitingProcess(const ArrivalModel& model, std::uint64_t count)
    : count_(count),
      step_(static_cast<std::uint64_t>(model.branching) * (std::uint64_t{1} << kBits) / 1'000'000),
      memory_(static_cast<std::uint64_t>(model.memory.count())) {
  CHECK(model.branching >= 0 && model.branching < 1'000'000);
  // Each arrival stands for 1 / (1 - branching) in the end, so that fewer come by themselves.
  const Uint128 during = static_cast<Uint128>(static_cast<std::uint64_t>(model.during.count())) *
                         1'000'000 / static_cast<std::uint64_t>(1'000'000 - model.branching);
  during_ = Duration(static_cast<std::int64_t>(during));
}

// A. Dassios, H. Zhao: Exact simulation of Hawkes process with exponentially decaying intensity,
// Electronic Communications in Probability 18 (2013): the earlier of two independent times.
Duration SelfExcitingProcess::next(Random& random) {
  const std::uint64_t own = time_for(draw_exponential(random), count_, during_);
  const std::uint64_t gap = std::min(own, time_of_caused(excitement_, memory_, random));
  const Uint128 decayed = (static_cast<Uint128>(gap) << kFixedBits) / memory_;
  const bool forgotten = decayed >= static_cast<Uint128>(kFixedOne) * 100;
  excitement_ = forgotten ? 0 : times_exp(excitement_, -static_cast<Fixed>(decayed));
  excitement_ += step_;
  return Duration(static_cast<std::int64_t>(gap));
}

}  // namespace mailcosm::sim
