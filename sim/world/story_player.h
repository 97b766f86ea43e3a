// StoryPlayer: lets the steps of the story happen at their times, by telling mail clients what
// their people do.
//
// Each step is one event sent by the world. It emits story.step, which becomes the cause of
// everything that follows on the host concerned.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "sim/agents/client/mail_client.h"
#include "sim/agents/dns/stub_resolver.h"
#include "sim/core/simulator.h"
#include "sim/net/virtual_network.h"
#include "sim/scenario/model.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class StoryPlayer final : EventTarget, LookupHandler {
 public:
  // All must outlive the player.
  StoryPlayer(const scenario::Scenario& scenario, Simulator& simulator, Recorder& recorder,
              VirtualNetwork& network);
  ~StoryPlayer();

  // Makes and starts the mail clients, and schedules the first step.
  void start();

 private:
  void handle(const Event& event) override;
  // The answer is in the trace; nobody waits for it.
  void on_lookup(std::uint64_t, const LookupResult&) override {}

  void schedule(std::size_t step);
  void perform(const scenario::Step& step, RecordId cause);
  void look_up(const scenario::Step& step, const scenario::LooksUp& action);
  StubResolver& resolver_of(const std::string& host);

  const scenario::Scenario& scenario_;
  Recorder& recorder_;
  VirtualNetwork& network_;
  EventSource source_;
  TargetId id_;
  // By user and device.
  std::map<std::pair<std::string, std::string>, std::unique_ptr<MailClient>> clients_;
  std::map<std::string, std::unique_ptr<StubResolver>>
      resolvers_;  // of hosts that look something up, by name
};

}  // namespace mailcosm::sim
