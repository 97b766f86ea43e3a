// Query: what a server reads of a message before it can answer, without the heap; the same for
// authoritative servers and recursive services.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/dns/message.h"

namespace mailcosm::dns {

struct Query {
  Header header;
  bool has_question = false;
  NameBuffer name;
  Type type = Type::kNone;
  Class rclass = Class::kIn;
  bool has_edns = false;
  bool dnssec_ok = false;
  std::uint16_t udp_octets = kUdpOctetsMax;  // what the client takes over UDP, at least 512
};

enum class QueryStatus : std::uint8_t {
  kOk,
  kIgnore,   // shorter than a header, or a response: answering could make two servers talk for ever
  kFormErr,  // does not parse, or has not exactly one question
  kNotImp,   // another opcode than QUERY
  kBadVers,  // EDNS of a version above 0
};

QueryStatus read_query(std::string_view bytes, Query& query);
Rcode rcode_of(QueryStatus status);

// Id, opcode, RD and CD of the query; QR.
Header response_header(const Query& query);

}  // namespace mailcosm::dns
