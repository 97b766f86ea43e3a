// Conductor: runs the partitions of one world at the same time, in such a way that nobody can tell
// from the trace.
//
// Time goes in windows. In a window each partition handles its events up to its bound (LookAhead),
// before which nothing from outside can reach it; then all meet, packets that crossed are handed
// over, and the records that all have passed go to the sinks in the order of the run. The world's
// own events (story, faults, links that change) have a simulator of their own and end windows: when
// all partitions have come to the time of the next one, it happens alone, and may touch everything.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/net/virtual_network.h"
#include "sim/parallel/crew.h"
#include "sim/parallel/look_ahead.h"
#include "sim/parallel/partition.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class Conductor {
 public:
  // All must outlive it. `world` has the events of the world, `whole` makes its records; one
  // partition for each of the network's.
  Conductor(Simulator& world, Recorder& whole, VirtualNetwork& network,
            std::span<const std::unique_ptr<Partition>> partitions, std::size_t threads);

  std::size_t threads() const { return crew_.threads(); }

  // Call once before anything happens: what the world does now is recorded as it happens.
  void begin() { hold_back(false); }
  // Runs windows until at least `events_max` events were handled. False when the run is over:
  // nothing is left to happen up to `until`.
  bool advance(Instant until, std::uint64_t events_max);

  // As those of one simulator would be. Once the run is over, `until`, or the time of the last
  // event if nothing is left to happen.
  Instant now() const;
  std::uint64_t events() const;
  bool is_idle() const;
  // The event handled now or last on the calling thread.
  const Event& last_event() const;

  // Windows so far, and how many of them were worth more than one thread.
  std::uint64_t windows() const { return windows_; }
  std::uint64_t shared_windows() const { return shared_windows_; }

 private:
  // Lets records pass to the sinks at once, or keeps them until their window is over.
  void hold_back(bool hold);
  void look();
  std::uint64_t act(Instant time);
  std::uint64_t run_window(Instant limit);
  bool is_worth_sharing() const;
  // Runs what nobody has claimed in this window, beginning with what the thread ran before.
  void work(std::size_t thread);
  void run_partition(PartitionIndex index);
  void end(Instant until);

  Simulator& world_;
  Recorder& whole_;
  VirtualNetwork& network_;
  std::span<const std::unique_ptr<Partition>> partitions_;
  LookAhead look_ahead_;
  std::uint64_t changes_seen_;
  std::vector<RecordBuffer*> buffers_;
  // By partition.
  std::vector<Instant> next_;
  std::vector<Instant> bounds_;
  Instant horizon_;  // the earliest of next_
  Instant now_;
  std::uint64_t events_of_window_ = 0;
  std::uint64_t windows_ = 0;
  std::uint64_t shared_windows_ = 0;
  std::vector<std::atomic<std::uint64_t>> claims_;  // by partition: the last window it was run in
  Crew crew_;
  const Crew::Job job_;
};

}  // namespace mailcosm::sim
