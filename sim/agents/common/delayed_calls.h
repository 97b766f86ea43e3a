// DelayedCalls: things to be done later, each with the cause that was current when it was put off.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/host/runtime.h"

namespace mailcosm::sim {

// Calls that are still open when this object goes are never made. A call must not destroy it.
class DelayedCalls final : TimerHandler {
 public:
  explicit DelayedCalls(Runtime& runtime) : runtime_(&runtime) {}

  void after(Duration delay, std::function<void()> call);

 private:
  struct Call {
    Instant due;
    RecordId cause;
    std::function<void()> call;
  };
  void on_timer(std::uint64_t tag) override;
  void arm();

  Runtime* runtime_;
  std::unique_ptr<Timer> timer_;  // from the first call on
  std::vector<Call> calls_;       // in the order of after()
};

}  // namespace mailcosm::sim
