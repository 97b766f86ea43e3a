// Zone, DnsServer and Resolver: the name service of an expanded scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "sim/scenario/source_position.h"

namespace mailcosm::sim::scenario {

// One zone as a master file (RFC 1035 section 5). The text stands alone: it begins with $ORIGIN and
// $TTL and holds the SOA. The parser has already read it with protocols/dns, so that it is known to
// be good.
struct Zone {
  std::string origin;  // lower-case, without final dot; "." is the root
  std::string text;
  std::vector<std::string> servers;  // hosts that serve it with authority
  SourcePosition source;
  SourcePosition text_source;  // of the first line of the text
};

// An authoritative server: answers on port 53, UDP and TCP, for the zones that name its host among
// their servers.
struct DnsServer {
  std::string host;
  std::vector<std::string> zones;  // origins, in the order of Scenario::zones
  SourcePosition source;
};

struct RootHint {
  std::string name;
  std::vector<IpAddress> addresses;
};

// A zone that a resolver asks for at its servers directly, without walking from the root.
struct LocalZone {
  std::string origin;
  std::vector<IpAddress> servers;
};

// A caching, recursive resolver on port 53, UDP and TCP.
struct Resolver {
  std::string host;
  std::vector<RootHint> root_hints;
  std::vector<LocalZone> local_zones;
  std::int64_t cache_entries_max = 0;
  Duration cache_ttl_max{};     // longer TTLs are cut to this
  Duration negative_ttl_max{};  // RFC 2308 section 5
  Duration query_timeout{};     // waiting for one server's answer before the next is asked
  SourcePosition source;
};

}  // namespace mailcosm::sim::scenario
