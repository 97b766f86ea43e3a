// FaultEngine: lets the faults of a scenario happen: at their times, or when strike() says that a
// condition has been met, and ends them when their time is over.
//
// Each beginning and end is one event sent by the world. It emits fault.began or fault.ended, which
// is the cause of whatever follows.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "sim/core/simulator.h"
#include "sim/faults/host_power.h"
#include "sim/faults/link_faults.h"
#include "sim/faults/query_faults.h"
#include "sim/faults/reply_faults.h"
#include "sim/net/virtual_network.h"
#include "sim/scenario/fault.h"
#include "sim/trace/recorder.h"

namespace mailcosm::sim {

class FaultEngine final : EventTarget {
 public:
  // All must outlive the engine. `world` is the one sender of the world's events.
  FaultEngine(const std::vector<scenario::Fault>& faults, Simulator& simulator, EventSource& world,
              Recorder& recorder, VirtualNetwork& network, HostPower& power);

  // Schedules the faults that have a time. Call once, before the first event.
  void start();
  // The condition of this fault has been met by the record: it begins as soon as what is happening
  // now is over, or later if it says so.
  void strike(std::size_t fault, RecordId record);

  // What the programs of a host are to be given; null if no fault concerns them.
  Interferer* interferer(HostIndex host);
  QueryInterferer* query_interferer(HostIndex host);

 private:
  enum class What : std::uint32_t { kBegin, kFlap, kEnd };
  struct State {
    RecordId cause;  // of its beginning
    RecordId began;
    Instant ends = Instant::never();
    bool is_up = false;  // between two flaps
  };
  void handle(const Event& event) override;
  void schedule(std::size_t fault, Instant when, What what);
  void begin(std::size_t fault);
  void end(std::size_t fault);
  void flap(std::size_t fault);
  void schedule_flap(std::size_t fault, const scenario::LinkFault& effect);
  void cut_power(const scenario::HostFault& effect, RecordId cause);
  void give_power(const scenario::HostFault& effect, RecordId cause);
  // Gives the host's disk the sum of the troubles that are active.
  void refresh_disk(const std::string& name);
  HostIndex index_of(const std::string& host) const;

  const std::vector<scenario::Fault>& faults_;
  Simulator& simulator_;
  EventSource& world_;
  Recorder& recorder_;
  VirtualNetwork& network_;
  HostPower& power_;
  TargetId id_;
  std::vector<State> states_;
  LinkFaults links_;
  std::map<HostIndex, int> outages_;  // faults that keep a host without power
  std::vector<std::size_t> disks_;    // active faults of disks, in the order in which they began
  std::map<HostIndex, ReplyFaults> replies_;
  std::map<HostIndex, QueryFaults> queries_;
};

}  // namespace mailcosm::sim
