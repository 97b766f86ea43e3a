#include "sim/host/timer.h"

#include "sim/host/runtime.h"

namespace mailcosm::sim {

Timer::Timer(Runtime& runtime, TimerHandler& handler, std::uint64_t tag)
    : runtime_(&runtime), index_(runtime.create_timer(handler, tag)) {}

Timer::~Timer() { runtime_->destroy_timer(index_); }

void Timer::arm(Instant deadline) { runtime_->arm_timer(index_, deadline); }

void Timer::arm_after(Duration delay) { arm(runtime_->now() + delay); }

}  // namespace mailcosm::sim
