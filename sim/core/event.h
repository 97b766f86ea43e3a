// Event: what will happen, to whom, and its place in the one total order of the run.
//
// An event is a record, not a closure: it can be counted, traced, moved between threads and ranks,
// and costs no allocation. Its key is made by the host that sends it, before it leaves, so that the
// order does not depend on who ran first: there is no global insertion counter.
#pragma once

#include <compare>
#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

// Index of a host (or router) in the topology; kWorld stands for the scenario itself, which sends
// story and faults.
using HostIndex = std::uint32_t;
inline constexpr HostIndex kWorld = 0xffffffff;

// At equal times the lower class goes first. IMPORTANT: the numbers are part of the trace's
// meaning: changing them changes the outcome of every scenario with simultaneous events.
enum class EventClass : std::uint8_t {
  kScenario = 0,  // the scenario: story steps, faults, links that change
  kPacket = 1,    // a packet arrives
  kLocal = 2,     // a timer or a posted call of the host itself
};

// Total order: time, class, the sender, the sender's own count. Two different events never have
// equal keys; the queue CHECKs it.
struct EventKey {
  Instant time;
  EventClass event_class = EventClass::kLocal;
  HostIndex source = 0;
  std::uint64_t sequence = 0;  // the source's own number of events sent before this one

  friend constexpr auto operator<=>(const EventKey&, const EventKey&) = default;
};

using TargetId = std::uint32_t;

struct Event {
  EventKey key;
  TargetId target = 0;
  std::uint32_t what = 0;  // meaning is the target's own
  std::uint64_t a = 0;     // payload, the target's own: indices into arenas, generations
  std::uint64_t b = 0;
};

// Receives events. Must outlive the simulator's use of its TargetId.
class EventTarget {
 public:
  virtual void handle(const Event& event) = 0;

 protected:
  ~EventTarget() = default;
};

}  // namespace mailcosm::sim
