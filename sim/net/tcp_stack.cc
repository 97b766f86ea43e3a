#include "sim/net/tcp_stack.h"

#include <algorithm>
#include <utility>

#include "protocols/base/check.h"
#include "sim/net/fabric.h"
#include "sim/net/ports.h"
#include "sim/net/tcp_socket.h"
#include "sim/net/virtual_host.h"
#include "sim/net/wire_format.h"

namespace mailcosm::sim {

VirtualStream::~VirtualStream() {
  if (socket_ == nullptr) {
    for (VirtualStream*& notice : stack_->notices_) {
      if (notice == this) notice = nullptr;
    }
    return;
  }
  stack_->let_go(*socket_);
}

void VirtualStream::send(std::string_view bytes) {
  if (socket_ == nullptr) return;
  VirtualHost& host = *stack_->host_;
  socket_->connection.send(bytes, host.trace().cause(), host.now());
  stack_->touch(*socket_);
}

std::size_t VirtualStream::queued() const {
  return socket_ == nullptr ? 0 : socket_->connection.queued();
}

void VirtualStream::close() {
  if (socket_ == nullptr) return;
  VirtualHost& host = *stack_->host_;
  socket_->connection.close(host.trace().cause(), host.now());
  stack_->touch(*socket_);
}

RecordId VirtualStream::trouble() const {
  if (socket_ == nullptr) return {};
  VirtualHost& host = *stack_->host_;
  return host.fabric().fault_between(host.index(), socket_->peer);
}

TcpStack::TcpStack(VirtualHost& host, const Random& random) : host_(&host) {
  Random draws = random;
  secret_ = draws.next();
  timestamp_offset_ = static_cast<std::uint32_t>(draws.next());
  next_port_ = static_cast<std::uint32_t>(draws.below(kEphemeralPorts));
}

TcpStack::~TcpStack() { crash(); }

void TcpStack::crash() {
  flows_.for_each([this](std::uint32_t flow) {
    if ((flow & kTimeWaitBit) != 0) return;
    TcpSocketArena& sockets = host_->fabric().sockets;
    TcpSocket& socket = *sockets.find(flow);
    if (socket.stream != nullptr) socket.stream->detach();
    sockets.remove(socket);
  });
  for (const Listening& it : listeners_) it.listener->detach();
  listeners_.clear();
  flows_.clear();
  time_waits_.clear();
  first_touched_ = final_touched_ = nullptr;
  notices_.clear();
  connection_count_ = 0;
}

std::unique_ptr<Listener> TcpStack::listen(const Endpoint& local, ListenHandler& handler) {
  const Endpoint wanted = without_wildcard(local);
  // A port of all addresses excludes the same port of one, and the other way round.
  for (const auto& [taken, other] : listeners_) {
    if (taken.port != wanted.port) continue;
    if (taken.address.is_none() || wanted.address.is_none() || taken.address == wanted.address)
      return nullptr;
  }
  auto listener = std::make_unique<VirtualListener>(*this, handler);
  listeners_.push_back({wanted, listener.get()});
  return listener;
}

// What is half open counts in no backlog any more, also not in that of a later listener.
void TcpStack::stop_listening(const VirtualListener& stopped) {
  flows_.for_each([&](std::uint32_t flow) {
    if ((flow & kTimeWaitBit) != 0) return;
    TcpSocket& socket = *host_->fabric().sockets.find(flow);
    if (socket.is_half_open && find_listener(socket.local) == &stopped) socket.is_half_open = false;
  });
  std::erase_if(listeners_, [&](const Listening& it) { return it.listener == &stopped; });
}

std::unique_ptr<Stream> TcpStack::connect(const Endpoint& remote, StreamHandler& handler) {
  Fabric& fabric = host_->fabric();
  const RecordId cause = host_->trace().cause();
  const ConnectionId id = ConnectionId::of(host_->index(), ++opened_);
  Endpoint local{host_->source_address_for(remote.address), 0};
  const HostIndex peer = fabric.owner_of(remote.address, host_->index());
  const bool has_way = peer == host_->index() ||
                       (peer != kWorld && fabric.next_hop(host_->index(), peer) != kNoLane);
  if (!local.address.is_none() && has_way) local.port = unused_port(local, remote);
  if (local.port == 0) {
    auto stream = std::make_unique<VirtualStream>(*this, nullptr, local, remote, &handler, id);
    stream->cause = cause;
    notices_.push_back(stream.get());
    fabric.schedule(host_->index(), host_->now(), NetworkEvent::kNotices);
    return stream;
  }
  TcpSocket& socket = add_socket(local, remote, peer, id, initial_sequence(local, remote));
  auto stream = std::make_unique<VirtualStream>(*this, &socket, local, remote, &handler, id);
  socket.stream = stream.get();
  socket.connection.connect(host_->now(), cause);
  touch(socket);
  return stream;
}

void TcpStack::tell_notices() {
  // The list may grow and streams may go while handlers run.
  for (std::size_t i = 0; i < notices_.size(); ++i) {
    VirtualStream* stream = std::exchange(notices_[i], nullptr);
    if (stream == nullptr) continue;
    host_->trace().set_cause(stream->cause);
    host_->trace().add_cause(host_->fabric().last_change());
    stream->handler()->on_closed(StreamError::kUnreachable);
  }
  notices_.clear();
}

TcpSocket& TcpStack::add_socket(const Endpoint& local, const Endpoint& remote, HostIndex peer,
                                ConnectionId id, Sequence initial_sequence) {
  Fabric& fabric = host_->fabric();
  const std::uint32_t headers = ip_header_size(local.address) + kTcpHeaderSize;
  const TcpConnection::Start start{
      initial_sequence, static_cast<std::uint16_t>(kMtu - headers), timestamp_offset_, id,
      local.address.is_ipv4() ? TcpConnection::kMssDefaultIpv4 : TcpConnection::kMssDefaultIpv6};
  TcpSocket& socket = fabric.sockets.add(fabric.settings.tcp, fabric.blocks, start);
  socket.stack = this;
  socket.local = local;
  socket.remote = remote;
  socket.peer = peer;
  socket.hash = FlowTable::hash_of(local, remote);
  flows_.insert(socket.hash, socket.slot);
  ++connection_count_;
  return socket;
}

// Something has happened to the connection: what is due at once leaves, then its owner is told.
void TcpStack::drive(TcpSocket& socket) {
  pump(socket);
  tell(socket);
  touch(socket);
}

void TcpStack::tell(TcpSocket& socket) {
  while (socket.connection.has_event()) {
    const TcpEvent event = socket.connection.next();
    host_->trace().set_cause(event.cause);
    if (socket.is_passive) {
      if (event.what == TcpEvent::What::kConnected) tell_accepted(socket);
      continue;
    }
    // Nobody is there any more: what comes is taken and dropped.
    if (socket.handler == nullptr) continue;
    StreamHandler& handler = *socket.handler;
    switch (event.what) {
      case TcpEvent::What::kConnected:
        handler.on_connected();
        break;
      case TcpEvent::What::kReceived:
        handler.on_received(event.bytes.view());
        break;
      case TcpEvent::What::kWritable:
        handler.on_writable();
        break;
      case TcpEvent::What::kEnded:
        handler.on_end();
        break;
      case TcpEvent::What::kClosed:
        std::exchange(socket.stream, nullptr)->detach();
        socket.handler = nullptr;
        if (event.error == StreamError::kTimeout) {
          host_->trace().add_cause(host_->fabric().fault_between(host_->index(), socket.peer));
        }
        handler.on_closed(event.error);
        break;
      case TcpEvent::What::kNothing:
        return;
    }
  }
}

void TcpStack::tell_accepted(TcpSocket& socket) {
  socket.is_passive = false;
  VirtualListener* listener = find_listener(socket.local);
  if (listener == nullptr) return socket.connection.abort(host_->trace().cause());
  if (std::exchange(socket.is_half_open, false)) --listener->half_open;
  auto stream = std::make_unique<VirtualStream>(*this, &socket, socket.local, socket.remote,
                                                nullptr, socket.connection.id());
  socket.stream = stream.get();
  listener->handler().on_accepted(std::move(stream));
}

// The owner destroys its handle.
void TcpStack::let_go(TcpSocket& socket) {
  socket.stream = nullptr;
  socket.handler = nullptr;
  if (socket.connection.is_closed_by_us()) {
    socket.connection.orphan(host_->now());
  } else {
    socket.connection.abort(host_->trace().cause());
  }
  touch(socket);
}

void TcpStack::touch(TcpSocket& socket) {
  if (!std::exchange(socket.is_touched, true)) {
    (first_touched_ == nullptr ? first_touched_ : final_touched_->next_touched) = &socket;
    final_touched_ = &socket;
  }
  if (host_->is_dispatching() || flush_due_) return;
  flush_due_ = true;
  host_->fabric().schedule(host_->index(), host_->now(), NetworkEvent::kFlush);
}

void TcpStack::flush() {
  flush_due_ = false;
  while (first_touched_ != nullptr) {
    TcpSocket& socket = *first_touched_;
    first_touched_ = std::exchange(socket.next_touched, nullptr);
    socket.is_touched = false;
    pump(socket);
    settle(socket);
  }
}

void TcpStack::pump(TcpSocket& socket) {
  Fabric& fabric = host_->fabric();
  const Instant now = host_->now();
  while (socket.connection.may_transmit()) {
    Packet& packet = fabric.packets.take();
    if (!socket.connection.transmit(packet.segment, now)) {
      fabric.packets.give_back(packet);
      return;
    }
    packet.protocol = Protocol::kTcp;
    packet.identification = host_->next_identification();
    packet.from = host_->index();
    packet.to = socket.peer;
    packet.source = socket.local;
    packet.destination = socket.remote;
    packet.sender = socket.slot;
    packet.receiver = socket.peer_slot;
    fabric.send(packet);
  }
}

// Schedules the connection's deadline, or frees it.
void TcpStack::settle(TcpSocket& socket) {
  if (host_->fabric().records_packets()) record_transitions(socket);
  const TcpState state = socket.connection.state();
  if (state == TcpState::kClosed) return remove(socket);
  if (state == TcpState::kTimeWait && socket.stream == nullptr) {
    begin_time_wait(socket);
    return remove(socket);
  }
  const Instant deadline = socket.connection.deadline();
  if (deadline >= socket.pending) return;
  Fabric& fabric = host_->fabric();
  socket.pending = deadline;
  socket.timer = ++fabric.tcp_timers;
  fabric.schedule(host_->index(), std::max(deadline, host_->now()), NetworkEvent::kTcpTimer,
                  socket.slot, socket.timer);
}

void TcpStack::record_transitions(TcpSocket& socket) {
  TcpConnection::Transition transition{};
  while (socket.connection.take_transition(transition)) {
    host_->trace().emit(Kind::kConnectionState,
                        {to_string(transition.from), to_string(transition.to)},
                        {socket.connection.id(), {}});
  }
}

void TcpStack::remove(TcpSocket& socket) {
  if (socket.stream != nullptr) socket.stream->detach();
  if (socket.is_half_open) {
    if (VirtualListener* listener = find_listener(socket.local);
        listener != nullptr && listener->half_open > 0) {
      --listener->half_open;
    }
  }
  flows_.erase(socket.hash, socket.slot);
  --connection_count_;
  host_->fabric().sockets.remove(socket);
}

void TcpStack::expire(TcpSocket& socket) {
  socket.pending = Instant::never();
  if (socket.connection.deadline() > host_->now()) return settle(socket);
  socket.connection.expire(host_->now());
  drive(socket);
}

}  // namespace mailcosm::sim
