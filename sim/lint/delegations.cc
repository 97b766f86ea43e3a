// How zones hang together: who serves them, and who says so.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/lint/checks.h"

namespace mailcosm::sim::lint {
namespace {

std::set<std::string> names_in(const dns::RrSet& set) {
  std::set<std::string> names;
  for (const std::string& data : set.rdatas) {
    if (const auto name = dns::name_of(set.type, data)) names.insert(plain(*name));
  }
  return names;
}

class DelegationCheck {
 public:
  DelegationCheck(const Subject& subject, Findings& findings)
      : subject_(subject), findings_(findings) {}

  void run() {
    for (const ReadZone& zone : subject_.zones()) {
      if (const dns::RrSet* own = zone.data.apex().find(dns::Type::kNs)) {
        apex(zone, *own);
      } else {
        findings_.add("zone-without-ns", zone.model->text_source,
                      fmt::format("zone {} names no name server of its own", zone.model->origin),
                      "add an NS record at its top");
      }
      for (const dns::Zone::Node& node : zone.data.nodes()) {
        if (node.delegation && !node.occluded) cut(zone, *node.find(dns::Type::kNs));
      }
    }
    for (const ReadZone& zone : subject_.zones()) reachable(zone);
  }

 private:
  void apex(const ReadZone& zone, const dns::RrSet& own) {
    if (zone.spelled_out && own.rdatas.size() == 1) {
      findings_.add("single-name-server", subject_.place_of(zone, own),
                    fmt::format("zone {} has one name server only", zone.model->origin));
    }
    serving(zone, own, "");
  }

  // Every name server must be a host that has the zone.
  void serving(const ReadZone& zone, const dns::RrSet& set, std::string_view said_by) {
    const dns::Name origin = set.owner;
    const ReadZone* child = subject_.zone_at(origin);
    for (const std::string& name : names_in(set)) {
      const auto& servers = child == nullptr ? std::vector<std::string>() : child->model->servers;
      if (std::find(servers.begin(), servers.end(), name) != servers.end()) continue;
      if (serves_by_address(name, servers)) continue;
      findings_.add("lame-delegation", subject_.place_of(zone, set, name),
                    fmt::format("{} does not serve {}, though {} says so", name, plain(origin),
                                said_by.empty() ? "the zone itself" : "its parent zone"),
                    child == nullptr ? "there is no such zone in the scenario" : "");
    }
  }

  // A name server may have another name than its host.
  bool serves_by_address(const std::string& name, const std::vector<std::string>& servers) const {
    std::vector<IpAddress> addresses = subject_.addresses_of(dns::Name::of(name));
    // Glue stands in a zone above the name.
    for (dns::Name above = dns::Name::of(name); !above.is_root();) {
      above = above.parent();
      const ReadZone* zone = subject_.zone_at(above);
      const dns::Zone::Node* glue =
          zone == nullptr ? nullptr : zone->data.node_at(dns::Name::of(name));
      const dns::RrSet* set = glue == nullptr ? nullptr : glue->find(dns::Type::kA);
      if (set == nullptr) continue;
      if (const auto address = dns::address_of(set->type, set->rdatas[0]))
        addresses.push_back(*address);
    }
    return std::any_of(addresses.begin(), addresses.end(), [&](const IpAddress& address) {
      const scenario::Host* host = subject_.host_with(address);
      return host != nullptr &&
             std::find(servers.begin(), servers.end(), host->name) != servers.end();
    });
  }

  void cut(const ReadZone& parent, const dns::RrSet& set) {
    serving(parent, set, parent.model->origin);
    for (const std::string& name : names_in(set)) glue(parent, set, name);
    const ReadZone* child = subject_.zone_at(set.owner);
    const dns::RrSet* own = child == nullptr ? nullptr : child->data.apex().find(dns::Type::kNs);
    if (own == nullptr || names_in(*own) == names_in(set)) return;
    findings_.add("delegation-differs", subject_.place_of(parent, set),
                  fmt::format("the parent of {} names other servers ({}) than the zone itself ({})",
                              plain(set.owner), fmt::join(names_in(set), ", "),
                              fmt::join(names_in(*own), ", ")));
  }

  // Below the cut nobody can be asked before the address is known.
  void glue(const ReadZone& parent, const dns::RrSet& set, const std::string& name) {
    const dns::Name server = dns::Name::of(name);
    if (!server.is_within(set.owner)) return;
    const dns::Zone::Node* node = parent.data.node_at(server);
    if (node != nullptr &&
        (node->find(dns::Type::kA) != nullptr || node->find(dns::Type::kAaaa) != nullptr)) {
      return;
    }
    findings_.add("glue-missing", subject_.place_of(parent, set, name),
                  fmt::format("{} delegates {} to {} without its address", parent.model->origin,
                              plain(set.owner), name),
                  fmt::format("add an A record of {} beside the NS record", name));
  }

  void reachable(const ReadZone& zone) {
    if (!zone.spelled_out) return;
    const dns::Name& origin = zone.data.origin();
    const auto& resolvers = subject_.scenario.resolvers;
    for (const scenario::Resolver& resolver : resolvers) {
      if (origin.is_root()) return;
      for (const scenario::LocalZone& local : resolver.local_zones) {
        if (local.origin == zone.model->origin) return;
      }
    }
    for (dns::Name above = origin; !above.is_root();) {
      above = above.parent();
      const ReadZone* parent = subject_.zone_at(above);
      const dns::Zone::Node* node = parent == nullptr ? nullptr : parent->data.node_at(origin);
      if (node != nullptr && node->delegation) return;
    }
    findings_.add("zone-unreachable", zone.model->source,
                  fmt::format("no other zone delegates {}", zone.model->origin),
                  "add NS records to its parent zone, or 'local_zones' to a resolver");
  }

  const Subject& subject_;
  Findings& findings_;
};

}  // namespace

void check_delegations(const Subject& subject, Findings& findings) {
  DelegationCheck(subject, findings).run();
}

}  // namespace mailcosm::sim::lint
