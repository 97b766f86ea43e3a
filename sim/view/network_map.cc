#include "sim/view/network_map.h"

#include "sim/trace/owned_record.h"
#include "sim/view/layout.h"

namespace mailcosm::sim::view {

bool MapHost::has_role(std::string_view role) const {
  std::string_view rest = roles;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (word == role) return true;
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return false;
}

MapReader::MapReader(const TraceHeader& header) {
  map_.hosts.reserve(header.hosts.size());
  for (const TraceHost& host : header.hosts) {
    by_name_.emplace(host.name, static_cast<HostIndex>(map_.hosts.size()));
    map_.hosts.push_back({.name = host.name, .roles = {}, .organisation = {}});
  }
}

void MapReader::accept(const Record& record) {
  if (record.kind == Kind::kHostDeclared) {
    const auto host = by_name_.find(field_of(record, "name").text);
    if (host == by_name_.end()) return;
    map_.hosts[host->second].roles = field_of(record, "roles").text;
    map_.hosts[host->second].organisation = field_of(record, "organisation").text;
  } else if (record.kind == Kind::kLinkDeclared) {
    const auto a = by_name_.find(field_of(record, "a").text);
    const auto b = by_name_.find(field_of(record, "b").text);
    if (a == by_name_.end() || b == by_name_.end() || a->second == b->second) return;
    map_.links.push_back({a->second, b->second, Duration(field_of(record, "latency").number),
                          field_of(record, "bandwidth").number, field_of(record, "loss").number});
  }
}

NetworkMap MapReader::map() const {
  NetworkMap map = map_;
  lay_out(map);
  return map;
}

}  // namespace mailcosm::sim::view
