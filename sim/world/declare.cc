#include "sim/world/declare.h"

#include <string>

namespace mailcosm::sim {
namespace {

void add_word(std::string& text, std::string_view word) {
  if (!text.empty()) text += ' ';
  text += word;
}

template <typename Agents>
bool any_on(const Agents& agents, const std::string& host) {
  for (const auto& agent : agents) {
    if (agent.host == host) return true;
  }
  return false;
}

std::string roles_of(const scenario::Scenario& scenario, const std::string& host) {
  std::string roles;
  if (any_on(scenario.clients, host)) add_word(roles, "client");
  if (any_on(scenario.mtas, host)) add_word(roles, "mta");
  if (any_on(scenario.mailbox_servers, host)) add_word(roles, "mailbox");
  if (any_on(scenario.dns_servers, host)) add_word(roles, "dns");
  if (any_on(scenario.resolvers, host)) add_word(roles, "resolver");
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
  for (const scenario::Host& host : scenario.hosts) {
    std::string addresses;
    for (const IpAddress& address : host.addresses) add_word(addresses, address.to_string());
    emit(Kind::kHostDeclared,
         {host.name, roles_of(scenario, host.name), host.organisation, addresses});
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
