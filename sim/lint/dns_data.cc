// What single records say: MX, NS and CNAME that lead nowhere or to an alias, and TTLs.
#include <fmt/format.h>

#include "sim/lint/checks.h"
#include "sim/scenario/units.h"

namespace mailcosm::sim::lint {
namespace {

constexpr std::uint32_t kNegativeTtlMax = 86400;  // RFC 2308 section 5

class DataCheck {
 public:
  DataCheck(const Subject& subject, Findings& findings) : subject_(subject), findings_(findings) {}

  void run() {
    for (const ReadZone& zone : subject_.zones()) {
      for (const dns::Zone::Node& node : zone.data.nodes()) {
        if (node.occluded) continue;
        for (const dns::RrSet& set : node.sets) one_set(zone, set);
      }
      if (zone.spelled_out && zone.data.negative_ttl() > kNegativeTtlMax) {
        findings_.add("negative-ttl-long", subject_.place_of(zone, zone.data.soa()),
                      fmt::format("{}: names that do not exist are remembered for {} s",
                                  zone.model->origin, zone.data.negative_ttl()),
                      "an hour or less is usual");
      }
    }
    shorthand_ttls();
  }

 private:
  void one_set(const ReadZone& zone, const dns::RrSet& set) {
    // A shorthand has one TTL for all of its records; it is reported where it is written.
    if (set.ttl == 0 && zone.spelled_out) {
      findings_.add(
          "ttl-zero", subject_.place_of(zone, set),
          fmt::format("the TTL of {} {} is zero", plain(set.owner), dns::to_string(set.type)));
    }
    if (set.type == dns::Type::kMx) exchanges(zone, set);
    if (set.type == dns::Type::kNs) name_servers(zone, set);
    if (set.type == dns::Type::kCname) alias(zone, set);
  }

  void exchanges(const ReadZone& zone, const dns::RrSet& set) {
    bool null = false;
    for (const std::string& data : set.rdatas) {
      const auto mx = dns::mx_of(data);
      if (!mx) continue;
      null = null || mx->exchange.is_root();
      if (!mx->exchange.is_root()) exchange(zone, set, dns::Name(mx->exchange));
    }
    if (!null || set.rdatas.size() == 1) return;
    findings_.add("null-mx-beside-mx", subject_.place_of(zone, set),
                  fmt::format("{} takes no mail (MX 0 .) and has other MX", plain(set.owner)),
                  "keep either the null MX or the others");
  }

  void exchange(const ReadZone& zone, const dns::RrSet& set, const dns::Name& host) {
    const std::string owner = plain(set.owner), name = plain(host);
    const auto place = subject_.place_of(zone, set, name);
    if (subject_.zone_of(host) == nullptr) {
      findings_.add("mx-without-address", place,
                    fmt::format("no zone of the scenario knows {}, an MX of {}", name, owner));
      return;
    }
    if (subject_.find(host, dns::Type::kCname) != nullptr) {
      findings_.add("mx-is-alias", place, fmt::format("{}, an MX of {}, is a CNAME", name, owner),
                    "name the host itself");
      return;
    }
    const auto addresses = subject_.addresses_of(host);
    if (addresses.empty()) {
      findings_.add("mx-without-address", place,
                    fmt::format("{}, an MX of {}, has no address", name, owner),
                    "give it an A record");
    }
    for (const IpAddress& address : addresses) server(address, name, owner, place);
  }

  void server(const IpAddress& address, const std::string& name, const std::string& owner,
              scenario::SourcePosition place) {
    const scenario::Host* machine = subject_.host_with(address);
    const scenario::Mta* mta = machine == nullptr ? nullptr : subject_.mta_on(machine->name);
    if (mta != nullptr) {
      for (const scenario::Listener& listener : mta->listeners) {
        if (listener.service == scenario::Service::kSmtp && listener.port == 25) return;
      }
    }
    findings_.add("mx-without-server", place,
                  fmt::format("nobody listens on port 25 of {} ({}), an MX of {}", name,
                              address.to_string(), owner));
  }

  void name_servers(const ReadZone& zone, const dns::RrSet& set) {
    for (const std::string& data : set.rdatas) {
      const auto server = dns::name_of(set.type, data);
      if (!server || subject_.find(dns::Name(*server), dns::Type::kCname) == nullptr) continue;
      findings_.add(
          "ns-is-alias", subject_.place_of(zone, set, plain(*server)),
          fmt::format("{}, a name server of {}, is a CNAME", plain(*server), plain(set.owner)),
          "name the host itself");
    }
  }

  void alias(const ReadZone& zone, const dns::RrSet& set) {
    const auto target = dns::name_of(set.type, set.rdatas[0]);
    if (!target) return;
    const dns::Name name(*target);
    const ReadZone* home = subject_.zone_of(name);
    const bool exists = home != nullptr && home->data.find(name, dns::Type::kA).status !=
                                               dns::Zone::Found::Status::kNoName;
    if (exists) return;
    findings_.add(
        "cname-dangling", subject_.place_of(zone, set),
        fmt::format("{} stands for {}, which does not exist", plain(set.owner), plain(*target)));
  }

  void shorthand_ttls() {
    if (const scenario::Node* all = subject_.at({"organisations"})) {
      for (const scenario::Node::Key& domain : all->keys) {
        for (std::string_view key : {"ttl", "negative_ttl"})
          shorthand_ttl(subject_.at({"organisations", domain.text, "dns", key}), key);
        const scenario::Node* negative =
            subject_.at({"organisations", domain.text, "dns", "negative_ttl"});
        const auto value = scenario::parse_duration(negative == nullptr ? "0 s" : negative->text);
        if (value && *value > std::chrono::seconds(kNegativeTtlMax)) {
          findings_.add("negative-ttl-long", negative->source,
                        fmt::format("{}: names that do not exist are remembered for {}",
                                    domain.text, negative->text),
                        "an hour or less is usual");
        }
      }
    }
    shorthand_ttl(subject_.at({"internet", "ttl"}), "ttl");
  }

  void shorthand_ttl(const scenario::Node* value, std::string_view key) {
    if (value == nullptr || !value->text.starts_with("0 ")) return;
    findings_.add("ttl-zero", value->source, fmt::format("{} is zero", key),
                  "a few seconds are short enough for almost everything");
  }

  const Subject& subject_;
  Findings& findings_;
};

}  // namespace

void check_dns_data(const Subject& subject, Findings& findings) {
  DataCheck(subject, findings).run();
}

}  // namespace mailcosm::sim::lint
