// Forecast: whether a run is worth several threads.
//
// Only a guess at the time it takes, from what is known before the run. It decides how many threads
// run a world, never what happens in it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

struct Forecast {
  std::uint64_t events = 0;    // that the whole run is expected to have
  Duration busy{};             // the virtual time in which most of them happen
  std::uint64_t barriers = 0;  // times at which the world acts and all must meet

  // A run shorter than this is over before threads pay.
  static constexpr std::uint64_t kEventsMin = 200'000;
  // All partitions together must have this much to do between two meetings.
  static constexpr std::uint64_t kEventsOfWindowMin = 64;

  // Events between two meetings, when partitions can run ahead of each other by `look_ahead`.
  std::uint64_t events_of_window(Duration look_ahead) const;
  bool is_worth_threads(Duration look_ahead) const {
    return events >= kEventsMin && events_of_window(look_ahead) >= kEventsOfWindowMin;
  }
};

}  // namespace mailcosm::sim
