// ResolverAgent: a caching recursive resolver, UDP and TCP on port 53 for its clients, walking from
// root hints.
//
// Emits cache.stored, cache.hit, dns.sent and dns.received. Upstream queries leave from a fresh
// port each.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "protocols/dns/recursive_service.h"
#include "protocols/dns/resolver.h"
#include "sim/agents/common/delayed_calls.h"
#include "sim/agents/dns/dns_connection.h"
#include "sim/agents/dns/query_interference.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class ResolverAgent final : public Agent,
                            DatagramHandler,
                            ListenHandler,
                            TimerHandler,
                            DnsConnectionOwner {
 public:
  struct Settings {
    std::uint16_t port = 53;
    // Families that the host does not have are switched off by start().
    dns::Resolver::Settings resolver;
    Duration idle_max = std::chrono::seconds(10);
    std::size_t connections_max = 1000;
    std::size_t clients_max = 10'000;  // queries waiting for an answer; beyond it they are dropped
  };

  // The interferer may be null, or must outlive the agent.
  ResolverAgent(Runtime& runtime, Settings settings, QueryInterferer* interferer = nullptr);
  ~ResolverAgent() override;
  void start() override;

  const dns::Resolver& engine() const { return engine_; }

 private:
  class Upstream;
  struct Client {
    dns::ClientQuery query;
    Endpoint from;
    IpAddress to;                  // the address it was asked at
    std::uint64_t connection = 0;  // 0: UDP
    RecordId asked;                // dns.received of its query, or cache.hit
    Duration delay{};              // of the answer
  };

  void on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) override;
  void on_accepted(std::unique_ptr<Stream> stream) override;
  void on_timer(std::uint64_t tag) override;
  void on_query(std::uint64_t connection, std::string_view bytes) override;
  void on_over(std::uint64_t connection) override;

  void receive_query(Client client, std::string_view bytes);
  // Now, or as late as the client's delay says.
  void reply(const Client& client, std::string_view bytes);
  void send_reply(const Client& client, std::string_view bytes);
  // Whether the query is answered, or left unanswered, otherwise than usual.
  bool answer_otherwise(Client& client, std::string_view bytes, dns::Transport transport);
  // Does what the engine asks for.
  void pump();
  void send_query(const dns::Resolver::QueryToSend& query);
  void answer(const dns::Resolver::Answered& answered);
  void receive_reply(dns::Resolver::QueryId query, const Endpoint& from, dns::Transport transport,
                     ConnectionId connection, std::string_view bytes);
  void fail(dns::Resolver::QueryId query);

  Runtime& runtime_;
  Settings settings_;
  QueryInterferer* interferer_;
  dns::Resolver engine_;
  std::unique_ptr<DatagramSocket> socket_;
  std::unique_ptr<Listener> listener_;
  Timer timer_;
  std::map<dns::Resolver::LookupId, Client> clients_;
  std::map<dns::Resolver::QueryId, std::unique_ptr<Upstream>> upstreams_;
  std::map<std::uint64_t, std::unique_ptr<DnsConnection>> connections_;
  std::uint64_t next_connection_ = 1;
  std::string output_;
  DelayedCalls delayed_;
};

}  // namespace mailcosm::sim
