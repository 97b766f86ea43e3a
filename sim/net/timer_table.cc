#include "sim/net/timer_table.h"

#include <algorithm>

#include "protocols/base/check.h"
#include "sim/net/fabric.h"
#include "sim/net/virtual_host.h"

namespace mailcosm::sim {

TimerIndex TimerTable::create(TimerHandler& handler, std::uint64_t tag) {
  TimerIndex index = first_free_;
  if (index == kNone) {
    index = static_cast<TimerIndex>(slots_.size());
    slots_.emplace_back();
  } else {
    first_free_ = slots_[index].next_free;
  }
  Slot& slot = slots_[index];
  const std::uint32_t generation = slot.generation;
  slot = Slot();
  slot.generation = generation + 1;
  slot.handler = &handler;
  slot.tag = tag;
  return index;
}

void TimerTable::arm(VirtualHost& host, TimerIndex index, Instant deadline) {
  CHECK(index < slots_.size() && slots_[index].handler != nullptr);
  Slot& slot = slots_[index];
  slot.deadline = deadline;
  if (deadline.is_never()) return;
  slot.deadline = std::max(deadline, host.now());
  slot.cause = host.trace().cause();
  if (slot.pending <= slot.deadline) return;
  slot.pending = slot.deadline;
  host.fabric().schedule(host.index(), slot.pending, NetworkEvent::kTimer, index,
                         ++slot.generation);
}

void TimerTable::destroy(TimerIndex index) {
  CHECK(index < slots_.size() && slots_[index].handler != nullptr);
  Slot& slot = slots_[index];
  slot.handler = nullptr;
  slot.deadline = slot.pending = Instant::never();
  ++slot.generation;
  slot.next_free = first_free_;
  first_free_ = index;
}

void TimerTable::disarm_all() {
  for (Slot& slot : slots_) slot.deadline = Instant::never();
}

void TimerTable::expire(VirtualHost& host, TimerIndex index, std::uint32_t generation) {
  Slot& slot = slots_[index];
  if (slot.generation != generation) return;
  slot.pending = Instant::never();
  if (slot.deadline.is_never()) return;
  if (slot.deadline > host.now()) {
    slot.pending = slot.deadline;
    host.fabric().schedule(host.index(), slot.pending, NetworkEvent::kTimer, index,
                           ++slot.generation);
    return;
  }
  slot.deadline = Instant::never();
  host.trace().set_cause(slot.cause);
  slot.handler->on_timer(slot.tag);
}

}  // namespace mailcosm::sim
