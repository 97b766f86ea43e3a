// StoryPlayer: lets the steps of the story happen at their times, by telling mail clients what
// their people do.
//
// Each step is one event sent by the world. It emits story.step, which becomes the cause of
// everything that follows on the host concerned.
#pragma once

#include "sim/agents/dns/stub_resolver.h"
#include "sim/core/simulator.h"
#include "sim/net/virtual_network.h"
#include "sim/scenario/model.h"
#include "sim/trace/recorder.h"
#include "sim/world/programs.h"

namespace mailcosm::sim {

class StoryPlayer final : EventTarget, LookupHandler {
 public:
  // All must outlive the player. `world` is the one sender of the world's events.
  StoryPlayer(const scenario::Scenario& scenario, Simulator& simulator, EventSource& world,
              Recorder& recorder, VirtualNetwork& network, Programs& programs);

  // Schedules the first step. The programs have started.
  void start();

 private:
  void handle(const Event& event) override;
  // The answer is in the trace; nobody waits for it.
  void on_lookup(std::uint64_t, const LookupResult&) override {}

  void schedule(std::size_t step);
  void perform(const scenario::Step& step, RecordId cause);
  // Whether the device is there to do it; reports story.skipped if not.
  bool is_possible(const scenario::Step& step, std::size_t index, RecordId cause);

  const scenario::Scenario& scenario_;
  Recorder& recorder_;
  VirtualNetwork& network_;
  EventSource& world_;
  Programs& programs_;
  TargetId id_;
};

}  // namespace mailcosm::sim
