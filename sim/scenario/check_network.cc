#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "sim/scenario/check_model.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

// In a fixed order, so that a-b and b-a are the same.
std::pair<std::string_view, std::string_view> ends_of(const Link& link) {
  return link.a < link.b ? std::pair<std::string_view, std::string_view>(link.a, link.b)
                         : std::pair<std::string_view, std::string_view>(link.b, link.a);
}

void check_links(Draft& draft) {
  std::vector<std::string_view> known;
  std::map<std::pair<std::string_view, std::string_view>, SourcePosition> pairs;
  for (const Link& link : draft.scenario.links) {
    for (const std::string* end : {&link.a, &link.b}) {
      if (draft.machines.contains(*end)) continue;
      if (known.empty()) {
        for (const auto& [name, source] : draft.machines) known.push_back(name);
      }
      draft.reporter.add(link.source, fmt::format("link: there is no machine '{}'", *end),
                         "A link joins two hosts or routers.", suggestion_for(*end, known));
    }
    if (link.a == link.b) {
      draft.reporter.add(link.source, fmt::format("link: both ends are {}", link.a),
                         "A link joins two machines.");
    } else if (const auto [pair, added] = pairs.emplace(ends_of(link), link.source); !added) {
      draft.reporter.add(
          link.source, fmt::format("link: there is already one between {} and {}", link.a, link.b),
          fmt::format("It is in line {}; routes would depend on which of them counts.",
                      pair->second.line));
    }
    if (link.latency <= Duration{0}) {
      draft.reporter.add(
          link.source, "latency: it must be at least 1 ns",
          "Nothing arrives at the moment it is sent; the order of events rests on this.");
    }
  }
}

void check_addresses(Draft& draft) {
  std::map<IpAddress, const Host*> owners;
  for (const Host& host : draft.scenario.hosts) {
    for (const IpAddress& address : host.addresses) {
      const auto [owner, added] = owners.emplace(address, &host);
      if (added) continue;
      draft.reporter.add(host.source,
                         fmt::format("{} and {} have the same address {}", owner->second->name,
                                     host.name, address.to_string()),
                         "Packets could not find their way.",
                         "give each host an address of its own");
    }
  }
}

void check_name_servers(Draft& draft) {
  std::map<IpAddress, const Host*> resolvers;
  for (const Resolver& resolver : draft.scenario.resolvers) {
    const Host* host = draft.find_host(resolver.host);
    if (host == nullptr) continue;
    for (const IpAddress& address : host->addresses) resolvers.emplace(address, host);
  }
  for (const Host& host : draft.scenario.hosts) {
    for (const IpAddress& address : host.name_servers) {
      if (resolvers.contains(address)) continue;
      draft.reporter.add(
          host.source,
          fmt::format("name_servers: no resolver has the address {}", address.to_string()),
          "The programs of this host could never look up a name.",
          "give the address of a host with a resolver");
    }
  }
}

}  // namespace

void check_network(Draft& draft) {
  check_links(draft);
  check_addresses(draft);
  check_name_servers(draft);
}

}  // namespace mailcosm::sim::scenario
