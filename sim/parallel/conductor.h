// Conductor: runs the partitions of one world at the same time, in such a way that nobody can tell
// from the trace.
//
// Time goes in windows. In a window each partition handles its events up to a bound (LookAhead),
// before which nothing from outside can reach any of them; then all meet, packets that crossed are
// handed over, and the records that all have passed go to the sinks in the order of the run. The
// world's own events (story, faults, links that change) have a simulator of their own and end
// windows: when all partitions have come to the time of the next one, it happens alone, and may
// touch everything.
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
  // What the threads tell each other about a partition.
  struct alignas(64) Desk {
    std::atomic<std::uint64_t> claimed = 0;  // the last window it was run in
    Instant next;                            // event of its own
    std::uint64_t handled = 0;               // events of this window
    std::uint64_t load = 0;                  // events lately
    std::size_t home = 0;                    // the thread that has its memory at hand
  };

  // Lets records pass to the sinks at once, or keeps them until their window is over.
  void hold_back(bool hold);
  void look();
  std::uint64_t act(Instant time);
  std::uint64_t run_window(Instant limit);
  // Deals out the partitions that have something to do. Gives their number.
  std::size_t deal();
  // How many threads are worth their meeting, if so many events are expected as lately.
  std::size_t hands_for(std::size_t partitions) const;
  // Runs the partitions of the thread, then what the others have not come to.
  void work(std::size_t thread);
  void claim(PartitionIndex index);
  void run_partition(PartitionIndex index);
  // Gives the threads equal loads for the next windows, and few partitions another home.
  void balance();
  void end(Instant until);

  Simulator& world_;
  Recorder& whole_;
  VirtualNetwork& network_;
  std::span<const std::unique_ptr<Partition>> partitions_;
  LookAhead look_ahead_;
  std::uint64_t changes_seen_;
  std::vector<RecordBuffer*> buffers_;
  std::vector<Desk> desks_;                          // by partition
  std::vector<PartitionIndex> order_;                // the heaviest first
  std::vector<std::vector<PartitionIndex>> shares_;  // of this window, by thread
  std::vector<std::uint64_t> loads_;                 // by thread
  std::vector<Instant> next_;  // by partition: what it does next, deliveries included
  bool is_changed_ = true;     // by somebody who is no desk's: the world, or the caller
  Instant horizon_;            // the earliest of next_
  Instant bound_;              // of this window
  Instant now_;
  std::uint64_t events_of_window_ = 0;
  std::uint64_t windows_ = 0;
  std::uint64_t shared_windows_ = 0;
  Crew crew_;
  const Crew::Job job_;
};

}  // namespace mailcosm::sim
