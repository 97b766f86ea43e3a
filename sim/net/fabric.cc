#include "sim/net/fabric.h"

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"
#include "sim/net/tcp_socket.h"
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

// All cache lines of an object that begins with one.
template <typename Object>
void ask_for(const Object& object) {
  constexpr std::size_t kLine = 64;
  static_assert(alignof(Object) % kLine == 0);
#pragma GCC unroll 32
  for (std::size_t at = 0; at < sizeof(Object); at += kLine)
    __builtin_prefetch(reinterpret_cast<const char*>(&object) + at);
}

}  // namespace

Fabric::Fabric(Simulator& the_simulator, Recorder& the_recorder, SharedNetwork& shared,
               PartitionIndex partition)
    : simulator(the_simulator),
      recorder(the_recorder),
      topology(shared.topology),
      settings(shared.settings),
      shared_(shared),
      partition_(partition),
      target_(simulator.add_target(*this)),
      faults_([this](const Loss& loss) { return is_known(loss); }) {
  simulator.set_foresight(*this);
}

void Fabric::handle(const Event& event) {
  recorder.set_time(event.key.time);
  switch (static_cast<NetworkEvent>(event.what)) {
    case NetworkEvent::kArrival:
      return arrive(event);
    case NetworkEvent::kLoopback: {
      Packet& packet = packets[low_of(event.a)];
      return shared_.hosts[packet.to]->receive(packet);
    }
    case NetworkEvent::kTcpTimer: {
      // An outdated one needs not even a look at the host.
      const SocketSlot slot = high_of(event.a);
      const TcpSocket* const socket = sockets.find(slot);
      if (slot != kNoSocket && (socket == nullptr || socket->timer != event.b)) return;
      return shared_.hosts[low_of(event.a)]->handle(event);
    }
    default:
      return shared_.hosts[low_of(event.a)]->handle(event);
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
      !shared_.hosts[host]->is_dispatching()) {
    time = time + Duration(1);
  }
  shared_.sources[host].send(time, EventClass::kLocal, target_, static_cast<std::uint32_t>(what),
                             pair_of(host, detail), b);
}

HostIndex Fabric::owner_of(const IpAddress& address, HostIndex from) const {
  return is_loopback(address) ? from : topology.owner_of(address).value_or(kWorld);
}

void Fabric::send(Packet& packet) {
  packet.wire_size = wire_size_of(packet);
  ++packets_sent;
  if (records_packets()) {
    const RecordId cause = packet.segment.cause;
    const std::string_view summary = summaries_.write(packet);
    frame_.clear();
    append_ip_packet(packet, frame_);
    recorder.set_time(now());
    packet.sent_record =
        recorder.emit(packet.from, Kind::kPacketSent, {&cause, cause.is_none() ? 0u : 1u},
                      {packet.segment.connection, {}}, {summary, frame_});
    summaries_.keep(packet);
  }
  if (packet.from == packet.to) {
    shared_.sources[packet.from].send(now() + kLoopbackLatency, EventClass::kPacket, target_,
                                      static_cast<std::uint32_t>(NetworkEvent::kLoopback),
                                      packet.index);
    return;
  }
  transmit(packet, packet.from);
}

void Fabric::transmit(Packet& packet, HostIndex node) {
  const LaneIndex lane = packet.to == kWorld ? kNoLane : next_hop(node, packet.to);
  if (lane == kNoLane) return drop(packet, node, "no route", last_change());
  const Wire::Outcome outcome =
      shared_.wires[lane].offer(now(), packet.wire_size, topology.lane(lane).settings);
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
  EventSource& source = shared_.sources[node];
  const std::uint32_t epoch = shared_.epochs[lane];
  if (boxes_ != nullptr) {
    const PartitionIndex there = shared_.partition_of[topology.lane(lane).to];
    if (there != partition_) {
      boxes_->box_for(there).add({source.next_key(when, EventClass::kPacket), lane, epoch}, packet);
      return packets.give_back(packet);
    }
  }
  source.send(when, EventClass::kPacket, target_,
              static_cast<std::uint32_t>(NetworkEvent::kArrival),
              pair_of(packet.index, topology.lane(lane).to), pair_of(lane, epoch));
}

// Whoever sends to thousands of hosts finds none of them in a cache.
void Fabric::foresee(const Event& event) const {
  // Other targets have events of their own meaning.
  if (event.target != target_) return;
  switch (static_cast<NetworkEvent>(event.what)) {
    case NetworkEvent::kArrival: {
      const Packet& packet = packets[low_of(event.a)];
      const HostIndex node = high_of(event.a);
      if (node == packet.to) return foresee_use(node, sockets.find(packet.receiver));
      return foresee_sending(routes_.lane_down(node, packet.to));
    }
    case NetworkEvent::kLoopback: {
      const Packet& packet = packets[low_of(event.a)];
      return foresee_use(packet.to, sockets.find(packet.receiver));
    }
    case NetworkEvent::kTcpTimer:
      if (const TcpSocket* const socket = sockets.find(high_of(event.a)))
        foresee_use(low_of(event.a), socket);
      return;
    default:
      return foresee_use(low_of(event.a), nullptr);
  }
}

