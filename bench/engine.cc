#include "bench/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "bench/stopwatch.h"
#include "protocols/base/random.h"
#include "sim/core/simulator.h"

namespace mailcosm::bench {
namespace {

using namespace sim;

// The delay in seconds that a part `u` of all delays, 0 < u < 1, do not exceed.
double quantile(Delays delays, double u) {
  switch (delays) {
    case Delays::kExponential:
      return -std::log(1 - u);
    case Delays::kUniform:
      return 2 * u;
    case Delays::kTwoScales:
      return u < 0.9 ? 0.0005 + u / 0.9 * 0.001 : 80'000 + (u - 0.9) * 100'000;
    case Delays::kHeavyTail:
      return std::min(10e-6 * std::pow(1 - u, -1 / 1.1), 30.0 * 86'400);
    case Delays::kEqual:
      return 1;
  }
  return 1;
}

// As a table, so that the cost of drawing stays out of the figure: the quantiles, shuffled, each a
// little moved.
std::vector<std::int64_t> delay_table(Delays delays) {
  Random random(1);
  std::vector<std::int64_t> table(1 << 14);
  const auto size = static_cast<double>(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double low = quantile(delays, (static_cast<double>(i) + 0.25) / size);
    table[i] = 1 + static_cast<std::int64_t>(low * 1e9);
    if (delays != Delays::kEqual) table[i] += static_cast<std::int64_t>(random.below(1'000));
  }
  for (std::size_t i = table.size() - 1; i > 0; --i)
    std::swap(table[i], table[random.below(i + 1)]);
  return table;
}

// One cache line each, side by side.
class alignas(64) HoldAgent final : public EventTarget {
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
    at_ = (at_ + 1) & static_cast<std::uint32_t>(delays_->size() - 1);
    source_.send(now + Duration((*delays_)[at_]), EventClass::kLocal, id_, 0);
  }

  EventSource source_;
  const std::vector<std::int64_t>* delays_;
  std::uint32_t at_;
  TargetId id_ = 0;
};

}  // namespace

const char* name_of(Delays delays) {
  switch (delays) {
    case Delays::kExponential:
      return "exponential delays";
    case Delays::kUniform:
      return "uniform delays";
    case Delays::kTwoScales:
      return "milliseconds and days";
    case Delays::kHeavyTail:
      return "heavy-tailed delays";
    case Delays::kEqual:
      return "equal times";
  }
  return "";
}

double hold(std::uint64_t pending, std::uint64_t events, Delays delays, int runs) {
  const auto table = delay_table(delays);
  Simulator simulator;
  std::vector<HoldAgent> agents;
  agents.reserve(pending);
  for (std::uint64_t i = 0; i < pending; ++i)
    agents.emplace_back(simulator, static_cast<HostIndex>(i), table);
  for (HoldAgent& agent : agents) agent.begin(simulator.add_target(agent));
  // Until the times of the pending ones are mixed and the memory has its working size.
  simulator.run_some(Instant::never(), std::min(pending, std::uint64_t{3'000'000}));
  return median_of(runs, [&] {
    const Stopwatch watch;
    simulator.run_some(Instant::never(), events);
    return watch.seconds() * 1e9 / static_cast<double>(events);
  });
}

Figures measure_engine(std::uint64_t pending_max) {
  Figures figures;
  const auto measure = [&figures](std::uint64_t pending, Delays delays) {
    std::string name = fmt::format("engine, {} pending", grouped(static_cast<double>(pending), 0));
    if (delays != Delays::kExponential) name += fmt::format(", {}", name_of(delays));
    figures.push_back({std::move(name),
                       hold(pending, std::max(pending, std::uint64_t{1'000'000}), delays, 3),
                       "ns/event", 1, "hold model, dispatch included"});
  };
  for (std::uint64_t pending = 1'000; pending <= pending_max; pending *= 10)
    measure(pending, Delays::kExponential);
  const std::uint64_t others = std::min(pending_max, std::uint64_t{100'000});
  for (const Delays delays :
       {Delays::kUniform, Delays::kTwoScales, Delays::kHeavyTail, Delays::kEqual})
    measure(others, delays);
  return figures;
}

}  // namespace mailcosm::bench
