#include "sim/world/programs.h"

#include "protocols/base/check.h"
#include "sim/net/virtual_host.h"
#include "sim/world/make_agents.h"
#include "sim/world/make_client.h"

namespace mailcosm::sim {

Programs::Programs(const scenario::Scenario& scenario, VirtualNetwork& network)
    : scenario_(scenario), network_(network), traffic_(scenario), zones_(index_zones(scenario)) {}

Programs::~Programs() = default;

void Programs::stop() {
  for (Program& program : programs_) program.agent.reset();
  resolvers_.clear();
}

template <typename Model, typename Make>
void Programs::add(const std::vector<Model>& models, Make make) {
  for (const Model& model : models) {
    VirtualHost* host = network_.find_host(model.host);
    CHECK(host != nullptr);
    programs_.push_back({host->index(), make(*host, model), nullptr, {}});
  }
}

Interferer* Programs::interferer_of(const scenario::Mta& mta, VirtualHost& host,
                                    FaultEngine& faults) {
  Interferer* interferer = faults.interferer(host.index());
  if (!mta.magic_addresses) return interferer;
  std::vector<std::string> domains = mta.local_domains;
  domains.insert(domains.end(), mta.relay_domains.begin(), mta.relay_domains.end());
  magic_.push_back(std::make_unique<MagicAddresses>(host, std::move(domains), interferer));
  return magic_.back().get();
}

void Programs::add_servers(FaultEngine& faults) {
  add(scenario_.dns_servers, [&](VirtualHost& host, const scenario::DnsServer& model) {
    QueryInterferer* interferer = faults.query_interferer(host.index());
    return [this, &host, &model, interferer] {
      return make_dns_server(host, zones_, model, interferer);
    };
  });
  add(scenario_.resolvers, [&](VirtualHost& host, const scenario::Resolver& model) {
    QueryInterferer* interferer = faults.query_interferer(host.index());
    return [&host, &model, interferer] { return make_resolver(host, model, interferer); };
  });
  add(scenario_.mailbox_servers, [&](VirtualHost& host, const scenario::MailboxServer& model) {
    Interferer* interferer = faults.interferer(host.index());
    return [this, &host, &model, interferer] {
      return make_mailbox_server(host, model, traffic_, interferer);
    };
  });
  add(scenario_.mtas, [&](VirtualHost& host, const scenario::Mta& model) {
    Interferer* interferer = interferer_of(model, host, faults);
    return [this, &host, &model, interferer] {
      return make_mta(host, scenario_.hosts[host.index()], model, traffic_, interferer);
    };
  });
}

void Programs::add_clients() {
  const std::size_t first = programs_.size();
  add(scenario_.clients, [&](VirtualHost& host, const scenario::Client& model) {
    return [this, &host, &model]() -> std::unique_ptr<Agent> {
      return make_client(host, scenario_.hosts[host.index()], model);
    };
  });
  for (std::size_t i = first; i < programs_.size(); ++i) {
    const scenario::Client& model = scenario_.clients[i - first];
    programs_[i].device = {model.user, model.device};
    clients_.emplace(programs_[i].device, i);
  }
}

void Programs::add_traffic() {
  add(scenario_.traffic.sources, [&](VirtualHost& host, const scenario::TrafficSource& model) {
    return [this, &host, &model] {
      return traffic_.make_source(host, scenario_.hosts[host.index()], model);
    };
  });
}

void Programs::run(Program& program) {
  program.agent = program.make();
  program.agent->start();
}

void Programs::start(FaultEngine& faults) {
  add_servers(faults);
  for (Program& program : programs_) program.agent = program.make();
  for (Program& program : programs_) program.agent->start();
  const std::size_t servers = programs_.size();
  add_clients();
  add_traffic();
  for (std::size_t i = servers; i < programs_.size(); ++i) run(programs_[i]);
}

MailClient* Programs::client(const std::string& user, const std::string& device) {
  const auto found = clients_.find(Device(user, device));
  CHECK(found != clients_.end());
  return static_cast<MailClient*>(programs_[found->second].agent.get());
}

void Programs::lose(const std::string& user, const std::string& device) {
  lost_[Device(user, device)] = true;
  if (MailClient* program = client(user, device)) program->lose();
}

StubResolver& Programs::resolver(HostIndex host) {
  std::unique_ptr<StubResolver>& resolver = resolvers_[host];
  if (!resolver) {
    resolver =
        std::make_unique<StubResolver>(network_.host(host), scenario_.hosts[host].name_servers);
  }
  return *resolver;
}

std::string_view Programs::trouble(const std::string& host, const std::string& user,
                                   const std::string& device) const {
  if (lost_.contains(Device(user, device))) return "is lost";
  const auto down = down_.find(*network_.topology().find(host));
  if (down == down_.end()) return {};
  return down->second ? "is destroyed" : "has no power";
}

void Programs::fail(HostIndex host, bool everything, RecordId cause) {
  VirtualHost& machine = network_.host(host);
  machine.crash(cause);
  down_[host] = everything;
  for (Program& program : programs_) {
    if (program.host == host) program.agent.reset();
  }
  resolvers_.erase(host);
  if (!everything) return;
  machine.virtual_disk().destroy();
  machine.trace().set_cause(cause);
  for (const auto& [device, place] : clients_) {
    if (programs_[place].host == host)
      machine.trace().emit(Kind::kDeviceLost, {device.first, device.second});
  }
}

void Programs::restore(HostIndex host, RecordId cause) {
  network_.host(host).restart(cause);
  down_.erase(host);
  for (Program& program : programs_) {
    if (program.host == host && !lost_.contains(program.device)) run(program);
  }
}

}  // namespace mailcosm::sim
