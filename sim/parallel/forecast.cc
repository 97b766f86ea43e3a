#include "sim/parallel/forecast.h"

#include <algorithm>

namespace mailcosm::sim {

std::uint64_t Forecast::windows(Duration look_ahead) const {
  const auto span = static_cast<std::uint64_t>(std::max<Duration::rep>(busy.count(), 1));
  const auto ahead = static_cast<std::uint64_t>(std::max<Duration::rep>(look_ahead.count(), 1));
  // Windows end at barriers, too; and there is none without an event.
  return std::min(span / ahead, events) + barriers + 1;
}

std::uint64_t Forecast::cost(Duration look_ahead, const WorkShare& share) const {
  // Parts of a thousand, so that nothing overflows.
  const std::uint64_t part = share.busiest * 1'000 / std::max<std::uint64_t>(share.all, 1);
  return events / 1'000 * part + events % 1'000 * part / 1'000 +
         windows(look_ahead) * kEventsOfMeeting;
}

}  // namespace mailcosm::sim
