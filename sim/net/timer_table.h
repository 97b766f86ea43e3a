// TimerTable: the timers of one host.
//
// At most one event is pending per timer. A deadline that moves later leaves it where it is: when
// it comes, it looks at the deadline and is sent again. A deadline that moves earlier sends a new
// one and outdates the old.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/host/timer.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

class VirtualHost;

class TimerTable {
 public:
  TimerIndex create(TimerHandler& handler, std::uint64_t tag);
  void arm(VirtualHost& host, TimerIndex index, Instant deadline);
  void destroy(TimerIndex index);
  // Disarms all; their owners still have to destroy them.
  void disarm_all();
  // An event of ours has come.
  void expire(VirtualHost& host, TimerIndex index, std::uint32_t generation);

 private:
  struct Slot {
    TimerHandler* handler = nullptr;  // null: free
    std::uint64_t tag = 0;
    Instant deadline = Instant::never();
    Instant pending = Instant::never();  // when the event comes that counts
    RecordId cause;
    std::uint32_t generation = 0;  // events of older generations are outdated
    TimerIndex next_free = kNone;
  };
  static constexpr TimerIndex kNone = 0xffffffff;

  std::vector<Slot> slots_;
  TimerIndex first_free_ = kNone;
};

}  // namespace mailcosm::sim
