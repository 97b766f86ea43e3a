#include "protocols/base/check.h"
#include "sim/agents/dns/dns_server.h"
#include "sim/agents/dns/resolver_agent.h"
#include "sim/world/make_agents.h"

namespace mailcosm::sim {
namespace {

dns::Name name_of(const std::string& text) {
  const auto name = dns::Name::parse(text);
  CHECK(name.has_value());
  return *name;
}

std::shared_ptr<const dns::Zone> zone_of(const ZoneIndex& zones, const std::string& origin) {
  const auto model = zones.find(origin);
  CHECK(model != zones.end());
  auto zone = dns::Zone::parse(model->second->text, name_of(origin));
  CHECK(zone.has_value());
  return std::make_shared<const dns::Zone>(std::move(*zone));
}

}  // namespace

ZoneIndex index_zones(const scenario::Scenario& scenario) {
  ZoneIndex zones;
  for (const scenario::Zone& zone : scenario.zones) zones.emplace(zone.origin, &zone);
  return zones;
}

std::unique_ptr<Agent> make_dns_server(Runtime& runtime, const ZoneIndex& zones,
                                       const scenario::DnsServer& model,
                                       QueryInterferer* interferer) {
  DnsServer::Settings settings;
  settings.load_zones = [&zones, &model] {
    std::vector<std::shared_ptr<const dns::Zone>> loaded;
    for (const std::string& origin : model.zones) loaded.push_back(zone_of(zones, origin));
    return loaded;
  };
  return std::make_unique<DnsServer>(runtime, std::move(settings), interferer);
}

std::unique_ptr<Agent> make_resolver(Runtime& runtime, const scenario::Resolver& model,
                                     QueryInterferer* interferer) {
  ResolverAgent::Settings settings;
  for (const scenario::RootHint& hint : model.root_hints) {
    settings.resolver.root_hints.push_back({name_of(hint.name), hint.addresses});
  }
  for (const scenario::LocalZone& zone : model.local_zones) {
    settings.resolver.local_zones.push_back({name_of(zone.origin), zone.servers});
  }
  const auto seconds = [](Duration duration) {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(duration).count());
  };
  settings.resolver.cache.entries_max = static_cast<std::size_t>(model.cache_entries_max);
  settings.resolver.cache.ttl_max = seconds(model.cache_ttl_max);
  settings.resolver.cache.negative_ttl_max = seconds(model.negative_ttl_max);
  settings.resolver.timeout_first = model.query_timeout;
  return std::make_unique<ResolverAgent>(runtime, std::move(settings), interferer);
}

}  // namespace mailcosm::sim
