#include "sim/world/build_network.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

LinkSettings settings_of(const scenario::Link& link) {
  LinkSettings settings;
  settings.latency = link.latency;
  settings.bits_per_second = static_cast<std::uint64_t>(link.bandwidth);
  settings.jitter = link.jitter;
  settings.loss_per_million = static_cast<std::uint32_t>(link.loss);
  settings.duplicate_per_million = static_cast<std::uint32_t>(link.duplication);
  settings.may_reorder = link.reorders;
  settings.queue_packets_max = static_cast<std::uint32_t>(link.queue);
  settings.up = link.up;
  return settings;
}

HostIndex index_of(const Topology& topology, const std::string& name) {
  const auto index = topology.find(name);
  CHECK(index.has_value());
  return *index;
}

}  // namespace

Topology build_topology(const scenario::Scenario& scenario) {
  Topology topology;
  for (const scenario::Host& host : scenario.hosts) {
    const auto index = topology.add_host(host.name);
    CHECK(index.has_value());
    for (const IpAddress& address : host.addresses) CHECK(topology.give_address(*index, address));
  }
  for (const scenario::Router& router : scenario.routers) CHECK(topology.add_router(router.name));
  for (const scenario::Link& link : scenario.links) {
    CHECK(topology.add_link(index_of(topology, link.a), index_of(topology, link.b),
                            settings_of(link)));
  }
  return topology;
}

}  // namespace mailcosm::sim
