#include "sim/world/declare.h"

#include <map>
#include <string>
#include <string_view>

namespace mailcosm::sim {
namespace {

void add_word(std::string& text, std::string_view word) {
  if (!text.empty()) text += ' ';
  text += word;
}

// Roles of hosts by name, each once.
using Roles = std::map<std::string_view, std::string>;

template <typename Agents>
void add_role(const Agents& agents, std::string_view role, Roles& roles) {
  for (const auto& agent : agents) {
    std::string& all = roles[agent.host];
    if (!all.ends_with(role)) add_word(all, role);
  }
}

Roles roles_of(const scenario::Scenario& scenario) {
  Roles roles;
  add_role(scenario.clients, "client", roles);
  add_role(scenario.traffic.sources, "client", roles);
  add_role(scenario.mtas, "mta", roles);
  add_role(scenario.mailbox_servers, "mailbox", roles);
  add_role(scenario.dns_servers, "dns", roles);
  add_role(scenario.resolvers, "resolver", roles);
  return roles;
}

}  // namespace

void declare_world(const scenario::Scenario& scenario, const Topology& topology,
                   Recorder& recorder) {
  const auto emit = [&](Kind kind, std::initializer_list<Value> values) {
    recorder.emit(kWorld, kind, {}, {}, values);
  };
  emit(Kind::kRunStarted,
       {scenario.title, scenario.seed, scenario.epoch.seconds(), scenario.about, scenario.lesson});
  Roles roles = roles_of(scenario);
  for (const scenario::Host& host : scenario.hosts) {
    std::string addresses;
    for (const IpAddress& address : host.addresses) add_word(addresses, address.to_string());
    emit(Kind::kHostDeclared, {host.name, roles[host.name], host.organisation, addresses});
  }
  for (const scenario::Router& router : scenario.routers) {
    emit(Kind::kHostDeclared, {router.name, "router", router.organisation, ""});
  }
  for (std::size_t i = 0; i < topology.link_count(); ++i) {
    const Topology::Lane& lane = topology.lane(static_cast<LaneIndex>(2 * i));
    emit(Kind::kLinkDeclared,
         {topology.node(lane.from).name, topology.node(lane.to).name, lane.settings.latency,
          lane.settings.bits_per_second, lane.settings.loss_per_million});
  }
}

}  // namespace mailcosm::sim
