// TcpStack: the TCP of one host: its connections, listeners and TIME-WAIT records, and the way of
// segments between them and the network.
//
// A connection that was used in a handler is noted and sends when the handler has returned (flush),
// so that what an agent writes in pieces leaves in one piece. Sockets are freed in flush() only,
// never under a handler.
#pragma once

#include <memory>
#include <vector>

#include "protocols/base/random.h"
#include "sim/host/stream.h"
#include "sim/net/flow_table.h"
#include "sim/net/packet.h"
#include "sim/net/time_wait.h"

namespace mailcosm::sim {

class VirtualHost;
class VirtualStream;
class VirtualListener;
struct TcpSocket;

class TcpStack {
 public:
  TcpStack(VirtualHost& host, const Random& random);
  ~TcpStack();
  TcpStack(const TcpStack&) = delete;
  TcpStack& operator=(const TcpStack&) = delete;

  std::unique_ptr<Listener> listen(const Endpoint& local, ListenHandler& handler);
  std::unique_ptr<Stream> connect(const Endpoint& remote, StreamHandler& handler);

  // A TCP packet has come; the caller keeps it.
  void receive(const Packet& packet);
  // The event of a connection's deadline.
  void expire(TcpSocket& socket);
  // The event of TIME-WAIT.
  void expire_time_wait();
  // Tells streams that could not be opened.
  void tell_notices();
  void flush();
  // Everything is gone without a packet; handles stay and do nothing.
  void crash();

  std::size_t connections() const { return connection_count_; }
  std::size_t time_waits() const { return time_waits_.size(); }

 private:
  friend class VirtualStream;
  friend class VirtualListener;

  static constexpr std::uint32_t kTimeWaitBit = 0x80000000;
  struct Listening {
    Endpoint local;  // without an address: on all of them
    VirtualListener* listener;
  };

  // tcp_stack.cc
  TcpSocket& add_socket(const Endpoint& local, const Endpoint& remote, HostIndex peer,
                        ConnectionId id, Sequence initial_sequence);
  void drive(TcpSocket& socket);
  void tell(TcpSocket& socket);
  void tell_accepted(TcpSocket& socket);
  void stop_listening(const VirtualListener& stopped);
  void touch(TcpSocket& socket);
  void pump(TcpSocket& socket);
  void settle(TcpSocket& socket);
  void record_transitions(TcpSocket& socket);
  void remove(TcpSocket& socket);
  void let_go(TcpSocket& socket);

  // tcp_demultiplex.cc
  std::uint32_t find_flow(const Endpoint& local, const Endpoint& remote, std::uint32_t hash) const;
  VirtualListener* find_listener(const Endpoint& local) const;
  void receive_known(const Packet& packet, TcpSocket& socket);
  void receive_unknown(const Packet& packet);
  void receive_syn(const Packet& packet, VirtualListener& listener, Sequence initial_sequence);
  void receive_in_time_wait(const Packet& packet, std::uint32_t record);
  void begin_time_wait(TcpSocket& socket);
  void reset_stranger(const Packet& packet);
  void send(const TcpSegment& segment, const Endpoint& local, const Endpoint& remote,
            HostIndex peer);
  Endpoint local_of(const TimeWaitRecord& record) const;
  Sequence initial_sequence(const Endpoint& local, const Endpoint& remote) const;
  std::uint16_t unused_port(const Endpoint& local, const Endpoint& remote);

  // What every segment needs comes first.
  VirtualHost* host_;
  TcpSocket* first_touched_ = nullptr;  // those that are noted, in order
  TcpSocket* final_touched_ = nullptr;
  bool flush_due_ = false;
  bool time_wait_timer_ = false;
  std::uint32_t timestamp_offset_;
  std::uint32_t next_port_;
  std::uint64_t secret_;  // of initial sequence numbers (RFC 6528)
  std::uint64_t opened_ = 0;
  std::size_t connection_count_ = 0;
  FlowTable flows_;  // numbers of sockets and, with kTimeWaitBit, of TIME-WAIT records
  TimeWaitTable time_waits_;
  std::vector<Listening> listeners_;     // few
  std::vector<VirtualStream*> notices_;  // null: destroyed in the meantime
};

}  // namespace mailcosm::sim
