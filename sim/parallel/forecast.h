// Forecast: whether a run is worth several threads.
//
// Only a guess at the time it takes, from what is known before the run. It decides how a world is
// cut and how many threads run it, never what happens in it. Other work of the machine is not
// known to it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

// What the busiest thread has to do, of all there is.
struct WorkShare {
  std::uint64_t busiest = 1;
  std::uint64_t all = 1;
};

struct Forecast {
  std::uint64_t events = 0;    // that the whole run is expected to have
  Duration busy{};             // the virtual time in which most of them happen
  std::uint64_t barriers = 0;  // times at which the world acts and all must meet

  // A run shorter than this is over before threads pay.
  static constexpr std::uint64_t kEventsMin = 200'000;
  // A meeting of the threads, with all that one of them does alone, takes as long as so many
  // events.
  static constexpr std::uint64_t kEventsOfMeeting = 25;

  // Times between two meetings, when partitions can run ahead of each other by `look_ahead`; and
  // events in each.
  std::uint64_t windows(Duration look_ahead) const;
  std::uint64_t events_of_window(Duration look_ahead) const { return events / windows(look_ahead); }
  // How long the run takes, in events of one thread.
  std::uint64_t cost(Duration look_ahead, const WorkShare& share) const;
  // Whether a run of this cost is shorter than that of one thread by a tenth at least.
  bool is_worth_threads(std::uint64_t cost) const {
    return events >= kEventsMin && cost / 9 <= events / 10;
  }
};

}  // namespace mailcosm::sim
