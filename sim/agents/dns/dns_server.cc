#include "sim/agents/dns/dns_server.h"

#include "protocols/base/check.h"
#include "sim/agents/dns/dns_trace.h"

namespace mailcosm::sim {

DnsServer::DnsServer(Runtime& runtime, Settings settings)
    : runtime_(runtime), settings_(std::move(settings)), server_(settings_.limits) {
  for (const auto& zone : settings_.zones) server_.add_zone(zone);
}

DnsServer::~DnsServer() = default;

void DnsServer::start() {
  const Endpoint any{IpAddress(), settings_.port};
  socket_ = runtime_.bind(any, *this);
  listener_ = runtime_.listen(any, *this);
  CHECK(socket_ != nullptr && listener_ != nullptr);
}

bool DnsServer::respond(const Endpoint& from, dns::Transport transport, ConnectionId connection,
                        std::string_view bytes) {
  HostTrace& trace = runtime_.trace();
  trace_dns(trace, Kind::kDnsReceived, from, transport, bytes, connection);
  output_.clear();
  if (!server_.respond(bytes, transport, output_)) return false;
  trace_dns(trace, Kind::kDnsSent, from, transport, output_, connection);
  return true;
}

void DnsServer::on_datagram(const Endpoint& from, const Endpoint& to, std::string_view bytes) {
  // The answer leaves from the address that was asked.
  if (respond(from, dns::Transport::kUdp, {}, bytes)) socket_->send_to(from, output_, to.address);
}

void DnsServer::on_accepted(std::unique_ptr<Stream> stream) {
  // Beyond the limit the stream is destroyed, which resets the connection.
  if (connections_.size() >= settings_.connections_max) return;
  const std::uint64_t number = next_connection_++;
  DnsConnectionOwner& owner = *this;
  connections_.emplace(number, std::make_unique<DnsConnection>(runtime_, std::move(stream), owner,
                                                               number, settings_.idle_max));
}

void DnsServer::on_query(std::uint64_t number, std::string_view bytes) {
  DnsConnection& connection = *connections_.at(number);
  const bool answered = respond(connection.remote(), dns::Transport::kTcp, connection.id(), bytes);
  answered ? connection.answer(output_) : connection.drop();
}

void DnsServer::on_over(std::uint64_t number) { connections_.erase(number); }

}  // namespace mailcosm::sim
