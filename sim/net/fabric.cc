#include "sim/net/fabric.h"

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"
#include "sim/net/virtual_host.h"
#include "sim/net/wire_format.h"

namespace mailcosm::sim {
namespace {

std::uint64_t pair_of(std::uint32_t low, std::uint32_t high) {
  return std::uint64_t{high} << 32 | low;
}
std::uint32_t low_of(std::uint64_t pair) { return static_cast<std::uint32_t>(pair); }
std::uint32_t high_of(std::uint64_t pair) { return static_cast<std::uint32_t>(pair >> 32); }

bool is_loopback(const IpAddress& address) {
  if (address.is_ipv4()) return address.to_ipv4() >> 24 == 127;
  const std::string_view octets = address.octets();
  return octets.size() == 16 && octets.find_first_not_of('\0') == 15 && octets[15] == 1;
}

}  // namespace

Fabric::Fabric(Simulator& the_simulator, Recorder& the_recorder, Topology the_topology,
               const NetworkSettings& the_settings)
    : simulator(the_simulator),
      recorder(the_recorder),
      topology(std::move(the_topology)),
      settings(the_settings),
      target_(simulator.add_target(*this)),
      hosts_(topology.node_count(), nullptr) {
  sources_.reserve(topology.node_count());
  for (HostIndex node = 0; node < topology.node_count(); ++node)
    sources_.emplace_back(simulator, node);
  const auto lanes = static_cast<LaneIndex>(2 * topology.link_count());
  wires_.reserve(lanes);
  for (LaneIndex lane = 0; lane < lanes; ++lane) {
    const Topology::Lane& it = topology.lane(lane);
    const std::string name =
        "link " + topology.node(it.from).name + "-" + topology.node(it.to).name;
    wires_.emplace_back(Random::fork(settings.seed, name));
  }
}

std::uint64_t Fabric::random_digest() const {
  Hash64 hash;
  for (const Wire& wire : wires_) hash.add(wire.random_digest());
  return hash.value();
}

void Fabric::handle(const Event& event) {
  recorder.set_time(event.key.time);
  switch (static_cast<NetworkEvent>(event.what)) {
    case NetworkEvent::kArrival:
      return arrive(event);
    case NetworkEvent::kLoopback: {
      Packet& packet = packets[low_of(event.a)];
      return hosts_[packet.to]->receive(packet);
    }
    default:
      return hosts_[low_of(event.a)]->handle(event);
  }
}

void Fabric::schedule(HostIndex host, Instant time, NetworkEvent what, std::uint32_t detail,
                      std::uint64_t b) {
  time = std::max(time, now());
  const EventKey& last = simulator.last_event().key;
  // A call from outside of this host's events, between two runs or when a world is taken down: this
  // instant is over for the hosts that come before the one that was handled last. The order that
  // ties are broken in may be another (set_tie_break_seed); then no host relies on it.
  const bool may_be_over = last.source > host || simulator.tie_break_seed() != 0;
  if (time == last.time && last.event_class == EventClass::kLocal && may_be_over &&
      !hosts_[host]->is_dispatching()) {
    time = time + Duration(1);
  }
  sources_[host].send(time, EventClass::kLocal, target_, static_cast<std::uint32_t>(what),
                      pair_of(host, detail), b);
}

HostIndex Fabric::owner_of(const IpAddress& address, HostIndex from) const {
  return is_loopback(address) ? from : topology.owner_of(address).value_or(kWorld);
}

void Fabric::send(Packet& packet) {
  packet.wire_size = wire_size_of(packet);
  ++packets_sent;
  if (records_packets()) {
    summary_.clear();
    frame_.clear();
    append_summary(packet, summary_);
    append_ip_packet(packet, frame_);
    const RecordId cause = packet.segment.cause;
    recorder.set_time(now());
    packet.sent_record =
        recorder.emit(packet.from, Kind::kPacketSent, {&cause, cause.is_none() ? 0u : 1u},
                      {packet.segment.connection, {}}, {summary_, frame_});
  }
  if (packet.from == packet.to) {
    sources_[packet.from].send(now() + kLoopbackLatency, EventClass::kPacket, target_,
                               static_cast<std::uint32_t>(NetworkEvent::kLoopback), packet.index);
    return;
  }
  transmit(packet, packet.from);
}

void Fabric::transmit(Packet& packet, HostIndex node) {
  const LaneIndex lane = packet.to == kWorld ? kNoLane : topology.next_hop(node, packet.to);
  if (lane == kNoLane) return drop(packet, node, "no route", last_change_);
  const Wire::Outcome outcome =
      wires_[lane].offer(now(), packet.wire_size, topology.lane(lane).settings);
  switch (outcome.fate) {
    case Wire::Fate::kArrives:
      return schedule_arrival(packet, node, lane, outcome.arrival);
    case Wire::Fate::kArrivesTwice: {
      Packet& twin = packets.copy(packet);
      schedule_arrival(packet, node, lane, outcome.arrival);
      return schedule_arrival(twin, node, lane, outcome.second_arrival);
    }
    case Wire::Fate::kLost:
      return drop(packet, node, "loss", change_of(lane));
    case Wire::Fate::kQueueFull:
      return drop(packet, node, "queue full");
    case Wire::Fate::kDown:
      return drop(packet, node, "link down", change_of(lane));
  }
}

void Fabric::schedule_arrival(Packet& packet, HostIndex node, LaneIndex lane, Instant when) {
  sources_[node].send(when, EventClass::kPacket, target_,
                      static_cast<std::uint32_t>(NetworkEvent::kArrival), packet.index,
                      pair_of(lane, wires_[lane].epoch()));
}

void Fabric::arrive(const Event& event) {
  Packet& packet = packets[low_of(event.a)];
  const LaneIndex lane = low_of(event.b);
  const HostIndex node = topology.lane(lane).to;
  if (wires_[lane].epoch() != high_of(event.b)) {
    return drop(packet, node, "link down", change_of(lane));
  }
  if (node == packet.to) return hosts_[node]->receive(packet);
  // The way has changed while it was under way, and it has come to a host that passes nothing on.
  if (hosts_[node] != nullptr) return drop(packet, node, "no route", last_change_);
  if (--packet.hops_left == 0) return drop(packet, node, "hop limit");
  if (records_packets()) record(packet, node, Kind::kPacketForwarded);
  transmit(packet, node);
}

void Fabric::record(const Packet& packet, HostIndex at, Kind kind) {
  summary_.clear();
  append_summary(packet, summary_);
  recorder.emit(at, kind, {&packet.sent_record, 1}, {packet.segment.connection, {}}, {summary_});
}

RecordId Fabric::change_of(LaneIndex lane) const {
  const auto found = changes_.find(lane);
  return found == changes_.end() ? RecordId() : found->second;
}

RecordId Fabric::fault_between(HostIndex a, HostIndex b) const {
  const auto found = faults_.find(std::minmax(a, b));
  if (found == faults_.end() || found->second.second + kFaultMemory < now()) return {};
  return found->second.first;
}

void Fabric::drop(Packet& packet, HostIndex at, std::string_view reason, RecordId fault) {
  if (!fault.is_none()) faults_[std::minmax(packet.from, packet.to)] = {fault, now()};
  if (records_packets()) {
    summary_.clear();
    append_summary(packet, summary_);
    recorder.set_time(now());
    const RecordId causes[] = {packet.sent_record, fault};
    recorder.emit(at, Kind::kPacketDropped, {causes, fault.is_none() ? 1u : 2u},
                  {packet.segment.connection, {}}, {summary_, reason});
  }
  packets.give_back(packet);
}

void Fabric::change_lane(LaneIndex lane, const LinkSettings& changed, RecordId change) {
  changes_[lane] = last_change_ = change;
  if (topology.lane(lane).settings.up && !changed.up) wires_[lane].cut();
  topology.change(lane, changed);
}

}  // namespace mailcosm::sim
