// Timer: one deadline of an agent.
//
// Arming it again moves the deadline and costs nothing when it moves later: the event that is
// already scheduled looks at the deadline when it comes (lazy re-arming), so that a timer pushed
// back with every line makes no garbage.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

class Runtime;

class TimerHandler {
 public:
  // The deadline has come; the timer is disarmed. `tag` is the one given to the timer. The handler
  // may destroy it.
  virtual void on_timer(std::uint64_t tag) = 0;

 protected:
  ~TimerHandler() = default;
};

using TimerIndex = std::uint32_t;

class Timer {
 public:
  Timer(Runtime& runtime, TimerHandler& handler, std::uint64_t tag = 0);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // A deadline in the past or now fires at the present instant, after the running handler has
  // returned. never() disarms.
  void arm(Instant deadline);
  void arm_after(Duration delay);
  void disarm() { arm(Instant::never()); }

 private:
  Runtime* runtime_;
  TimerIndex index_;
};

}  // namespace mailcosm::sim
