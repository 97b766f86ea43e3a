#include "sim/agents/dns/resolver_agent.h"

#include <algorithm>

#include "protocols/base/check.h"
#include "sim/agents/dns/dns_trace.h"

namespace mailcosm::sim {
namespace {

dns::Resolver::Settings for_host(dns::Resolver::Settings settings,
                                 const std::vector<IpAddress>& addresses) {
  const auto has = [&](IpAddress::Family family) {
    return std::any_of(addresses.begin(), addresses.end(),
                       [&](const IpAddress& a) { return a.family() == family; });
  };
  settings.use_ipv4 = settings.use_ipv4 && has(IpAddress::Family::kIpv4);
  settings.use_ipv6 = settings.use_ipv6 && has(IpAddress::Family::kIpv6);
  return settings;
}

}  // namespace

// One query to a name server: a port of its own, or a connection of its own.
class ResolverAgent::Upstream final : DatagramHandler, StreamHandler {
 public:
  Upstream(ResolverAgent& agent, const dns::Resolver::QueryToSend& query)
      : agent_(agent), query_(query.query), server_(query.server) {
    if (query.transport == dns::Transport::kUdp) {
      socket_ = agent_.runtime_.bind({}, *this);
      CHECK(socket_ != nullptr);
    } else {
      stream_ = agent_.runtime_.connect(query.server, *this);
    }
  }

  ConnectionId connection() const { return stream_ == nullptr ? ConnectionId() : stream_->id(); }

  void send(std::string_view bytes) {
    if (socket_ != nullptr) return socket_->send_to(server_, bytes);
    std::string framed;
    dns::append_framed(bytes, framed);
    stream_->send(framed);
  }

 private:
  // Each of these may destroy this object in its last call.
  void on_datagram(const Endpoint& from, const Endpoint&, std::string_view bytes) override {
    agent_.receive_reply(query_, from, dns::Transport::kUdp, {}, bytes);
  }
  void on_unreachable(const Endpoint& remote) override {
    if (remote == server_) agent_.fail(query_);
  }
  void on_received(std::string_view bytes) override {
    framer_.receive(bytes);
    const auto message = framer_.next();
    if (!message) return;
    const ConnectionId connection = stream_->id();
    stream_->close();  // one question, one answer; what is destroyed open would end with a reset
    agent_.receive_reply(query_, server_, dns::Transport::kTcp, connection, *message);
  }
  void on_end() override { agent_.fail(query_); }
  void on_closed(StreamError) override { agent_.fail(query_); }

  ResolverAgent& agent_;
  dns::Resolver::QueryId query_;
  Endpoint server_;
  std::unique_ptr<DatagramSocket> socket_;
  std::unique_ptr<Stream> stream_;
  dns::StreamFramer framer_;
};

ResolverAgent::ResolverAgent(Runtime& runtime, Settings settings, QueryInterferer* interferer)
    : runtime_(runtime),
      settings_(std::move(settings)),
      interferer_(interferer),
      engine_(for_host(settings_.resolver, runtime.addresses()), runtime.random("dns-id")),
      timer_(runtime, *this),
      delayed_(runtime) {}

ResolverAgent::~ResolverAgent() = default;

void ResolverAgent::start() {
  const Endpoint any{IpAddress(), settings_.port};
  socket_ = runtime_.bind(any, *this);
  listener_ = runtime_.listen(any, *this);
  CHECK(socket_ != nullptr && listener_ != nullptr);
}

void ResolverAgent::on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) {
  Client client;
  client.from = from;
  client.to = to.address;
  receive_query(std::move(client), bytes);
}

void ResolverAgent::on_accepted(std::unique_ptr<Stream> stream) {
  if (connections_.size() >= settings_.connections_max) return;
  const std::uint64_t number = next_connection_++;
  DnsConnectionOwner& owner = *this;
  connections_.emplace(number, std::make_unique<DnsConnection>(runtime_, std::move(stream), owner,
                                                               number, settings_.idle_max));
}

void ResolverAgent::on_query(std::uint64_t number, std::string_view bytes) {
  Client client;
  client.from = connections_.at(number)->remote();
  client.connection = number;
  receive_query(std::move(client), bytes);
}

void ResolverAgent::on_over(std::uint64_t number) {
  std::erase_if(clients_, [&](const auto& client) {
    if (client.second.connection != number) return false;
    engine_.cancel(client.first, runtime_.now());
    return true;
  });
  connections_.erase(number);
  pump();
}

