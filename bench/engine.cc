#include "bench/engine.h"

#include <fmt/format.h>

#include <vector>

#include "bench/stopwatch.h"
#include "protocols/base/random.h"
#include "sim/core/simulator.h"

namespace mailcosm::bench {
namespace {

using namespace sim;

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

class HoldAgent final : public EventTarget {
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

}  // namespace

double hold(std::uint64_t pending, std::uint64_t events) {
  const auto delays = exponential_delays();
  Simulator simulator;
  std::vector<HoldAgent> agents;
  agents.reserve(pending);
  for (std::uint64_t i = 0; i < pending; ++i)
    agents.emplace_back(simulator, static_cast<HostIndex>(i), delays);
  for (HoldAgent& agent : agents) agent.begin(simulator.add_target(agent));
  simulator.run_some(Instant::never(), pending);  // until the slots have their working size
  return median_of_five([&] {
    const Stopwatch watch;
    simulator.run_some(Instant::never(), events);
    return watch.seconds() * 1e9 / static_cast<double>(events);
  });
}

Figures measure_engine(std::uint64_t pending_max) {
  Figures figures;
  for (std::uint64_t pending = 1'000; pending <= pending_max; pending *= 10) {
    figures.push_back({fmt::format("engine, {} pending", grouped(static_cast<double>(pending), 0)),
                       hold(pending, 2'000'000), "ns/event", 1, "hold model, dispatch included"});
  }
  return figures;
}

}  // namespace mailcosm::bench
