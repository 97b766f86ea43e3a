// World: a scenario brought to life. Builds the network, the hosts and their agents, lets the story
// happen, and decides the expectations.
//
// The order of use: construct, add_sink() for every reader, advance() until it gives false,
// finish(). The result depends on the scenario, its seed and the tie-break seed only: not on the
// number of threads, nor on the partitions that they run.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/scenario/model.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/evaluator.h"

namespace mailcosm::sim {

struct WorldOptions {
  // Records of deeper layers are not made. Expectations, conditions and points of the lesson about
  // a deeper layer make it deeper by themselves.
  Layer depth = Layer::kProtocol;
  // Permutes simultaneous events; 0 leaves them in their documented order.
  std::uint64_t tie_break_seed = 0;
  // Threads that run the world, the caller's among them; 0: as many as are worth it.
  std::size_t threads = 1;
  // Which partition each node goes to; empty: as planned (Plan). Ignored by scenarios that cannot
  // be cut.
  std::vector<std::uint32_t> partition_of{};
};

class World {
 public:
  // The scenario must outlive the world, and be one that parse() gave.
  World(const scenario::Scenario& scenario, const WorldOptions& options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const TraceHeader& header() const;
  // How many threads run it, and partitions it has.
  std::size_t threads() const;
  std::size_t partitions() const;
  // Before the first advance(). The sink must outlive the world.
  void add_sink(RecordSink& sink);
  // Before the first advance(). Records of this kind are made though they may lie deeper than the
  // options say.
  void add_kind(Kind kind);

  // Handles about `events_max` events, so that a caller can show progress. False when the run is
  // over: nothing is left to happen, or the scenario's `until` has come.
  bool advance(std::uint64_t events_max);
  // Decides the expectations, binds the lesson to its records and ends the trace. Call once, after
  // advance() has given false.
  void finish();

  // In the order of the scenario; after finish(). Behind those of the expectations stands one that
  // did not hold for each point of the lesson that speaks of something that did not happen.
  const std::vector<expectations::Result>& results() const;

  Instant now() const;
  std::uint64_t events() const;
  // Packets that hosts have sent so far, and a digest of what was drawn for the links; the same
  // whether or not packets are traced.
  std::uint64_t packets() const;
  std::uint64_t link_draws() const;
  // Digest of all records made so far, and that of one host in header order.
  std::uint64_t digest() const;
  std::uint64_t digest(HostIndex host) const;
  // "at 1.5 s, handling event ... of host mx.blue.com", for reports of internal errors.
  std::string position() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mailcosm::sim
