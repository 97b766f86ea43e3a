#include <fmt/format.h>

#include <map>
#include <set>

#include "protocols/base/ascii.h"
#include "protocols/dns/master_file.h"
#include "protocols/dns/zone.h"
#include "sim/scenario/check_model.h"
#include "sim/scenario/limits.h"
#include "sim/scenario/suggest.h"

namespace mailcosm::sim::scenario {
namespace {

class ZoneCheck {
 public:
  explicit ZoneCheck(Draft& draft) : draft_(draft), reporter_(draft.reporter) {}

  void run() {
    for (const Zone& zone : draft_.scenario.zones) {
      const auto [known, added] = origins_.emplace(zone.origin, zone.source);
      if (!added) {
        reporter_.add(zone.source, fmt::format("there are two zones '{}'", zone.origin),
                      fmt::format("The other one is in line {}.", known->second.line),
                      "put the records into one zone");
        continue;
      }
      servers(zone);
      text(zone);
    }
    cname_cycles();
  }

 private:
  void servers(const Zone& zone) {
    std::set<std::string_view> seen;
    for (const std::string& server : zone.servers) {
      if (!seen.insert(server).second) {
        reporter_.add(zone.source, fmt::format("zone: the server {} is named twice", server), "");
      }
      if (draft_.hosts.contains(server)) continue;
      std::vector<std::string_view> known;
      for (const auto& [name, index] : draft_.hosts) known.push_back(name);
      reporter_.add(zone.source, fmt::format("zone: there is no host '{}' to serve it", server),
                    "A zone is on hosts of the scenario.", suggestion_for(server, known));
    }
    if (zone.servers.empty()) {
      reporter_.add(zone.source, "zone: it has no server", "Nobody could ever read it.");
    }
  }

  void text(const Zone& zone) {
    const dns::Name origin = zone.origin == "." ? dns::Name() : dns::Name::of(zone.origin);
    dns::MasterFileOptions options;
    options.origin = origin;
    options.records_max = kZoneRecordsMax;
    const auto records = dns::parse_master_file(zone.text, options);
    if (!records) return malformed(zone, records.error());
    const auto parsed = dns::Zone::from_records(origin, *records);
    if (!parsed) {
      reporter_.add(zone.text_source, fmt::format("zone {}: {}", zone.origin, parsed.error().what),
                    "A zone must be consistent, so that all servers answer the same.");
      return;
    }
    for (const dns::Record& record : *records) one_record(zone, record);
  }

  // Errors begin with "line N: ", counted in the zone's text.
  void malformed(const Zone& zone, const Error& error) {
    SourcePosition source = zone.text_source;
    std::string_view what = error.what;
    if (what.starts_with("line ")) {
      what.remove_prefix(5);
      const std::size_t end = what.find(':');
      const auto line = ascii::parse_unsigned(what.substr(0, end), UINT32_MAX / 2);
      if (line && end != std::string_view::npos) {
        what = ascii::trim(what.substr(end + 1));
        source = position_in_text(zone, static_cast<std::uint32_t>(*line));
      }
    }
    reporter_.add(
        source, fmt::format("zone {}: {}", zone.origin, what),
        "The text of a zone is a master file (RFC 1035 section 5): name, TTL, class, type, data.");
  }

  // Only a block scalar has its lines as the file has them; else the position of the whole text
  // must do.
  SourcePosition position_in_text(const Zone& zone, std::uint32_t line) const {
    if (zone.text_source == zone.source || !zone.text_source.known()) return zone.text_source;
    const SourceText& file = reporter_.file(zone.text_source.file);
    const std::string_view shown = file.line(zone.text_source.line + line - 1);
    const std::size_t space = shown.find_first_not_of(' ');
    if (zone.text_source.column != 1 || space == std::string_view::npos) return zone.text_source;
    return file.position_of(zone.text_source.line + line - 1, space, zone.text_source.file);
  }

  void one_record(const Zone& zone, const dns::Record& record) {
    const std::string owner = ascii::to_lower(record.owner.to_host());
    if (record.type == dns::Type::kCname) {
      if (const auto target = dns::name_of(record))
        cnames_[owner] = {ascii::to_lower(target->to_host()), &zone};
    }
    std::string exchange;
    if (const auto mx = dns::mx_of(record.rdata); mx && record.type == dns::Type::kMx)
      exchange = mx->exchange.to_host();
    if (exchange.empty() || !IpAddress::parse(exchange)) return;
    reporter_.add(
        zone.text_source,
        fmt::format("zone {}: the MX of {} is an address, {}", zone.origin, owner, exchange),
        "An MX record names a host, whose address is looked up (RFC 5321 section 5.1).",
        "give the host a name and an A record");
  }

  void cname_cycles() {
    std::set<std::string> decided;
    for (const auto& [start, first] : cnames_) {
      std::set<std::string> path;
      std::string name = start;
      while (!decided.contains(name) && path.insert(name).second && cnames_.contains(name))
        name = cnames_[name].target;
      if (!decided.contains(name) && cnames_.contains(name)) {
        const Zone& zone = *cnames_[name].zone;
        reporter_.add(
            zone.text_source,
            fmt::format("zone {}: the CNAME of {} leads back to itself", zone.origin, name),
            "A look-up would run in a circle (RFC 1034 section 3.6.2).");
      }
      decided.insert(path.begin(), path.end());
    }
  }

  struct Cname {
    std::string target;
    const Zone* zone = nullptr;
  };

  Draft& draft_;
  Reporter& reporter_;
  std::map<std::string, SourcePosition> origins_;
  std::map<std::string, Cname> cnames_;
};

}  // namespace

void check_zones(Draft& draft) { ZoneCheck(draft).run(); }

}  // namespace mailcosm::sim::scenario
