// A small world for tests: two hosts behind a router, agents that note what they are told, and a
// sink of all records.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "protocols/base/hash.h"
#include "sim/net/virtual_host.h"
#include "sim/net/virtual_network.h"

namespace mailcosm::sim {

// Keeps what tests ask for of each record.
class RecordLog final : public RecordSink {
 public:
  struct Entry {
    RecordId id;
    Instant time;
    HostIndex host;
    Kind kind;
    std::vector<RecordId> causes;
    ConnectionId connection;
    std::vector<std::string> texts;
  };
  void accept(const Record& record) override {
    Entry entry{record.id,
                record.time,
                record.host,
                record.kind,
                {record.causes.begin(), record.causes.end()},
                record.subject.connection,
                {}};
    for (const Value& value : record.values) entry.texts.emplace_back(value.text);
    entries.push_back(std::move(entry));
  }
  std::size_t count(Kind kind) const {
    std::size_t count = 0;
    for (const Entry& entry : entries) count += entry.kind == kind ? 1 : 0;
    return count;
  }
  const Entry* find(RecordId id) const {
    for (const Entry& entry : entries) {
      if (entry.id == id) return &entry;
    }
    return nullptr;
  }
  std::vector<Entry> entries;
};

// One end of a stream that notes everything.
class Peer final : public StreamHandler {
 public:
  explicit Peer(Runtime& runtime) : runtime_(&runtime) {}
  Peer(Runtime& runtime, const Endpoint& remote)
      : runtime_(&runtime), stream(runtime.connect(remote, *this)) {}
  void adopt(std::unique_ptr<Stream> accepted) {
    stream = std::move(accepted);
    stream->set_handler(*this);
    causes.push_back(runtime_->trace().cause());
  }

  void on_connected() override {
    connected = true;
    causes.push_back(runtime_->trace().cause());
    if (!greeting.empty()) stream->send(greeting);
    if (close_after_greeting) stream->close();
  }
  void on_received(std::string_view bytes) override {
    received.append(bytes);
    causes.push_back(runtime_->trace().cause());
    if (echo) stream->send(bytes);
    if (destroy_on_receive) stream.reset();
  }
  void on_writable() override { ++writable; }
  void on_end() override {
    ended = true;
    causes.push_back(runtime_->trace().cause());
    if (close_on_end) stream->close();
  }
  void on_closed(StreamError reason) override {
    closed = true;
    error = reason;
    closed_at = runtime_->now();
  }

 private:
  Runtime* runtime_;

 public:
  std::unique_ptr<Stream> stream;
  std::string greeting;
  std::string received;
  std::vector<RecordId> causes;
  bool connected = false;
  bool ended = false;
  bool closed = false;
  bool echo = false;
  bool destroy_on_receive = false;
  bool close_on_end = true;
  bool close_after_greeting = false;
  int writable = 0;
  StreamError error = StreamError::kNone;
  Instant closed_at;
};

class Server final : public ListenHandler {
 public:
  Server(Runtime& runtime, std::uint16_t port) : runtime_(&runtime) {
    listener = runtime.listen({IpAddress(), port}, *this);
  }
  void on_accepted(std::unique_ptr<Stream> stream) override {
    peers.push_back(std::make_unique<Peer>(*runtime_));
    Peer& peer = *peers.back();
    peer.echo = echo;
    peer.close_on_end = close_on_end;
    peer.adopt(std::move(stream));
    if (!greeting.empty()) peer.stream->send(greeting);
    if (refuse) peer.stream.reset();
  }

 private:
  Runtime* runtime_;

 public:
  std::unique_ptr<Listener> listener;
  std::vector<std::unique_ptr<Peer>> peers;
  std::string greeting;
  bool echo = false;
  bool refuse = false;
  bool close_on_end = true;
};

class Mailslot final : public DatagramHandler {
 public:
  void on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) override {
    datagrams.emplace_back(from, std::string(bytes));
    last_to = to;
  }
  void on_unreachable(const Endpoint& remote) override { unreachable.push_back(remote); }
  std::vector<std::pair<Endpoint, std::string>> datagrams;
  std::vector<Endpoint> unreachable;
  Endpoint last_to;
};

struct NetWorldOptions {
  LinkSettings access;  // a - r
  LinkSettings far;     // r - b
  NetworkSettings network;
  bool packets = true;
  bool ipv6 = false;
};

class NetWorld {
 public:
  explicit NetWorld(const NetWorldOptions& options = {})
      : recorder(3), network(simulator, recorder, make_topology(options), options.network) {
    recorder.set_depth(options.packets ? Layer::kPacket : Layer::kProtocol);
    recorder.add_sink(log);
  }
  static Topology make_topology(const NetWorldOptions& options) {
    Topology topology;
    const HostIndex a = topology.add_host("a").value();
    const HostIndex b = topology.add_host("b").value();
    const HostIndex r = topology.add_router("r").value();
    const auto family = options.ipv6 ? IpAddress::Family::kIpv6 : IpAddress::Family::kIpv4;
    (void)topology.assign_address(a, family);
    (void)topology.assign_address(b, family);
    (void)topology.add_link(a, r, options.access);
    (void)topology.add_link(r, b, options.far);
    return topology;
  }
  VirtualHost& a() { return network.host(0); }
  VirtualHost& b() { return network.host(1); }
  Endpoint at_a(std::uint16_t port) { return {a().addresses()[0], port}; }
  Endpoint at_b(std::uint16_t port) { return {b().addresses()[0], port}; }
  void run() { simulator.run(); }
  void run_for(Duration duration) { simulator.run_until(simulator.now() + duration); }

  Simulator simulator;
  RecordLog log;
  Recorder recorder;
  VirtualNetwork network;
};

inline std::string pattern(std::size_t size, std::uint64_t seed = 1) {
  std::string text(size, '\0');
  Random random(seed);
  for (char& c : text) c = static_cast<char>(random.next() & 0xff);
  return text;
}

}  // namespace mailcosm::sim
