#include "sim/world/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "sim/parallel/look_ahead.h"
#include "sim/scenario/units.h"
#include "sim/world/workload.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kHostsShownMax = 8;  // of one partition
constexpr std::size_t kLinksShownMax = 8;
constexpr std::size_t kWaysShownMax = 8;  // partitions in the table
// For each thread, so that one that is done early can take another.
constexpr std::size_t kPartitionsOfThread = 8;

// Faults that wait for a record begin one nanosecond after it, wherever it was made: there is no
// time in which one partition could run ahead of another.
bool acts_on_records(const scenario::Scenario& scenario) {
  return std::any_of(scenario.faults.begin(), scenario.faults.end(),
                     [](const scenario::Fault& fault) { return fault.when.has_value(); });
}

std::string duration_text(Duration duration) {
  return duration == LookAhead::kUnreachable ? "no way" : scenario::format_duration(duration);
}

// "a, b, c and 5 more"
std::string listed(const std::vector<std::string>& names, std::size_t shown_max) {
  const std::size_t shown = std::min(names.size(), shown_max);
  std::string text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::string partitions_text(const Plan& plan, const Topology& topology,
                            const std::vector<std::uint64_t>& weights) {
  std::string text;
  for (PartitionIndex partition = 0; partition < plan.cut.partitions(); ++partition) {
    std::vector<std::string> nodes;
    for (HostIndex node = 0; node < topology.node_count(); ++node) {
      if (plan.cut.partition_of[node] == partition)
        nodes.push_back(fmt::format("{} ({})", topology.node(node).name, weights[node]));
    }
    text += fmt::format("Partition {}: {} machines, weight {}: {}.\n", partition + 1, nodes.size(),
                        plan.cut.weights[partition], listed(nodes, kHostsShownMax));
  }
  return text;
}

std::string links_text(const LookAhead& ways, const Topology& topology) {
  std::vector<std::string> links;
  for (LaneIndex lane : ways.crossing()) {
    const Topology::Lane& it = topology.lane(lane);
    if (lane % 2 == 0)
      links.push_back(fmt::format("{} - {} ({})", topology.node(it.from).name,
                                  topology.node(it.to).name, duration_text(it.settings.latency)));
  }
  return fmt::format("Links that are cut: {}: {}.\n", links.size(), listed(links, kLinksShownMax));
}

std::string ways_text(const LookAhead& ways, std::size_t partitions) {
  std::string text =
      "Look-ahead, from the partition of the line to that of the column; to itself, around:\n     ";
  const std::size_t shown = std::min(partitions, kWaysShownMax);
  for (std::size_t to = 0; to < shown; ++to) text += fmt::format("{:>12}", to + 1);
  for (PartitionIndex from = 0; from < shown; ++from) {
    text += fmt::format("\n{:>5}", from + 1);
    for (PartitionIndex to = 0; to < shown; ++to)
      text += fmt::format("{:>12}", duration_text(ways.between(from, to)));
  }
  if (shown < partitions) text += fmt::format("\nand {} partitions more", partitions - shown);
  return text + "\n";
}

std::string decision_text(const Plan& plan) {
  const Forecast& forecast = plan.forecast;
  std::string text = fmt::format(
      "Forecast: about {} events in {} of virtual time, of them {} when all must meet; about {} "
      "events in a window of {}. With the meetings the run takes as long as {} events of one "
      "thread.\n",
      forecast.events, scenario::format_duration(forecast.busy), forecast.barriers,
      forecast.events_of_window(plan.look_ahead), duration_text(plan.look_ahead), plan.cost);
  if (plan.threads_asked != 0)
    return text + fmt::format("Decision: {} of {} threads that were asked for.\n", plan.threads,
                              plan.threads_asked);
  if (plan.threads > 1)
    return text + fmt::format("Decision: {} threads, as many as the machine has.\n", plan.threads);
  return text + fmt::format(
                    "Decision: 1 thread. More pay from {} events on, if they save a tenth, on a "
                    "machine with more than one processor (this one has {}).\n",
                    Forecast::kEventsMin, threads_of_machine());
}

}  // namespace

std::size_t threads_of_machine() {
  return std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

Plan plan_of(const scenario::Scenario& scenario, const Topology& topology, std::size_t threads) {
  Plan plan;
  plan.threads_asked = threads;
  plan.acts_on_records = acts_on_records(scenario);
  const std::vector<HostIndex>::size_type nodes = topology.node_count();
  const Cut whole{std::vector<PartitionIndex>(nodes, 0), {0}, {}, {}, 0};
  plan.cut = whole;
  if (threads == 1 || plan.acts_on_records || nodes == 0) return plan;
  const Workload workload = workload_of(scenario);
  plan.forecast = workload.forecast;
  plan.threads = threads == 0 ? threads_of_machine() : threads;
  const CutLimits limits{threads == 0 ? std::min<std::size_t>(plan.threads, 2) : threads,
                         plan.threads * kPartitionsOfThread, plan.threads};
  plan.cut = cut(topology, workload.weights, limits, plan.forecast);
  plan.threads = std::min(plan.threads, plan.cut.partitions());
  plan.look_ahead = plan.cut.look_ahead;
  plan.cost = plan.cut.cost;
  if (threads == 0 && (plan.threads == 1 || !plan.forecast.is_worth_threads(plan.cost))) {
    plan.cut = whole;
    plan.threads = 1;
  }
  return plan;
}

std::string explain(const Plan& plan, const scenario::Scenario& scenario,
                    const Topology& topology) {
  if (plan.acts_on_records) {
    return "One partition, one thread: a fault of this scenario waits for a record (`when`) and "
           "begins right after it, so that no part of the world may run ahead of another.\n";
  }
  if (plan.cut.partitions() <= 1) return "One partition, one thread.\n" + decision_text(plan);
  const LookAhead ways(topology, plan.cut.partition_of, plan.cut.partitions());
  return fmt::format("{} partitions; links shorter than {} are whole.\n", plan.cut.partitions(),
                     scenario::format_duration(plan.cut.shortest_cut)) +
         partitions_text(plan, topology, workload_of(scenario).weights) +
         links_text(ways, topology) + ways_text(ways, plan.cut.partitions()) + decision_text(plan);
}

}  // namespace mailcosm::sim
