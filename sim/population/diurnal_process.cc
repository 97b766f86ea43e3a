#include "sim/population/diurnal_process.h"

#include <algorithm>

#include "protocols/base/check.h"
#include "sim/population/exponential.h"
#include "sim/population/rate.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint64_t kHour = 3'600'000'000'000;
constexpr std::uint64_t kDay = 24 * kHour;

// Goes through the hours from a time of day on: calls with the weight of each and what is left of
// it, until that gives false.
template <typename Take>
void walk(const std::array<std::uint32_t, 24>& profile, std::uint64_t time_of_day, Take take) {
  while (true) {
    const std::uint64_t left = kHour - time_of_day % kHour;
    if (!take(profile[time_of_day / kHour], left)) return;
    time_of_day = (time_of_day + left) % kDay;
  }
}

}  // namespace

DiurnalProcess::DiurnalProcess(const ArrivalModel& model, std::uint64_t count, WallTime start)
    : profile_(model.profile), count_(count), weight_(0) {
  constexpr std::int64_t kDaySeconds = 86'400;
  const std::int64_t seconds = (start.seconds() % kDaySeconds + kDaySeconds) % kDaySeconds;
  time_of_day_ = static_cast<std::uint64_t>(seconds) * 1'000'000'000;
  auto rest = static_cast<std::uint64_t>(model.during.count());
  walk(profile_, time_of_day_, [&](std::uint64_t weight, std::uint64_t left) {
    const std::uint64_t part = std::min(left, rest);
    rest -= part;
    // If that time is all night, the mails are written in the first hour of the day.
    weight_ += weight * (rest == 0 && weight_ == 0 ? left : part);
    return rest > 0 || weight_ == 0;
  });
  CHECK(weight_ > 0);
}

Duration DiurnalProcess::next(Random& random) {
  // How much weight passes until then.
  std::uint64_t work =
      time_for(draw_exponential(random), count_, Duration(static_cast<std::int64_t>(weight_)));
  std::uint64_t gap = 0;
  walk(profile_, time_of_day_, [&](std::uint64_t weight, std::uint64_t left) {
    if (work < weight * left) {
      gap += work / weight;
      return false;
    }
    work -= weight * left;
    gap += left;
    return true;
  });
  time_of_day_ = (time_of_day_ + gap) % kDay;
  return Duration(static_cast<std::int64_t>(gap));
}

}  // namespace mailcosm::sim
