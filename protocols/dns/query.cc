#include "protocols/dns/query.h"

#include <algorithm>

#include "protocols/dns/message_view.h"

namespace mailcosm::dns {
namespace {

// RFC 6891 section 6.2.3: sizes below 512 count as 512.
void take_edns(const EdnsView& edns, Query& query) {
  query.has_edns = true;
  query.dnssec_ok = edns.dnssec_ok;
  query.udp_octets = std::max<std::uint16_t>(edns.udp_octets, kUdpOctetsMax);
}

}  // namespace

QueryStatus read_query(std::string_view bytes, Query& query) {
  const MessageView message(bytes);
  if (!message.has_header() || message.header().response) return QueryStatus::kIgnore;
  query.header = message.header();
  if (query.header.opcode != Opcode::kQuery) return QueryStatus::kNotImp;
  if (message.questions_announced() != 1 || message.questions().empty())
    return QueryStatus::kFormErr;
  const QuestionView& question = message.questions()[0];
  query.has_question = true;
  query.name.assign(question.name);
  query.type = question.type;
  query.rclass = question.rclass;
  if (message.edns()) take_edns(*message.edns(), query);
  if (!message.valid() || query.type == Type::kOpt) return QueryStatus::kFormErr;
  return query.has_edns && message.edns()->version != 0 ? QueryStatus::kBadVers : QueryStatus::kOk;
}

Rcode rcode_of(QueryStatus status) {
  switch (status) {
    case QueryStatus::kFormErr:
      return Rcode::kFormErr;
    case QueryStatus::kNotImp:
      return Rcode::kNotImp;
    case QueryStatus::kBadVers:
      return Rcode::kBadVers;
    default:
      return Rcode::kNoError;
  }
}

Header response_header(const Query& query) {
  Header header;
  header.id = query.header.id;
  header.response = true;
  header.opcode = query.header.opcode;
  header.recursion_desired = query.header.recursion_desired;
  header.checking_disabled = query.header.checking_disabled;
  return header;
}

}  // namespace mailcosm::dns
