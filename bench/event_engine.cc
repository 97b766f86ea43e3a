// The hold model: pop the earliest event, dispatch it to its agent, and let it schedule one more
// exponentially later. Argument: how many events are pending. The figure to compare is the time per
// iteration.
//
//   build/release/bench/bench_event_engine
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "protocols/base/random.h"
#include "sim/core/simulator.h"

namespace mailcosm::sim {
namespace {

// Delays with an exponential distribution of mean about 1 ms, as a table: the cost of drawing stays
// out of the figure.
std::vector<std::int64_t> exponential_delays() {
  Random random(1);
  std::vector<std::int64_t> delays(1 << 14);
  for (auto& delay : delays) {
    // The number of failures before a success of probability 1/64, stretched: geometric, hence
    // memoryless.
    std::int64_t trials = 0;
    while (!random.chance(1, 64)) ++trials;
    delay = 1 + trials * 15'625 + static_cast<std::int64_t>(random.below(15'625));
  }
  return delays;
}

class HoldAgent : public EventTarget {
 public:
  HoldAgent(Simulator& simulator, HostIndex host, const std::vector<std::int64_t>& delays)
      : source_(simulator, host), delays_(&delays), at_(host * 7919) {}

  void begin(TargetId id) {
    id_ = id;
    send(Instant{0});
  }
  void handle(const Event& event) override { send(event.key.time); }

 private:
  void send(Instant now) {
    at_ = (at_ + 1) & (delays_->size() - 1);
    source_.send(now + Duration((*delays_)[at_]), EventClass::kLocal, id_, 0);
  }

  EventSource source_;
  const std::vector<std::int64_t>* delays_;
  std::size_t at_;
  TargetId id_ = 0;
};

void BM_Hold(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto delays = exponential_delays();
  Simulator simulator;
  std::vector<HoldAgent> agents;
  agents.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    agents.emplace_back(simulator, static_cast<HostIndex>(i), delays);
  for (HoldAgent& agent : agents) agent.begin(simulator.add_target(agent));
  constexpr std::int64_t kBatch = 1000;
  while (state.KeepRunningBatch(kBatch)) simulator.run_some(Instant::never(), kBatch);
}
BENCHMARK(BM_Hold)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kNanosecond);

}  // namespace
}  // namespace mailcosm::sim

BENCHMARK_MAIN();
