// DnsServer: an authoritative name server, UDP and TCP on port 53 of all addresses of its host.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "protocols/dns/server.h"
#include "sim/agents/common/delayed_calls.h"
#include "sim/agents/dns/dns_connection.h"
#include "sim/agents/dns/query_interference.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class DnsServer final : public Agent, DatagramHandler, ListenHandler, DnsConnectionOwner {
 public:
  struct Settings {
    std::uint16_t port = 53;
    std::vector<std::shared_ptr<const dns::Zone>> zones;
    // Further ones, got at the first query: of the servers of a large world many are never asked.
    std::function<std::vector<std::shared_ptr<const dns::Zone>>()> load_zones;
    Duration idle_max = std::chrono::seconds(10);  // of a TCP connection (RFC 7766 section 6.2.3)
    std::size_t connections_max = 1000;
    dns::Server::Limits limits;
  };

  // The interferer may be null, or must outlive the agent.
  DnsServer(Runtime& runtime, Settings settings, QueryInterferer* interferer = nullptr);
  ~DnsServer() override;
  void start() override;

 private:
  void on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) override;
  void on_accepted(std::unique_ptr<Stream> stream) override;
  void on_query(std::uint64_t connection, std::string_view bytes) override;
  void on_over(std::uint64_t connection) override;
  // Traces the query; fills output_, or gives false when no answer is due. `delay` is how late it
  // is.
  bool respond(const Endpoint& from, dns::Transport transport, ConnectionId connection,
               std::string_view bytes, Duration& delay);
  void load_zones();
  void send_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes);
  void send_message(std::uint64_t number, std::string_view bytes);

  Runtime& runtime_;
  Settings settings_;
  QueryInterferer* interferer_;
  dns::Server server_;
  std::unique_ptr<DatagramSocket> socket_;
  std::unique_ptr<Listener> listener_;
  std::map<std::uint64_t, std::unique_ptr<DnsConnection>> connections_;
  std::uint64_t next_connection_ = 1;
  std::string output_;
  DelayedCalls delayed_;
};

}  // namespace mailcosm::sim
