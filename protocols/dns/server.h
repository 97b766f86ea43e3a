// Server: an authoritative DNS server as an engine: a query's octets in, a response's octets out,
// nothing kept between.
//
// Answers by RFC 1034 section 4.3.2 from the most specific of its zones; referrals with glue, CNAME
// and DNAME chains within its zones, wildcards, NXDOMAIN and NODATA with SOA (RFC 2308), REFUSED
// outside its zones, FORMERR, NOTIMP and BADVERS. Truncates at the size the client can take: 512,
// what its OPT record says, or 65535 over TCP. No heap allocation once `output` has reached its
// working size.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocols/dns/message.h"
#include "protocols/dns/zone.h"

namespace mailcosm::dns {

enum class Transport : std::uint8_t { kUdp, kTcp };
std::string_view to_string(Transport transport);

class Server {
 public:
  struct Limits {
    std::uint16_t udp_octets_max = kEdnsUdpOctets;  // RFC 9715: no response that is fragmented
    int chain_max = 16;                             // CNAME and DNAME steps in one answer
  };

  Server() : Server(Limits()) {}
  explicit Server(const Limits& limits) : limits_(limits) {}

  // Replaces a zone of the same name.
  void add_zone(std::shared_ptr<const Zone> zone);
  // The most specific zone that holds `name`, or null.
  const Zone* zone_of(NameView name) const;

  // Appends the response (without the length of TCP framing). False if none is due: the octets are
  // too short for a header, or are a response themselves.
  bool respond(std::string_view query, Transport transport, std::string& output) const;

 private:
  Limits limits_;
  std::unordered_map<Name, std::shared_ptr<const Zone>, NameHash, NameEqual>
      zones_;  // look-up only
};

}  // namespace mailcosm::dns
