#include "sim/scenario/name_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "protocols/base/ascii.h"
#include "sim/scenario/names.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::string_view kRootServer = "a.root-servers.net";
constexpr std::string_view kReverse = "in-addr.arpa";
constexpr std::int64_t kBackboneBandwidth = 1'000'000'000;

std::string absolute(std::string_view name) { return name == "." ? "." : std::string(name) + "."; }

std::string address_line(std::string_view owner, const IpAddress& address) {
  return fmt::format("{} IN {} {}\n", owner, address.is_ipv4() ? "A" : "AAAA", address.to_string());
}

std::string head(std::string_view origin, std::int64_t ttl, std::string_view server,
                 std::string_view contact, std::int64_t negative_ttl) {
  return fmt::format("$ORIGIN {}\n$TTL {}\n@ IN SOA {} {} 1 7200 900 1209600 {}\n@ IN NS {}\n",
                     absolute(origin), ttl, server, contact, negative_ttl, server);
}

// The name below in-addr.arpa of a network of 16 or 24 bits.
std::string reverse_zone(const AddressRange& network) {
  const std::string full = network.base.reverse_name();
  std::string_view name = full;
  for (int drop = (32 - network.bits) / 8; drop > 0; --drop) name = parent_of(name);
  return std::string(name);
}

class NameService {
 public:
  NameService(const Fields& internet, AddressPlan& plan, Draft& draft)
      : plan_(plan),
        draft_(draft),
        source_(internet.source()),
        latency_(internet.duration("latency")),
        ttl_(internet.duration("ttl") / std::chrono::seconds(1)) {
    for (const Zone& zone : draft.scenario.zones) spelled_out_.insert(zone.origin);
  }

  void run(const std::vector<Organisation>& organisations) {
    source_ = source_.known() || organisations.empty() ? source_ : organisations[0].source;
    for (const Host& host : draft_.scenario.hosts) {
      if (!draft_.unlisted_hosts.contains(host.name)) hosts_[host.organisation].push_back(&host);
    }
    for (const Organisation& organisation : organisations) add_organisation(organisation);
    add_reverse_zones(organisations);
    hosts_.clear();  // the pointers die when hosts are added
    add_infrastructure();
    delegate();
    // Generated zones come first, as all that shorthands make.
    std::vector<Zone>& zones = draft_.scenario.zones;
    zones.insert(zones.begin(), std::make_move_iterator(generated_.begin()),
                 std::make_move_iterator(generated_.end()));
  }

 private:
  void add_zone(std::string origin, std::string text, std::string server, SourcePosition source) {
    if (spelled_out_.contains(origin)) return;
    if (!places_.emplace(origin, generated_.size()).second) return;
    generated_.push_back({std::move(origin), std::move(text), {std::move(server)}, source, source});
  }

  void add_organisation(const Organisation& organisation) {
    const std::string& domain = organisation.domain;
    std::string text =
        head(domain, organisation.ttl, "ns1", "hostmaster", organisation.negative_ttl);
    for (const Organisation::Edge& edge : organisation.edges) {
      text += fmt::format("@ IN MX {} {}\n", edge.preference, label(edge.name, domain));
    }
    // Who may send mail of this domain (RFC 7208): its MX hosts and its submission server.
    text += fmt::format("@ IN TXT \"v=spf1 mx a:{} -all\"\n", organisation.submission);
    for (const Host* host : hosts_[domain]) {
      if (!is_within(host->name, domain)) continue;
      const std::string owner = host->name == domain ? "@" : label(host->name, domain);
      for (const IpAddress& address : host->addresses) text += address_line(owner, address);
    }
    text += organisation.records;
    if (!text.ends_with('\n')) text.push_back('\n');
    add_zone(domain, std::move(text), organisation.name_server(), organisation.source);
  }

  static std::string label(std::string_view name, std::string_view domain) {
    return std::string(name.substr(0, name.size() - domain.size() - 1));
  }

  // One zone for the addresses that an organisation's listed hosts have in one /24 or /16.
  void add_reverse_zones(const std::vector<Organisation>& organisations) {
    for (const Organisation& organisation : organisations) {
      std::map<std::string, std::string> zones;
      for (const Host* host : hosts_[organisation.domain]) {
        for (const IpAddress& address : host->addresses) {
          if (!address.is_ipv4()) continue;
          const int bits =
              (address.to_ipv4() >> 24) == 10 && (address.to_ipv4() >> 16 & 0xffu) < 128 ? 16 : 24;
          const std::string zone = reverse_zone({address, bits});
          zones[zone] +=
              fmt::format("{} IN PTR {}.\n", absolute(address.reverse_name()), host->name);
        }
      }
      for (auto& [origin, records] : zones) {
        const std::string server = organisation.name_server();
        add_zone(origin,
                 head(origin, organisation.ttl, server + ".",
                      "hostmaster." + organisation.domain + ".", organisation.negative_ttl) +
                     records,
                 server, organisation.source);
      }
    }
  }

  std::set<std::string> top_level_domains() const {
    std::set<std::string> result;
    const auto add = [&](const std::string& origin) {
      const std::size_t dot = origin.rfind('.');
      if (origin == "." || dot == std::string::npos) return;
      std::string top = origin.substr(dot + 1);
      if (top != "arpa") result.insert(std::move(top));
    };
    for (const Zone& zone : generated_) add(zone.origin);
    for (const std::string& origin : spelled_out_) add(origin);
    return result;
  }

