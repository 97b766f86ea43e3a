// Which connection a segment belongs to, and what happens to one that belongs to none (RFC 9293
// sections 3.10.7.1, 3.10.7.2 and 3.6.1).

#include <span>
#include <utility>

#include "protocols/base/hash.h"
#include "sim/net/fabric.h"
#include "sim/net/ports.h"
#include "sim/net/tcp_socket.h"
#include "sim/net/tcp_stack.h"
#include "sim/net/virtual_host.h"

namespace mailcosm::sim {

std::uint32_t TcpStack::find_flow(const Endpoint& local, const Endpoint& remote,
                                  std::uint32_t hash) const {
  return flows_.find(hash, [&](std::uint32_t value) {
    if ((value & kTimeWaitBit) != 0) {
      const TimeWaitRecord& record = time_waits_[value & ~kTimeWaitBit];
      return record.remote == remote && local_of(record) == local;
    }
    return host_->fabric().sockets.find(value)->is_between(local, remote);
  });
}

VirtualListener* TcpStack::find_listener(const Endpoint& local) const {
  for (const Listening& it : listeners_) {
    const bool is_port = it.local.port == local.port;
    if (is_port && (it.local.address.is_none() || it.local.address == local.address))
      return it.listener;
  }
  return nullptr;
}

void TcpStack::receive(const Packet& packet) {
  const TcpSocketArena& sockets = host_->fabric().sockets;
  // The slot may have been given to another, even to the sender. Both ends of a connection have its
  // name, and nothing else has it; if both are ours, they differ in their ports.
  if (TcpSocket* const socket = sockets.find(packet.receiver);
      socket != nullptr && socket->connection.id() == packet.segment.connection &&
      socket->stack == this && socket->local.port == packet.destination.port) {
    return receive_known(packet, *socket);
  }
  const std::uint32_t hash = FlowTable::hash_of(packet.destination, packet.source);
  const std::uint32_t flow = find_flow(packet.destination, packet.source, hash);
  if (flow == FlowTable::kNone) return receive_unknown(packet);
  if ((flow & kTimeWaitBit) != 0) return receive_in_time_wait(packet, flow & ~kTimeWaitBit);
  receive_known(packet, *sockets.find(flow));
}

void TcpStack::receive_known(const Packet& packet, TcpSocket& socket) {
  socket.peer_slot = packet.sender;
  socket.connection.receive(packet.segment, host_->now());
  drive(socket);
}

void TcpStack::receive_unknown(const Packet& packet) {
  const TcpSegment& segment = packet.segment;
  if (segment.has(tcp_flag::kRst)) return;
  VirtualListener* listener = find_listener(packet.destination);
  const bool opens = segment.has(tcp_flag::kSyn) && !segment.has(tcp_flag::kAck);
  if (listener == nullptr || !opens) {
    // RFC 9293 section 3.10.7.2: a listener drops what has neither SYN nor ACK.
    if (listener != nullptr && !segment.has(tcp_flag::kAck)) return;
    return reset_stranger(packet);
  }
  receive_syn(packet, *listener, initial_sequence(packet.destination, packet.source));
}

void TcpStack::receive_syn(const Packet& packet, VirtualListener& listener,
                           Sequence initial_sequence) {
  // A full backlog stays silent: the peer tries again.
  if (listener.half_open >= host_->fabric().settings.tcp.backlog) return;
  TcpSocket& socket = add_socket(packet.destination, packet.source, packet.from,
                                 packet.segment.connection, initial_sequence);
  socket.is_passive = socket.is_half_open = true;
  ++listener.half_open;
  host_->trace().set_cause(packet.segment.cause);
  socket.connection.accept(packet.segment, host_->now());
  drive(socket);
}

void TcpStack::reset_stranger(const Packet& packet) {
  const TcpSegment& segment = packet.segment;
  TcpSegment reset;
  reset.flags = tcp_flag::kRst;
  if (segment.has(tcp_flag::kAck)) {
    reset.sequence = segment.acknowledgment;
  } else {
    reset.flags |= tcp_flag::kAck;
    reset.acknowledgment = segment.end();
  }
  reset.cause = segment.cause;
  reset.connection = segment.connection;
  send(reset, packet.destination, packet.source, packet.from);
}

void TcpStack::send(const TcpSegment& segment, const Endpoint& local, const Endpoint& remote,
                    HostIndex peer) {
  Fabric& fabric = host_->fabric();
  Packet& packet = fabric.packets.take();
  packet.protocol = Protocol::kTcp;
  packet.identification = host_->next_identification();
  packet.from = host_->index();
  packet.to = peer;
  packet.source = local;
  packet.destination = remote;
  packet.segment = segment;
  fabric.send(packet);
}

Endpoint TcpStack::local_of(const TimeWaitRecord& record) const {
  if (record.local_address == TimeWaitRecord::kLoopbackAddress)
    return {record.remote.address, record.local_port};
  return {host_->own_addresses()[record.local_address], record.local_port};
}

void TcpStack::begin_time_wait(TcpSocket& socket) {
  Fabric& fabric = host_->fabric();
  TimeWaitRecord record;
  record.remote = socket.remote;
  record.local_port = socket.local.port;
  record.local_address = TimeWaitRecord::kLoopbackAddress;
  const std::span<const IpAddress> addresses = host_->own_addresses();
  for (std::size_t i = 0; i < addresses.size() && i < TimeWaitRecord::kLoopbackAddress; ++i) {
    if (addresses[i] == socket.local.address) record.local_address = static_cast<std::uint16_t>(i);
  }
  record.has_timestamps = socket.connection.has_timestamps();
  record.next_to_send = socket.connection.next_to_send();
  record.next_expected = socket.connection.next_expected();
  record.peer_timestamp = socket.connection.last_peer_timestamp();
  record.timestamp_offset = socket.connection.timestamp_offset();
  record.until = host_->now() + fabric.settings.tcp.time_wait;
  record.connection = socket.connection.id();
  flows_.insert(socket.hash, time_waits_.add(record) | kTimeWaitBit);
  if (time_wait_timer_) return;
  time_wait_timer_ = true;
  fabric.schedule(host_->index(), record.until, NetworkEvent::kTcpTimer, kNoSocket);
}

void TcpStack::expire_time_wait() {
  time_wait_timer_ = false;
  const Instant now = host_->now();
  while (time_waits_.first() != TimeWaitTable::kNone) {
    const std::uint32_t index = time_waits_.first();
    const TimeWaitRecord& record = time_waits_[index];
    if (time_waits_.is_void(index)) {
      time_waits_.remove_first();
      continue;
    }
    if (record.until > now) {
      // Restarted by the peer, or simply not due.
      const std::uint32_t next = record.next;
      if (next == TimeWaitTable::kNone || time_waits_[next].until >= record.until) break;
      time_waits_.move_first_to_end();
      continue;
    }
    flows_.erase(FlowTable::hash_of(local_of(record), record.remote), index | kTimeWaitBit);
    time_waits_.remove_first();
  }
  if (time_waits_.first() == TimeWaitTable::kNone) return;
  time_wait_timer_ = true;
  host_->fabric().schedule(host_->index(), time_waits_[time_waits_.first()].until,
                           NetworkEvent::kTcpTimer, kNoSocket);
}

void TcpStack::receive_in_time_wait(const Packet& packet, std::uint32_t index) {
  const TcpSegment& segment = packet.segment;
  TimeWaitRecord& record = time_waits_[index];
  if (segment.has(tcp_flag::kRst)) return;  // RFC 1337
  const bool opens = segment.has(tcp_flag::kSyn) && !segment.has(tcp_flag::kAck);
  // RFC 6191 section 2: the clock decides; where it says nothing, the sequence number.
  const bool compares_clocks = record.has_timestamps && segment.has_timestamps &&
                               segment.timestamp_value != record.peer_timestamp;
  const bool is_newer = compares_clocks ? after(segment.timestamp_value, record.peer_timestamp)
                                        : after(segment.sequence, record.next_expected);
  VirtualListener* listener = opens ? find_listener(packet.destination) : nullptr;
  if (opens && is_newer && listener != nullptr) {
    // RFC 6191: the peer begins anew; our numbers go on above the old ones.
    const Sequence above = record.next_to_send + 65'537;
    flows_.erase(FlowTable::hash_of(packet.destination, packet.source), index | kTimeWaitBit);
    time_waits_.void_record(index);
    return receive_syn(packet, *listener, above);
  }
  if (segment.length() == 0 && segment.sequence == record.next_expected) return;
  if (segment.has(tcp_flag::kFin))
    record.until = host_->now() + host_->fabric().settings.tcp.time_wait;
  TcpSegment answer;
  answer.flags = tcp_flag::kAck;
  answer.sequence = record.next_to_send;
  answer.acknowledgment = record.next_expected;
  const TcpSettings& settings = host_->fabric().settings.tcp;
  answer.window =
      static_cast<std::uint16_t>(settings.receive_window_start >> settings.window_scale);
  answer.has_timestamps = record.has_timestamps;
  if (record.has_timestamps) {
    answer.timestamp_value =
        static_cast<std::uint32_t>(host_->now().ns / 1'000'000) + record.timestamp_offset;
    answer.timestamp_echo = record.peer_timestamp;
  }
  answer.connection = record.connection;
  answer.cause = segment.cause;
  send(answer, packet.destination, packet.source, packet.from);
}

// A clock of 4 microseconds and a keyed function of the addresses and ports (RFC 6528 section 3).
Sequence TcpStack::initial_sequence(const Endpoint& local, const Endpoint& remote) const {
  Hash64 hash(secret_);
  hash.add(local.address.octets());
  hash.add(remote.address.octets());
  hash.add(std::uint64_t{local.port} << 16 | remote.port);
  return static_cast<Sequence>(hash.value()) + static_cast<Sequence>(host_->now().ns / 4000);
}

// The next of the ephemeral ports that no connection to this peer uses, also none in TIME-WAIT; 0
// if all are used.
std::uint16_t TcpStack::unused_port(const Endpoint& local, const Endpoint& remote) {
  for (std::uint32_t i = 0; i < kEphemeralPorts; ++i) {
    const Endpoint candidate{local.address,
                             static_cast<std::uint16_t>(kEphemeralPortMin + next_port_)};
    next_port_ = (next_port_ + 1) % kEphemeralPorts;
    if (find_flow(candidate, remote, FlowTable::hash_of(candidate, remote)) == FlowTable::kNone)
      return candidate.port;
  }
  return 0;
}

}  // namespace mailcosm::sim
