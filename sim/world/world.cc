#include "sim/world/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

#include "protocols/base/check.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"
#include "sim/parallel/conductor.h"
#include "sim/parallel/partition.h"
#include "sim/world/build_network.h"
#include "sim/world/canary.h"
#include "sim/world/declare.h"
#include "sim/world/fault_conditions.h"
#include "sim/world/lesson_watch.h"
#include "sim/world/plan.h"
#include "sim/world/programs.h"
#include "sim/world/story_player.h"

namespace mailcosm::sim {
namespace {

TraceHeader header_of(const Topology& topology, WallTime epoch) {
  TraceHeader header{epoch, {}};
  for (std::size_t i = 0; i < topology.node_count(); ++i) {
    const Topology::Node& node = topology.node(static_cast<HostIndex>(i));
    header.hosts.push_back({node.name, node.addresses});
  }
  return header;
}

NetworkSettings settings_of(const scenario::Scenario& scenario) {
  NetworkSettings settings;
  settings.seed = scenario.seed;
  settings.epoch = scenario.epoch;
  return settings;
}

void tell(const std::vector<expectations::Result>& results, Recorder& recorder) {
  for (const auto& result : results) {
    recorder.emit(
        kWorld, Kind::kExpectationChecked, {&result.record, result.record.is_none() ? 0u : 1u}, {},
        {result.index + 1, result.held, result.sentence, result.found, result.decided.ns});
  }
}

Plan plan_of(const scenario::Scenario& scenario, const Topology& topology,
             const WorldOptions& options) {
  Plan plan = sim::plan_of(scenario, topology, options.threads);
  if (options.partition_of.empty() || plan.acts_on_records) return plan;
  plan.cut.partition_of = options.partition_of;
  const auto most = std::max_element(options.partition_of.begin(), options.partition_of.end());
  plan.cut.weights.assign(*most + 1, 0);
  plan.threads = std::max<std::size_t>(options.threads, 1);
  return plan;
}

std::vector<std::unique_ptr<Partition>> partitions_of(const Plan& plan, Recorder& recorder) {
  std::vector<std::unique_ptr<Partition>> partitions;
  for (std::size_t i = 0; plan.cut.partitions() > 1 && i < plan.cut.partitions(); ++i)
    partitions.push_back(std::make_unique<Partition>(recorder));
  return partitions;
}

VirtualNetwork network_of(Topology topology, const NetworkSettings& settings, const Plan& plan,
                          std::span<const std::unique_ptr<Partition>> partitions,
                          Simulator& simulator, Recorder& recorder) {
  if (partitions.empty()) return VirtualNetwork(simulator, recorder, std::move(topology), settings);
  std::vector<VirtualNetwork::Drive> drives;
  for (const auto& partition : partitions)
    drives.push_back({&partition->simulator, &partition->recorder});
  return VirtualNetwork(drives, plan.cut.partition_of, std::move(topology), settings);
}

}  // namespace

struct World::Parts {
  Parts(const scenario::Scenario& the_scenario, Topology topology, const WorldOptions& options)
      : scenario(the_scenario),
        header(header_of(topology, scenario.epoch)),
        plan(plan_of(scenario, topology, options)),
        recorder(topology.node_count()),
        evaluator(scenario, header),
        partitions(partitions_of(plan, recorder)),
        network(network_of(std::move(topology), settings_of(scenario), plan, partitions, simulator,
                           recorder)),
        source(simulator, kWorld),
        programs(scenario, network),
        faults(scenario.faults, simulator, source, recorder, network, programs),
        conditions(scenario, header, faults),
        lesson(scenario, header),
        story(scenario, simulator, source, recorder, network, programs) {
    simulator.set_tie_break_seed(options.tie_break_seed);
    for (const auto& partition : partitions)
      partition->simulator.set_tie_break_seed(options.tie_break_seed);
    if (!partitions.empty())
      conductor.emplace(simulator, recorder, network, partitions, plan.threads);
    recorder.set_depth(std::max({options.depth, evaluator.depth_needed(), conditions.depth_needed(),
                                 lesson.depth_needed()}));
    // Who reads nothing keeps nobody waiting.
    if (!scenario.expectations.empty()) recorder.add_sink(evaluator);
    if (plan.acts_on_records) recorder.add_sink(conditions);
    if (!scenario.lesson_points.empty()) recorder.add_sink(lesson);
  }

