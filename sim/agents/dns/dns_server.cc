#include "sim/agents/dns/dns_server.h"

#include "protocols/base/check.h"
#include "sim/agents/dns/dns_trace.h"

namespace mailcosm::sim {

DnsServer::DnsServer(Runtime& runtime, Settings settings, QueryInterferer* interferer)
    : runtime_(runtime),
      settings_(std::move(settings)),
      interferer_(interferer),
      server_(settings_.limits),
      delayed_(runtime) {
  for (const auto& zone : settings_.zones) server_.add_zone(zone);
}

DnsServer::~DnsServer() = default;

void DnsServer::start() {
  const Endpoint any{IpAddress(), settings_.port};
  socket_ = runtime_.bind(any, *this);
  listener_ = runtime_.listen(any, *this);
  CHECK(socket_ != nullptr && listener_ != nullptr);
}

void DnsServer::load_zones() {
  if (!settings_.load_zones) return;
  for (const auto& zone : settings_.load_zones()) server_.add_zone(zone);
  settings_.load_zones = nullptr;
}

bool DnsServer::respond(const Endpoint& from, dns::Transport transport, ConnectionId connection,
                        std::string_view bytes, Duration& delay) {
  using Answer = QueryInterference::Answer;
  trace_dns(runtime_.trace(), Kind::kDnsReceived, from, transport, bytes, connection);
  output_.clear();
  const QueryInterference interference = interfere(interferer_, bytes, transport);
  delay = interference.delay;
  if (interference.answer == Answer::kNothing) return false;
  if (interference.answer == Answer::kUsual) {
    load_zones();
    return server_.respond(bytes, transport, output_);
  }
  write_altered_answer(bytes, interference.answer, output_);
  return true;
}

void DnsServer::send_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) {
  trace_dns(runtime_.trace(), Kind::kDnsSent, from, dns::Transport::kUdp, bytes);
  // The answer leaves from the address that was asked.
  socket_->send_to(from, bytes, to.address);
}

void DnsServer::on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) {
  Duration delay{};
  if (!respond(from, dns::Transport::kUdp, {}, bytes, delay)) return;
  if (delay == Duration{}) return send_datagram(from, to, output_);
  delayed_.after(delay, [this, from, to, late = output_] { send_datagram(from, to, late); });
}

void DnsServer::on_accepted(std::unique_ptr<Stream> stream) {
  // Beyond the limit the stream is destroyed, which resets the connection.
  if (connections_.size() >= settings_.connections_max) return;
  const std::uint64_t number = next_connection_++;
  DnsConnectionOwner& owner = *this;
  connections_.emplace(number, std::make_unique<DnsConnection>(runtime_, std::move(stream), owner,
                                                               number, settings_.idle_max));
}

void DnsServer::send_message(std::uint64_t number, std::string_view bytes) {
  const auto connection = connections_.find(number);
  if (connection == connections_.end()) return;
  trace_dns(runtime_.trace(), Kind::kDnsSent, connection->second->remote(), dns::Transport::kTcp,
            bytes, connection->second->id());
  connection->second->answer(bytes);
}

void DnsServer::on_query(std::uint64_t number, std::string_view bytes) {
  DnsConnection& connection = *connections_.at(number);
  Duration delay{};
  if (!respond(connection.remote(), dns::Transport::kTcp, connection.id(), bytes, delay))
    return connection.drop();
  if (delay == Duration{}) return send_message(number, output_);
  delayed_.after(delay, [this, number, late = output_] { send_message(number, late); });
}

void DnsServer::on_over(std::uint64_t number) { connections_.erase(number); }

}  // namespace mailcosm::sim
