#include "sim/agents/common/delayed_calls.h"

#include <algorithm>
#include <utility>

namespace mailcosm::sim {

void DelayedCalls::after(Duration delay, std::function<void()> call) {
  calls_.push_back({runtime_->now() + delay, runtime_->trace().cause(), std::move(call)});
  if (!timer_) timer_ = std::make_unique<Timer>(*runtime_, static_cast<TimerHandler&>(*this));
  arm();
}

void DelayedCalls::arm() {
  Instant next = Instant::never();
  for (const Call& call : calls_) next = std::min(next, call.due);
  timer_->arm(next);
}

void DelayedCalls::on_timer(std::uint64_t) {
  const Instant now = runtime_->now();
  std::vector<Call> due;
  for (Call& call : calls_) {
    if (call.due <= now) due.push_back(std::move(call));
  }
  std::erase_if(calls_, [&](const Call& call) { return call.due <= now; });
  for (const Call& call : due) {
    runtime_->trace().set_cause(call.cause);
    call.call();
  }
  arm();
}

}  // namespace mailcosm::sim