  IpAddress add_server(const std::string& name) {
    const AddressRange range{IpAddress::ipv4(0xc612'0000u), 24};  // 198.18.0.0/24
    const AddressRange more{IpAddress::ipv4(0xc612'0000u), 16};
    auto address = plan_.take_address(range, 1);
    if (!address) address = plan_.take_address(more, 1024);
    if (!address) {
      draft_.reporter.add(source_, "no address is left for the name servers of the internet", "",
                          "");
      return {};
    }
    Host host;
    host.name = name;
    host.addresses = {*address};
    host.source = source_;
    if (!draft_.add_host(std::move(host))) return *address;
    Link link;
    link.a = kBackbone;
    link.b = name;
    link.latency = latency_;
    link.bandwidth = kBackboneBandwidth;
    link.source = source_;
    draft_.scenario.links.push_back(std::move(link));
    return *address;
  }

  void add_infrastructure() {
    const std::set<std::string> tops = top_level_domains();
    IpAddress root;
    if (!spelled_out_.contains(".")) {
      root = add_server(std::string(kRootServer));
      const std::string server = absolute(kRootServer), contact = "hostmaster.root-servers.net.";
      add_zone(".", head(".", ttl_, server, contact, 86'400) + address_line(server, root),
               std::string(kRootServer), source_);
      add_zone(std::string(kReverse), head(kReverse, ttl_, server, contact, 3'600),
               std::string(kRootServer), source_);
    }
    for (const std::string& top : tops) {
      if (spelled_out_.contains(top)) continue;
      const std::string server = "a.nic." + top;
      const IpAddress address = add_server(server);
      std::string text =
          head(top, ttl_, "a.nic", "hostmaster.nic", 900) + address_line("a.nic", address);
      if (top == "net" && !root.is_none()) text += address_line(absolute(kRootServer), root);
      add_zone(top, std::move(text), server, source_);
    }
  }

  // NS records, and addresses of the servers that could not be found without them, for every zone
  // whose parent is generated.
  void delegate() {
    std::vector<Zone> children = generated_;
    children.insert(children.end(), draft_.scenario.zones.begin(), draft_.scenario.zones.end());
    for (const Zone& child : children) {
      Zone* parent = parent_zone(child.origin);
      if (parent == nullptr) continue;
      for (const std::string& server : child.servers) {
        parent->text += fmt::format("{} IN NS {}.\n", absolute(child.origin), server);
      }
      for (const std::string& server : child.servers) {
        const Host* host = draft_.find_host(server);
        if (host == nullptr || !is_within(server, child.origin)) continue;
        for (const IpAddress& address : host->addresses)
          parent->text += address_line(server + ".", address);
      }
    }
  }

  // The generated zone that the closest enclosing zone is, if it is generated.
  Zone* parent_zone(const std::string& origin) {
    if (origin == ".") return nullptr;
    for (std::string_view name = parent_of(origin);; name = parent_of(name)) {
      if (spelled_out_.contains(name)) return nullptr;
      const auto place = places_.find(name);
      if (place != places_.end()) return &generated_[place->second];
      if (name == ".") return nullptr;
    }
  }

  AddressPlan& plan_;
  Draft& draft_;
  SourcePosition source_;
  Duration latency_;
  std::int64_t ttl_;
  std::set<std::string, std::less<>> spelled_out_;
  std::vector<Zone> generated_;
  std::map<std::string, std::size_t, std::less<>> places_;      // of the generated zones, by origin
  std::map<std::string_view, std::vector<const Host*>> hosts_;  // listed hosts by organisation
};

}  // namespace

void add_name_service(const Fields& internet, const std::vector<Organisation>& organisations,
                      AddressPlan& plan, Draft& draft) {
  NameService(internet, plan, draft).run(organisations);
}

void add_resolvers(const std::vector<Organisation>& organisations, Draft& draft) {
  std::vector<RootHint> hints;
  for (const Zone& zone : draft.scenario.zones) {
    if (zone.origin != ".") continue;
    for (const std::string& server : zone.servers) {
      if (const Host* host = draft.find_host(server)) hints.push_back({server, host->addresses});
    }
  }
  std::multimap<std::string_view, const Zone*> zones;  // of one origin in their order
  for (const Zone& zone : draft.scenario.zones) zones.emplace(zone.origin, &zone);
  const Node nothing;
  const Fields defaults(nothing, kResolverShape);
  for (const Organisation& organisation : organisations) {
    Resolver resolver;
    resolver.host = organisation.resolver();
    resolver.root_hints = hints;
    const auto [first, last] = zones.equal_range(organisation.domain);
    for (auto zone = first; zone != last; ++zone) {
      LocalZone local{zone->second->origin, {}};
      for (const std::string& server : zone->second->servers) {
        if (const Host* host = draft.find_host(server))
          local.servers.insert(local.servers.end(), host->addresses.begin(), host->addresses.end());
      }
      resolver.local_zones.push_back(std::move(local));
    }
    resolver.cache_entries_max = defaults.integer("cache_entries_max");
    resolver.cache_ttl_max = defaults.duration("cache_ttl_max");
    resolver.negative_ttl_max = defaults.duration("negative_ttl_max");
    resolver.query_timeout = defaults.duration("query_timeout");
    resolver.source = organisation.source;
    draft.scenario.resolvers.push_back(std::move(resolver));
  }
}

void add_dns_servers(Draft& draft) {
  std::vector<DnsServer>& all = draft.scenario.dns_servers;
  std::map<std::string_view, std::size_t> places;  // by host
  for (const Zone& zone : draft.scenario.zones) {
    for (const std::string& server : zone.servers) {
      const auto [place, added] = places.emplace(server, all.size());
      if (added) all.push_back({server, {}, zone.source});
      all[place->second].zones.push_back(zone.origin);
    }
  }
}

}  // namespace mailcosm::sim::scenario
