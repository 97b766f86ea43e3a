// TcpSocket: a connection with its place in a host; VirtualStream and VirtualListener: what agents
// hold of them.
#pragma once

#include "sim/net/tcp_connection.h"
#include "sim/net/tcp_stack.h"

namespace mailcosm::sim {

struct alignas(64) TcpSocket {
  TcpSocket(const TcpSettings& settings, BlockPool& pool, const TcpConnection::Start& start)
      : connection(settings, pool, start) {}

  // Ports differ most, and are compared first.
  bool is_between(const Endpoint& one, const Endpoint& other) const {
    return remote.port == other.port && local.port == one.port && remote == other && local == one;
  }

  TcpConnection connection;
  Endpoint local;
  Endpoint remote;
  HostIndex peer = kWorld;
  SocketSlot slot = kNoSocket;       // its own
  SocketSlot peer_slot = kNoSocket;  // the other end's, as far as is known
  std::uint32_t hash = 0;
  Instant pending = Instant::never();  // when the event comes that counts
  std::uint64_t timer = 0;             // that event's number
  TcpStack* stack = nullptr;           // whose it is
  VirtualStream* stream = nullptr;     // null: not accepted yet, or let go
  StreamHandler* handler = nullptr;    // the stream's, or null
  TcpSocket* next_touched = nullptr;
  bool is_passive = false;  // came to a listener and is not accepted yet
  bool is_touched = false;
  bool is_half_open = false;  // counted in its listener's backlog
};

class VirtualStream final : public Stream {
 public:
  VirtualStream(TcpStack& stack, TcpSocket* socket, const Endpoint& local, const Endpoint& remote,
                StreamHandler* handler, ConnectionId id)
      : stack_(&stack),
        socket_(socket),
        handler_(handler),
        local_(local),
        remote_(remote),
        id_(id) {
    if (socket_ != nullptr) socket_->handler = handler;
  }
  ~VirtualStream() override;

  void set_handler(StreamHandler& handler) override {
    handler_ = &handler;
    if (socket_ != nullptr) socket_->handler = handler_;
  }
  void send(std::string_view bytes) override;
  std::size_t queued() const override;
  void close() override;
  Endpoint local() const override { return local_; }
  Endpoint remote() const override { return remote_; }
  ConnectionId id() const override { return id_; }
  RecordId trouble() const override;

  StreamHandler* handler() { return handler_; }
  // The connection is over, or the host has crashed.
  void detach() { socket_ = nullptr; }
  RecordId cause;  // of a connect() that failed at once

 private:
  TcpStack* stack_;
  TcpSocket* socket_;  // null: over
  StreamHandler* handler_;
  Endpoint local_;
  Endpoint remote_;
  ConnectionId id_;
};

class VirtualListener final : public Listener {
 public:
  VirtualListener(TcpStack& stack, ListenHandler& handler) : stack_(&stack), handler_(&handler) {}
  ~VirtualListener() override {
    if (stack_ != nullptr) stack_->stop_listening(*this);
  }

  ListenHandler& handler() { return *handler_; }
  void detach() { stack_ = nullptr; }
  std::uint32_t half_open = 0;

 private:
  TcpStack* stack_;  // null after a crash of the host
  ListenHandler* handler_;
};

}  // namespace mailcosm::sim
