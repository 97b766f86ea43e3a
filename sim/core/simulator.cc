#include "sim/core/simulator.h"

#include "protocols/base/check.h"
#include "protocols/base/hash.h"

namespace mailcosm::sim {
namespace {

// How many events ahead the memory of a target is asked for; its address, twice as far.
constexpr std::size_t kAhead = 4;

}  // namespace

TargetId Simulator::add_target(EventTarget& target) {
  targets_.push_back(&target);
  return static_cast<TargetId>(targets_.size() - 1);
}

inline void Simulator::handle_next() {
  // Past some thousand targets waiting for their memory is the cost.
  if (foresight_ == nullptr) {
    if (const Event* later = queue_.ahead(2 * kAhead)) __builtin_prefetch(&targets_[later->target]);
    if (const Event* soon = queue_.ahead(kAhead)) __builtin_prefetch(targets_[soon->target]);
  }
  last_event_ = queue_.pop();
  if (foresight_ != nullptr)
    queue_.look_ahead([this](const Event& event) { foresight_->foresee(event); });
  now_ = last_event_.key.time;
  CHECK(last_event_.target < targets_.size());
  targets_[last_event_.target]->handle(last_event_);
}

std::uint64_t Simulator::run_until(Instant end) { return run_some(end, UINT64_MAX); }

std::uint64_t Simulator::run_some(Instant end, std::uint64_t events_max) {
  std::uint64_t handled = 0;
  stopped_ = false;
  while (handled < events_max && !stopped_ && !queue_.empty() && queue_.next_time() <= end) {
    handle_next();
    ++handled;
  }
  if (handled < events_max && !stopped_ && !end.is_never() && now_ < end) now_ = end;
  events_handled_ += handled;
  return handled;
}

std::uint64_t Simulator::run_before(Instant end, std::uint64_t events_max) {
  std::uint64_t handled = 0;
  for (; handled < events_max && queue_.has_before(end); ++handled) handle_next();
  events_handled_ += handled;
  return handled;
}

void Simulator::reach(Instant time) {
  CHECK(now_ <= time && time <= queue_.earliest());
  now_ = time;
  last_event_ = Event{{time, EventClass::kScenario, kWorld, 0}};
}

EventKey EventSource::next_key(Instant time, EventClass event_class) {
  CHECK(time >= simulator_->now());
  std::uint64_t sequence = sent_++;
  HostIndex order = host_;
  if (const std::uint64_t seed = simulator_->tie_break_seed(); seed != 0) {
    // Sources are renumbered by a bijection that changes with the time; one source's own events
    // keep their order.
    order = static_cast<HostIndex>(
        (host_ ^ Hash64::mix(seed ^ static_cast<std::uint64_t>(time.ns))) & 0xffffffff);
  }
  return {time, event_class, order, sequence};
}

}  // namespace mailcosm::sim
