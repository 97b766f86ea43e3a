#include "sim/agents/mta/mta.h"
#include "sim/world/make_agents.h"
#include "sim/world/make_client.h"

namespace mailcosm::sim {
namespace {

std::vector<mail::Address> addresses_of(const std::vector<std::string>& texts) {
  std::vector<mail::Address> addresses;
  for (const std::string& text : texts) addresses.push_back(address_of(text));
  return addresses;
}

MtaListener listener_of(const scenario::Listener& model) {
  switch (model.service) {
    case scenario::Service::kSubmission:
      return {MtaListener::Kind::kSubmission, model.port};
    case scenario::Service::kLmtp:
      return {MtaListener::Kind::kLmtp, model.port};
    case scenario::Service::kSmtp:
    case scenario::Service::kPop3:
    case scenario::Service::kImap:
      break;  // the parser refuses the last two here
  }
  return {MtaListener::Kind::kSmtp, model.port};
}

MtaRoute route_of(const scenario::Route& model) {
  using Transport = MtaRoute::Transport;
  const Transport transport = model.transport == scenario::Transport::kLmtp    ? Transport::kLmtp
                              : model.transport == scenario::Transport::kRelay ? Transport::kRelay
                                                                               : Transport::kMx;
  return {model.domain, transport, model.server, model.port};
}

}  // namespace

std::unique_ptr<Agent> make_mta(Runtime& runtime, const scenario::Host& host,
                                const scenario::Mta& model, const TrafficTables& traffic,
                                Interferer* interferer) {
  MtaConfig config;
  config.name = model.name;
  for (const auto& listener : model.listeners) config.listeners.push_back(listener_of(listener));
  config.local_domains = model.local_domains;
  config.relay_domains = model.relay_domains;
  config.recipients = addresses_of(model.recipients);
  config.checks_relay_recipients = model.checks_relay_recipients;
  for (const auto& range : model.relay_from) {
    config.relay_from.push_back({range.base, static_cast<unsigned>(range.bits)});
  }
  for (const auto& route : model.routes) config.routes.push_back(route_of(route));
  for (const auto& alias : model.aliases) {
    config.aliases.push_back({address_of(alias.address), addresses_of(alias.targets)});
  }
  for (const auto& account : model.accounts) {
    config.accounts.push_back({account.user, account.password, addresses_of(account.addresses)});
  }
  config.users = traffic.users_of(model.users_of);
  config.resolvers = host.name_servers;
  config.message_size_max = static_cast<std::uint64_t>(model.message_size_max);
  config.recipients_max = static_cast<std::size_t>(model.recipients_max);
  config.hops_max = static_cast<std::size_t>(model.hops_max);
  config.connections_max = static_cast<std::size_t>(model.connections_max);
  config.deliveries_max = static_cast<std::size_t>(model.deliveries_max);
  config.delivery_recipients_max = static_cast<std::size_t>(model.delivery_recipients_max);
  config.sessions_max = static_cast<std::size_t>(model.sessions_max);
  config.retry_first = model.retry_first;
  config.retry_max = model.retry_max;
  config.queue_lifetime = model.queue_lifetime;
  config.delay_notice = model.delay_notice;
  return std::make_unique<Mta>(runtime, std::move(config), interferer);
}

}  // namespace mailcosm::sim
