#include "protocols/dns/query.h"

#include <algorithm>

namespace mailcosm::dns {
namespace {

QueryStatus take_opt(const RecordView& record, Query& query) {
  // RFC 6891 section 6.1.1: more than one OPT, or one with an owner, is a format error.
  if (query.has_edns || record.section != Section::kAdditional || !record.owner.view().is_root()) {
    return QueryStatus::kFormErr;
  }
  query.has_edns = true;
  query.dnssec_ok = (record.ttl & 0x8000) != 0;
  // RFC 6891 section 6.2.3: values below 512 count as 512.
  query.udp_octets =
      std::max<std::uint16_t>(static_cast<std::uint16_t>(record.rclass), kUdpOctetsMax);
  return (record.ttl >> 16 & 0xff) != 0 ? QueryStatus::kBadVers : QueryStatus::kOk;
}

}  // namespace

QueryStatus read_query(std::string_view bytes, Query& query) {
  MessageReader reader(bytes);
  if (reader.failed() || reader.header().response) return QueryStatus::kIgnore;
  query.header = reader.header();
  if (query.header.opcode != Opcode::kQuery) return QueryStatus::kNotImp;
  if (reader.questions() != 1) return QueryStatus::kFormErr;
  QuestionView question;
  if (!reader.next_question(question)) return QueryStatus::kFormErr;
  query.has_question = true;
  query.name.assign(question.name.view());
  query.type = question.type;
  query.rclass = question.rclass;
  QueryStatus status = query.type == Type::kOpt ? QueryStatus::kFormErr : QueryStatus::kOk;
  RecordView record;
  while (reader.next_record(record)) {
    if (record.type != Type::kOpt) continue;
    const QueryStatus taken = take_opt(record, query);
    if (taken == QueryStatus::kFormErr) return taken;
    if (status == QueryStatus::kOk) status = taken;
  }
  return reader.failed() || !reader.at_end() ? QueryStatus::kFormErr : status;
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
