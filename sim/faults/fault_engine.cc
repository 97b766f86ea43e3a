#include "sim/faults/fault_engine.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "protocols/base/check.h"
#include "sim/net/virtual_host.h"

namespace mailcosm::sim {
namespace {

using scenario::DiskFault;
using scenario::DnsFault;
using scenario::HostFault;
using scenario::LinkFault;
using scenario::PartitionFault;
using scenario::ReplyFault;

// What is happening now ends before the fault begins.
constexpr Duration kMoment{1};

}  // namespace

FaultEngine::FaultEngine(const std::vector<scenario::Fault>& faults, Simulator& simulator,
                         EventSource& world, Recorder& recorder, VirtualNetwork& network,
                         HostPower& power)
    : faults_(faults),
      simulator_(simulator),
      world_(world),
      recorder_(recorder),
      network_(network),
      power_(power),
      id_(simulator.add_target(*this)),
      states_(faults.size()),
      links_(network) {
  for (const scenario::Fault& fault : faults_) {
    if (const auto* reply = std::get_if<ReplyFault>(&fault.effect)) {
      const HostIndex host = index_of(reply->host);
      replies_.try_emplace(host, network_.host(host));
    } else if (const auto* query = std::get_if<DnsFault>(&fault.effect)) {
      const HostIndex host = index_of(query->host);
      queries_.try_emplace(host, network_.host(host));
    }
  }
}

void FaultEngine::start() {
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    if (!faults_[i].when) schedule(i, faults_[i].at, What::kBegin);
  }
}

void FaultEngine::strike(std::size_t fault, RecordId record) {
  CHECK(faults_[fault].when.has_value());
  states_[fault].cause = record;
  schedule(fault, simulator_.now() + kMoment + faults_[fault].when->after, What::kBegin);
}

Interferer* FaultEngine::interferer(HostIndex host) {
  const auto found = replies_.find(host);
  return found == replies_.end() ? nullptr : &found->second;
}

QueryInterferer* FaultEngine::query_interferer(HostIndex host) {
  const auto found = queries_.find(host);
  return found == queries_.end() ? nullptr : &found->second;
}

void FaultEngine::schedule(std::size_t fault, Instant when, What what) {
  world_.send(when, EventClass::kScenario, id_, static_cast<std::uint32_t>(what), fault);
}

void FaultEngine::handle(const Event& event) {
  recorder_.set_time(event.key.time);
  const auto fault = static_cast<std::size_t>(event.a);
  switch (static_cast<What>(event.what)) {
    case What::kBegin:
      return begin(fault);
    case What::kFlap:
      return flap(fault);
    case What::kEnd:
      return end(fault);
  }
}

void FaultEngine::begin(std::size_t index) {
  const scenario::Fault& fault = faults_[index];
  State& state = states_[index];
  if (fault.span != Duration{}) state.ends = simulator_.now() + fault.span;
  const RecordId began = state.began =
      recorder_.emit(kWorld, Kind::kFaultBegan, {&state.cause, state.cause.is_none() ? 0u : 1u}, {},
                     {index + 1, fault.sentence});
  if (const auto* link = std::get_if<LinkFault>(&fault.effect)) {
    links_.begin(index, *link, began);
    if (link->flap_down != Duration{}) schedule_flap(index, *link);
  } else if (const auto* partition = std::get_if<PartitionFault>(&fault.effect)) {
    links_.begin(index, *partition, began);
  } else if (const auto* host = std::get_if<HostFault>(&fault.effect)) {
    cut_power(*host, began);
  } else if (const auto* disk = std::get_if<DiskFault>(&fault.effect)) {
    disks_.push_back(index);
    refresh_disk(disk->host);
  } else if (const auto* query = std::get_if<DnsFault>(&fault.effect)) {
    queries_.at(index_of(query->host)).begin(index, fault, began);
  } else if (const auto* reply = std::get_if<ReplyFault>(&fault.effect)) {
    replies_.at(index_of(reply->host)).begin(index, fault, began);
  }
  if (fault.span != Duration{}) schedule(index, state.ends, What::kEnd);
}

void FaultEngine::end(std::size_t index) {
  const scenario::Fault& fault = faults_[index];
  State& state = states_[index];
  const RecordId ended =
      recorder_.emit(kWorld, Kind::kFaultEnded, {&state.began, 1}, {}, {index + 1, fault.sentence});
  if (std::holds_alternative<LinkFault>(fault.effect) ||
      std::holds_alternative<PartitionFault>(fault.effect)) {
    links_.end(index, ended);
  } else if (const auto* host = std::get_if<HostFault>(&fault.effect)) {
    give_power(*host, ended);
  } else if (const auto* disk = std::get_if<DiskFault>(&fault.effect)) {
    std::erase(disks_, index);
    refresh_disk(disk->host);
  } else if (const auto* query = std::get_if<DnsFault>(&fault.effect)) {
    queries_.at(index_of(query->host)).end(index);
  } else if (const auto* reply = std::get_if<ReplyFault>(&fault.effect)) {
    replies_.at(index_of(reply->host)).end(index);
  }
}

void FaultEngine::schedule_flap(std::size_t index, const LinkFault& effect) {
  const State& state = states_[index];
  const Instant next = simulator_.now() + (state.is_up ? effect.flap_up : effect.flap_down);
  if (next < state.ends) schedule(index, next, What::kFlap);
}

void FaultEngine::flap(std::size_t index) {
  State& state = states_[index];
  links_.flap(index, state.began);
  state.is_up = !state.is_up;
  schedule_flap(index, std::get<LinkFault>(faults_[index].effect));
}

// Several faults may keep one host off: it is on again when the last is over.
void FaultEngine::cut_power(const HostFault& effect, RecordId cause) {
  const HostIndex host = index_of(effect.host);
  const bool was_on = outages_[host]++ == 0;
  if (was_on) return power_.fail(host, effect.loses_everything, cause);
  if (effect.loses_everything) network_.host(host).virtual_disk().destroy();
}

void FaultEngine::give_power(const HostFault& effect, RecordId cause) {
  const HostIndex host = index_of(effect.host);
  if (--outages_[host] == 0) power_.restore(host, cause);
}

void FaultEngine::refresh_disk(const std::string& name) {
  std::optional<VirtualDisk::Trouble> trouble;
  for (std::size_t index : disks_) {
    const auto& effect = std::get<DiskFault>(faults_[index].effect);
    if (effect.host != name) continue;
    if (!trouble) trouble = VirtualDisk::Trouble{};
    trouble->fault = faults_[index].sentence;
    trouble->cause = states_[index].began;
    trouble->full = trouble->full || effect.full;
    trouble->slow += effect.slow;
    trouble->fails = trouble->fails || effect.fails;
  }
  network_.host(index_of(name)).virtual_disk().set_trouble(std::move(trouble));
}

HostIndex FaultEngine::index_of(const std::string& host) const {
  const auto index = network_.topology().find(host);
  CHECK(index.has_value());
  return *index;
}

}  // namespace mailcosm::sim
