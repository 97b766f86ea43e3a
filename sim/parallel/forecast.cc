#include "sim/parallel/forecast.h"

#include <algorithm>

namespace mailcosm::sim {

std::uint64_t Forecast::events_of_window(Duration look_ahead) const {
  const auto span = static_cast<std::uint64_t>(std::max<Duration::rep>(busy.count(), 1));
  const auto ahead = static_cast<std::uint64_t>(std::max<Duration::rep>(look_ahead.count(), 1));
  // Windows end at barriers, too.
  const std::uint64_t windows = span / ahead + barriers + 1;
  return events / windows;
}

}  // namespace mailcosm::sim