  // What comes between servers and clients goes after them.
  ~Parts() { programs.stop(); }

  void begin();

  const scenario::Scenario& scenario;
  TraceHeader header;
  Plan plan;
  Simulator simulator;  // of the world, and of everything if there are no partitions
  Recorder recorder;
  expectations::Evaluator evaluator;
  std::vector<std::unique_ptr<Partition>> partitions;  // none if there is only one
  VirtualNetwork network;
  EventSource source;  // of the world's own events, all of them
  Programs programs;
  FaultEngine faults;
  FaultConditions conditions;
  LessonWatch lesson;
  StoryPlayer story;
  std::optional<Conductor> conductor;  // if there are partitions
  std::vector<expectations::Result> results;
  bool begun = false;
};

void World::Parts::begin() {
  begun = true;
  if (conductor) conductor->begin();
  recorder.set_time(simulator.now());
  declare_world(scenario, network.topology(), recorder);
  programs.start(faults);
  faults.start();
  story.start();
  if (scenario.canary) sing_canary(recorder);
}

World::World(const scenario::Scenario& scenario, const WorldOptions& options)
    : parts_(std::make_unique<Parts>(scenario, build_topology(scenario), options)) {}

World::~World() = default;

const TraceHeader& World::header() const { return parts_->header; }

std::size_t World::threads() const { return parts_->conductor ? parts_->conductor->threads() : 1; }

std::size_t World::partitions() const { return parts_->network.partitions(); }

void World::add_sink(RecordSink& sink) {
  CHECK(!parts_->begun);
  parts_->recorder.add_sink(sink);
}

void World::add_kind(Kind kind) {
  CHECK(!parts_->begun);
  parts_->recorder.add_kind(kind);
}

bool World::advance(std::uint64_t events_max) {
  if (!parts_->begun) parts_->begin();
  if (parts_->conductor) return parts_->conductor->advance(parts_->scenario.until, events_max);
  Simulator& simulator = parts_->simulator;
  return simulator.run_some(parts_->scenario.until, events_max) == events_max;
}

void World::finish() {
  Parts& parts = *parts_;
  const bool idle = parts.conductor ? parts.conductor->is_idle() : parts.simulator.pending() == 0;
  parts.recorder.set_time(now());
  parts.results = parts.evaluator.finish(now());
  tell(parts.results, parts.recorder);
  const std::vector<expectations::Result> missed = parts.lesson.finish(parts.recorder, now());
  tell(missed, parts.recorder);
  parts.results.insert(parts.results.end(), missed.begin(), missed.end());
  parts.recorder.emit(kWorld, Kind::kRunEnded, {}, {}, {idle ? "idle" : "until"});
}

const std::vector<expectations::Result>& World::results() const { return parts_->results; }

// Once nothing is left to happen, time has stopped at the last event.
Instant World::now() const {
  if (parts_->conductor) return parts_->conductor->now();
  const Simulator& simulator = parts_->simulator;
  return simulator.pending() == 0 ? simulator.last_event().key.time : simulator.now();
}

std::uint64_t World::events() const {
  return parts_->conductor ? parts_->conductor->events() : parts_->simulator.events_handled();
}

std::uint64_t World::packets() const { return parts_->network.packets_sent(); }

std::uint64_t World::link_draws() const { return parts_->network.random_digest(); }

std::uint64_t World::digest() const { return parts_->recorder.digest(); }

std::uint64_t World::digest(HostIndex host) const { return parts_->recorder.digest(host); }

std::string World::position() const {
  const Event& event =
      parts_->conductor ? parts_->conductor->last_event() : parts_->simulator.last_event();
  return fmt::format(
      "seed {}, virtual time {} ns, after {} events; the last was sent by {} to target {} (what "
      "{})",
      parts_->scenario.seed, event.key.time.ns, events(), parts_->header.name_of(event.key.source),
      event.target, event.what);
}

}  // namespace mailcosm::sim