// A host that is busied sends something, mostly.
void Fabric::foresee_use(HostIndex host, const TcpSocket* socket) const {
  foresee_sending(routes_.lane_up(host));
  ask_for(*shared_.hosts[host]);
  if (socket != nullptr) ask_for(*socket);
}

void Fabric::foresee_sending(LaneIndex lane) const {
  if (lane == kNoLane) return;
  ask_for(topology.lane(lane));
  __builtin_prefetch(&shared_.wires[lane]);
}

void Fabric::deliver(std::string_view crossings) {
  CrossingReader reader(crossings, topology.node_count(), shared_.epochs.size());
  while (true) {
    switch (reader.next()) {
      case CrossingReader::What::kEnd:
        return;
      case CrossingReader::What::kPacket: {
        Packet& packet = packets.take();
        reader.take(packet, blocks);
        const CrossingPacket& arrival = reader.arrival();
        // Only hosts take packets, and only ours are at hand here.
        CHECK(shared_.hosts[packet.to] != nullptr);
        CHECK(shared_.partition_of[topology.lane(arrival.lane).to] == partition_);
        simulator.schedule({arrival.key, target_,
                            static_cast<std::uint32_t>(NetworkEvent::kArrival),
                            pair_of(packet.index, topology.lane(arrival.lane).to),
                            pair_of(arrival.lane, arrival.epoch)});
        break;
      }
      case CrossingReader::What::kLoss:
        faults_.add(reader.loss());
        break;
      case CrossingReader::What::kMalformed:
        CHECK(false);
    }
  }
}

void Fabric::arrive(const Event& event) {
  Packet& packet = packets[low_of(event.a)];
  const LaneIndex lane = low_of(event.b);
  const HostIndex node = high_of(event.a);
  if (shared_.epochs[lane] != high_of(event.b)) {
    return drop(packet, node, "link down", change_of(lane));
  }
  VirtualHost* host = shared_.hosts[node];
  if (node == packet.to) return host->receive(packet);
  // The way has changed while it was under way, and it has come to a host that passes nothing on.
  if (host != nullptr) return drop(packet, node, "no route", last_change());
  if (--packet.hops_left == 0) return drop(packet, node, "hop limit");
  if (records_packets()) record(packet, node, Kind::kPacketForwarded);
  transmit(packet, node);
}

std::string_view Fabric::summary_of(const Packet& packet, Kind kind) {
  return recorder.wants(kind) ? summaries_.of(packet) : std::string_view();
}

void Fabric::record(const Packet& packet, HostIndex at, Kind kind) {
  recorder.emit(at, kind, {&packet.sent_record, 1}, {packet.segment.connection, {}},
                {summary_of(packet, kind)});
}

RecordId Fabric::change_of(LaneIndex lane) const {
  const auto found = shared_.changes.find(lane);
  return found == shared_.changes.end() ? RecordId() : found->second;
}

RecordId Fabric::fault_between(HostIndex reader, HostIndex peer) {
  return faults_.last(reader, peer, now());
}

void Fabric::tell(const Loss& loss) {
  if (loss.reader == kWorld) return;
  const PartitionIndex there = boxes_ == nullptr ? partition_ : shared_.partition_of[loss.reader];
  if (there == partition_) {
    faults_.add(loss);
  } else {
    boxes_->box_for(there).add(loss);
  }
}

// News travel along the links, and everybody knows all when a link changes. No partition can be
// farther behind than they need, so that it makes no difference how the network is cut.
bool Fabric::is_known(const Loss& loss) {
  if (loss.time < shared_.last_changed) return true;
  const std::optional<Duration> delay = latency(loss.at, loss.reader);
  return delay && *delay <= now() - loss.time;
}

std::optional<Duration> Fabric::latency(HostIndex from, HostIndex to) {
  Instant there;
  while (from != to) {
    const LaneIndex lane = next_hop(from, to);
    if (lane == kNoLane) return std::nullopt;
    there = there + topology.lane(lane).settings.latency;
    from = topology.lane(lane).to;
  }
  return Duration(there.ns);
}

void Fabric::drop(Packet& packet, HostIndex at, std::string_view reason, RecordId fault) {
  if (!fault.is_none()) {
    tell({packet.from, packet.to, at, now(), fault});
    tell({packet.to, packet.from, at, now(), fault});
  }
  if (records_packets()) {
    recorder.set_time(now());
    const RecordId causes[] = {packet.sent_record, fault};
    recorder.emit(at, Kind::kPacketDropped, {causes, fault.is_none() ? 1u : 2u},
                  {packet.segment.connection, {}},
                  {summary_of(packet, Kind::kPacketDropped), reason});
  }
  packets.give_back(packet);
}

}  // namespace mailcosm::sim
