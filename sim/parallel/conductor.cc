#include "sim/parallel/conductor.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// Bounds the memory of a window whose bound is far away.
constexpr std::uint64_t kEventsOfPartitionMax = 16'384;
// Waking the others costs as much as handling some events.
constexpr std::uint64_t kEventsWorthSharing = 16;

// What the thread is running.
thread_local const Simulator* running = nullptr;

}  // namespace

Conductor::Conductor(Simulator& world, Recorder& whole, VirtualNetwork& network,
                     std::span<const std::unique_ptr<Partition>> partitions, std::size_t threads)
    : world_(world),
      whole_(whole),
      network_(network),
      partitions_(partitions),
      look_ahead_(network.topology(), network.partition_of(), partitions.size()),
      changes_seen_(network.changes()),
      next_(partitions.size()),
      bounds_(partitions.size()),
      claims_(partitions.size()),
      crew_(std::min(threads, partitions.size())),
      job_([this](std::size_t thread) { work(thread); }) {
  CHECK(network.partitions() == partitions.size());
  for (const auto& partition : partitions_) buffers_.push_back(&partition->records);
}

bool Conductor::advance(Instant until, std::uint64_t events_max) {
  hold_back(true);
  std::uint64_t handled = 0;
  while (handled < events_max) {
    network_.turn();
    look();
    const Instant scene = world_.next_time();
    const Instant next = std::min(horizon_, scene);
    merge(buffers_, next, whole_);
    if (next.is_never() || until < next) {
      end(until);
      return false;
    }
    now_ = next;
    handled += scene <= horizon_ ? act(scene) : run_window(std::min(scene, until + Duration(1)));
  }
  return true;
}

void Conductor::hold_back(bool hold) {
  for (const auto& partition : partitions_)
    partition->recorder.hold_back_in(hold ? &partition->records : nullptr);
}

void Conductor::look() {
  horizon_ = Instant::never();
  for (PartitionIndex i = 0; i < partitions_.size(); ++i) {
    next_[i] = std::min(partitions_[i]->simulator.next_time(), network_.next_delivery(i));
    horizon_ = std::min(horizon_, next_[i]);
  }
}

// The world acts alone, with all partitions at its time.
std::uint64_t Conductor::act(Instant time) {
  for (PartitionIndex i = 0; i < partitions_.size(); ++i) {
    network_.deliver(i);
    partitions_[i]->simulator.reach(time);
    partitions_[i]->recorder.set_time(time);
  }
  hold_back(false);
  const std::uint64_t handled = world_.run_until(time);
  hold_back(true);
  if (changes_seen_ != network_.changes()) {
    changes_seen_ = network_.changes();
    look_ahead_.update(network_.topology());
  }
  return handled;
}

std::uint64_t Conductor::run_window(Instant limit) {
  look_ahead_.bounds(next_, bounds_);
  // All run equally far, although some might run farther: else they would take turns, each waiting
  // while the one that is behind catches up and overtakes.
  const Instant bound = std::min(limit, *std::min_element(bounds_.begin(), bounds_.end()));
  std::fill(bounds_.begin(), bounds_.end(), bound);
  std::uint64_t before = 0;
  for (const auto& partition : partitions_) before += partition->simulator.events_handled();
  ++windows_;
  if (is_worth_sharing()) {
    ++shared_windows_;
    crew_.run(job_);
  } else {
    for (PartitionIndex i = 0; i < partitions_.size(); ++i) run_partition(i);
  }
  std::uint64_t after = 0;
  for (const auto& partition : partitions_) after += partition->simulator.events_handled();
  CHECK(before < after);
  events_of_window_ = (3 * events_of_window_ + (after - before)) / 4;
  return after - before;
}

// As many events as in the last windows are expected in this one.
bool Conductor::is_worth_sharing() const {
  if (crew_.threads() == 1 || events_of_window_ < kEventsWorthSharing) return false;
  std::size_t busy = 0;
  for (std::size_t i = 0; i < partitions_.size(); ++i) busy += next_[i] < bounds_[i] ? 1u : 0u;
  return busy > 1;
}

void Conductor::work(std::size_t thread) {
  const std::size_t count = partitions_.size();
  const std::size_t first = thread * count / crew_.threads();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t index = (first + i) % count;
    if (claims_[index].exchange(windows_) != windows_)
      run_partition(static_cast<PartitionIndex>(index));
  }
}

void Conductor::run_partition(PartitionIndex index) {
  Simulator& simulator = partitions_[index]->simulator;
  running = &simulator;
  network_.deliver(index);
  simulator.run_before(bounds_[index], kEventsOfPartitionMax);
  running = nullptr;
}

void Conductor::end(Instant until) {
  for (PartitionIndex i = 0; i < partitions_.size(); ++i) network_.deliver(i);
  hold_back(false);
  now_ = until;
  if (!is_idle()) return;
  now_ = world_.last_event().key.time;
  for (const auto& partition : partitions_)
    now_ = std::max(now_, partition->simulator.last_event().key.time);
}

Instant Conductor::now() const { return now_; }

std::uint64_t Conductor::events() const {
  std::uint64_t events = world_.events_handled();
  for (const auto& partition : partitions_) events += partition->simulator.events_handled();
  return events;
}

bool Conductor::is_idle() const {
  return world_.pending() == 0 &&
         std::all_of(partitions_.begin(), partitions_.end(),
                     [](const auto& partition) { return partition->simulator.pending() == 0; });
}

const Event& Conductor::last_event() const {
  return (running == nullptr ? world_ : *running).last_event();
}

}  // namespace mailcosm::sim
