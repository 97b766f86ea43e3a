#include "sim/parallel/conductor.h"

#include <algorithm>
#include <numeric>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// Bounds the memory of a window whose bound is far away.
constexpr std::uint64_t kEventsOfPartitionMax = 16'384;
// That one more thread must have to do: its part in a meeting costs as much as some events; waking
// it, and putting another to sleep for it, as many.
constexpr std::uint64_t kEventsOfHand = 8;
constexpr std::uint64_t kEventsOfHandWoken = 64;
constexpr std::uint64_t kWindowsOfBalance = 64;

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
      desks_(partitions.size()),
      order_(partitions.size()),
      shares_(std::min(threads, partitions.size())),
      loads_(shares_.size()),
      next_(partitions.size()),
      crew_(shares_.size()),
      job_([this](std::size_t thread) { work(thread); }) {
  CHECK(network.partitions() == partitions.size());
  for (const auto& partition : partitions_) buffers_.push_back(&partition->records);
  std::iota(order_.begin(), order_.end(), 0u);
  for (std::size_t i = 0; i < desks_.size(); ++i)
    desks_[i].home = i * shares_.size() / desks_.size();
  for (std::vector<PartitionIndex>& share : shares_) share.reserve(desks_.size());
}

bool Conductor::advance(Instant until, std::uint64_t events_max) {
  hold_back(true);
  is_changed_ = true;
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
    if (is_changed_) desks_[i].next = partitions_[i]->simulator.next_time();
    next_[i] = std::min(desks_[i].next, network_.next_delivery(i));
    horizon_ = std::min(horizon_, next_[i]);
  }
  is_changed_ = false;
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
  is_changed_ = true;
  if (changes_seen_ != network_.changes()) {
    changes_seen_ = network_.changes();
    look_ahead_.update(network_.topology());
  }
  return handled;
}

std::uint64_t Conductor::run_window(Instant limit) {
  bound_ = std::min(limit, look_ahead_.bound(next_));
  ++windows_;
  const std::size_t hands = hands_for(deal());
  if (hands > 1) {
    ++shared_windows_;
    crew_.run(job_, hands);
  } else {
    work(0);
  }
  std::uint64_t handled = 0;
  for (Desk& desk : desks_) {
    handled += desk.handled;
    desk.load += desk.handled;
    desk.handled = 0;
  }
  CHECK(handled > 0);
  events_of_window_ = (3 * events_of_window_ + handled) / 4;
  if (windows_ % kWindowsOfBalance == 0) balance();
  return handled;
}

std::size_t Conductor::deal() {
  for (std::vector<PartitionIndex>& share : shares_) share.clear();
  std::size_t dealt = 0;
  for (const PartitionIndex index : order_) {
    if (next_[index] >= bound_ && !network_.has_deliveries(index)) continue;
    shares_[desks_[index].home].push_back(index);
    ++dealt;
  }
  return dealt;
}

std::size_t Conductor::hands_for(std::size_t partitions) const {
  const std::size_t most = std::min(partitions, crew_.threads());
  const std::uint64_t each = crew_.is_crowded() ? kEventsOfHandWoken : kEventsOfHand;
  return std::clamp<std::size_t>(events_of_window_ / each, 1, std::max<std::size_t>(most, 1));
}

// The own ones from the heaviest on, those of others from the lightest on: so the threads end at
// about the same time, and few partitions change the thread.
void Conductor::work(std::size_t thread) {
  for (const PartitionIndex index : shares_[thread]) claim(index);
  for (std::size_t i = 1; i < shares_.size(); ++i) {
    const std::vector<PartitionIndex>& share = shares_[(thread + i) % shares_.size()];
    std::for_each(share.rbegin(), share.rend(), [this](PartitionIndex index) { claim(index); });
  }
}

void Conductor::claim(PartitionIndex index) {
  std::atomic<std::uint64_t>& claimed = desks_[index].claimed;
  if (claimed.load(std::memory_order_relaxed) == windows_) return;
  if (claimed.exchange(windows_) != windows_) run_partition(index);
}

void Conductor::run_partition(PartitionIndex index) {
  Simulator& simulator = partitions_[index]->simulator;
  running = &simulator;
  network_.deliver(index);
  desks_[index].handled = simulator.run_before(bound_, kEventsOfPartitionMax);
  desks_[index].next = simulator.next_time();
  running = nullptr;
}

// The heaviest first, each to the thread that has least, unless its home has little more.
void Conductor::balance() {
  std::sort(order_.begin(), order_.end(), [this](PartitionIndex a, PartitionIndex b) {
    return desks_[a].load != desks_[b].load ? desks_[a].load > desks_[b].load : a < b;
  });
  std::uint64_t all = 0;
  for (const Desk& desk : desks_) all += desk.load;
  std::fill(loads_.begin(), loads_.end(), 0);
  for (const PartitionIndex index : order_) {
    Desk& desk = desks_[index];
    const auto least = std::min_element(loads_.begin(), loads_.end());
    if (loads_[desk.home] > *least + all / loads_.size() / 8)
      desk.home = static_cast<std::size_t>(least - loads_.begin());
    loads_[desk.home] += desk.load;
    desk.load /= 2;
  }
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
