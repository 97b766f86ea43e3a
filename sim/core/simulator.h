// Simulator: the loop. It pops events in their total order and hands each to its target; time jumps
// from one to the next. One thread; a world that runs on several cores has one Simulator per
// partition.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/event_queue.h"

namespace mailcosm::sim {

// Is told of most events some steps before they are handled, to ask for the memory that they will
// need. What it does or leaves must make no other difference.
class Foresight {
 public:
  virtual void foresee(const Event& event) const = 0;

 protected:
  ~Foresight() = default;
};

class Simulator {
 public:
  Instant now() const { return now_; }

  // Makes `target` addressable. It must outlive the run. Ids are given in order of registration.
  TargetId add_target(EventTarget& target);

  // It must outlive the run, and knows the events of all targets. Without it the targets themselves
  // are asked for.
  void set_foresight(const Foresight& foresight) { foresight_ = &foresight; }

  // REQUIRES: key.time >= now(), and no other event has this key.
  void schedule(const Event& event) { queue_.push(event); }

  // Handles events up to and including `end`, and leaves now() there (or at the last event if `end`
  // is never). Stops early after stop(). Gives the number of events handled.
  std::uint64_t run_until(Instant end);
  std::uint64_t run() { return run_until(Instant::never()); }
  // The same, but at most `events_max` events, so that a caller can show progress between slices.
  // now() moves to `end` only when nothing is left before it. Gives the number of events handled;
  // fewer than `events_max` means done.
  std::uint64_t run_some(Instant end, std::uint64_t events_max);
  void stop() { stopped_ = true; }

  // For a world of several partitions, each with a simulator of its own. Handles at most
  // `events_max` events before `end`, and leaves now() at the last of them. Gives their number.
  std::uint64_t run_before(Instant end, std::uint64_t events_max);
  // Time of the next event, or never.
  Instant next_time() { return queue_.earliest(); }
  // The world acts at `time`: what is before is over, and calls from outside count as made by it.
  // REQUIRES: no event before `time` is pending, and now() is not later.
  void reach(Instant time);

  std::uint64_t events_handled() const { return events_handled_; }
  std::size_t pending() const { return queue_.size(); }
  // The event handled now or last; for reports of internal errors.
  const Event& last_event() const { return last_event_; }

  // Permutes the order of simultaneous events of one class, to find models that lean on ties. 0:
  // the documented order.
  void set_tie_break_seed(std::uint64_t seed) { tie_break_seed_ = seed; }
  std::uint64_t tie_break_seed() const { return tie_break_seed_; }

 private:
  void handle_next();

  EventQueue queue_;
  std::vector<EventTarget*> targets_;
  const Foresight* foresight_ = nullptr;
  Instant now_;
  Event last_event_;
  std::uint64_t events_handled_ = 0;
  std::uint64_t tie_break_seed_ = 0;
  bool stopped_ = false;
};

// A host's own sender of events: it numbers them, which makes their keys unique.
class EventSource {
 public:
  EventSource(Simulator& simulator, HostIndex host) : simulator_(&simulator), host_(host) {}

  HostIndex host() const { return host_; }
  void send(Instant time, EventClass event_class, TargetId target, std::uint32_t what,
            std::uint64_t a = 0, std::uint64_t b = 0) {
    simulator_->schedule({next_key(time, event_class), target, what, a, b});
  }
  // The key of an event that goes to another simulator; it counts as sent. REQUIRES: time >= now().
  EventKey next_key(Instant time, EventClass event_class);

 private:
  Simulator* simulator_;
  HostIndex host_;
  std::uint64_t sent_ = 0;
};

}  // namespace mailcosm::sim