void ResolverAgent::receive_query(Client client, std::string_view bytes) {
  const bool tcp = client.connection != 0;
  const dns::Transport transport = tcp ? dns::Transport::kTcp : dns::Transport::kUdp;
  const ConnectionId connection = tcp ? connections_.at(client.connection)->id() : ConnectionId();
  client.asked =
      trace_dns(runtime_.trace(), Kind::kDnsReceived, client.from, transport, bytes, connection);
  if (answer_otherwise(client, bytes, transport)) return;
  output_.clear();
  auto query = dns::accept_query(bytes, transport, output_);
  if (!query || clients_.size() >= settings_.clients_max) {
    if (!output_.empty()) return reply(client, output_);
    if (tcp) connections_.at(client.connection)->drop();
    return;
  }
  client.query = std::move(*query);
  const dns::Question question = client.query.question;
  clients_.emplace(engine_.resolve(question, runtime_.now()), std::move(client));
  pump();
}

bool ResolverAgent::answer_otherwise(Client& client, std::string_view bytes,
                                     dns::Transport transport) {
  using Answer = QueryInterference::Answer;
  const QueryInterference interference = interfere(interferer_, bytes, transport);
  client.delay = interference.delay;
  if (interference.answer == Answer::kUsual) return false;
  client.asked = runtime_.trace().cause();
  if (interference.answer == Answer::kNothing) {
    if (client.connection != 0) connections_.at(client.connection)->drop();
    return true;
  }
  output_.clear();
  write_altered_answer(bytes, interference.answer, output_);
  reply(client, output_);
  return true;
}

void ResolverAgent::reply(const Client& client, std::string_view bytes) {
  if (client.delay == Duration{}) return send_reply(client, bytes);
  delayed_.after(client.delay, [this, client, late = std::string(bytes)] {
    const bool gone = client.connection != 0 && !connections_.contains(client.connection);
    if (!gone) send_reply(client, late);
  });
}

void ResolverAgent::send_reply(const Client& client, std::string_view bytes) {
  HostTrace& trace = runtime_.trace();
  const CauseScope scope(trace);
  if (client.connection == 0) {
    trace_dns(trace, Kind::kDnsSent, client.from, dns::Transport::kUdp, bytes, {}, client.asked);
    socket_->send_to(client.from, bytes, client.to);
    return;
  }
  DnsConnection& connection = *connections_.at(client.connection);
  trace_dns(trace, Kind::kDnsSent, client.from, dns::Transport::kTcp, bytes, connection.id(),
            client.asked);
  connection.answer(bytes);
}

void ResolverAgent::pump() {
  using Engine = dns::Resolver;
  HostTrace& trace = runtime_.trace();
  while (true) {
    const Engine::Event event = engine_.next(runtime_.now());
    if (std::holds_alternative<std::monostate>(event)) break;
    const CauseScope scope(trace);
    if (const auto* query = std::get_if<Engine::QueryToSend>(&event)) {
      send_query(*query);
    } else if (const auto* ended = std::get_if<Engine::QueryEnded>(&event)) {
      upstreams_.erase(ended->query);
    } else if (const auto* stored = std::get_if<Engine::CacheStored>(&event)) {
      trace_cache(trace, Kind::kCacheStored, stored->entry, stored->entry.ttl_at(runtime_.now()));
    } else if (const auto* hit = std::get_if<Engine::CacheHit>(&event)) {
      const auto client = clients_.find(hit->lookup);
      if (client != clients_.end())
        client->second.asked = trace_cache(trace, Kind::kCacheHit, hit->entry, hit->ttl);
    } else if (const auto* answered = std::get_if<Engine::Answered>(&event)) {
      answer(*answered);
    }
  }
  timer_.arm(engine_.deadline());
}

void ResolverAgent::send_query(const dns::Resolver::QueryToSend& query) {
  auto upstream = std::make_unique<Upstream>(*this, query);
  trace_dns(runtime_.trace(), Kind::kDnsSent, query.server, query.transport, query.bytes,
            upstream->connection());
  upstream->send(query.bytes);
  upstreams_.emplace(query.query, std::move(upstream));
}

void ResolverAgent::answer(const dns::Resolver::Answered& answered) {
  const auto found = clients_.find(answered.lookup);
  if (found == clients_.end()) return;
  const Client client = std::move(found->second);
  clients_.erase(found);
  output_.clear();
  dns::write_answer(client.query, answered.answer, output_);
  reply(client, output_);
}

void ResolverAgent::receive_reply(dns::Resolver::QueryId query, const Endpoint& from,
                                  dns::Transport transport, ConnectionId connection,
                                  std::string_view bytes) {
  trace_dns(runtime_.trace(), Kind::kDnsReceived, from, transport, bytes, connection);
  if (transport == dns::Transport::kUdp) {
    engine_.receive_datagram(query, from, bytes, runtime_.now());
  } else {
    engine_.receive_message(query, bytes, runtime_.now());
  }
  pump();
}

void ResolverAgent::fail(dns::Resolver::QueryId query) {
  engine_.fail(query, runtime_.now());
  pump();
}

void ResolverAgent::on_timer(std::uint64_t) {
  engine_.expire(runtime_.now());
  pump();
}

}  // namespace mailcosm::sim
