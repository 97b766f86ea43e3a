#include "protocols/dns/recursive_service.h"

#include <algorithm>

#include "protocols/dns/message_writer.h"
#include "protocols/dns/query.h"

namespace mailcosm::dns {
namespace {

Edns own_edns() { return {kEdnsUdpOctets, 0, false, {}}; }

void write_error(const Query& query, Rcode rcode, std::string& output) {
  MessageWriter writer(output, kUdpOctetsMax);
  const Edns edns = own_edns();
  if (query.has_edns) writer.set_edns(edns);
  if (query.has_question) writer.add_question(query.name.view(), query.type, query.rclass);
  Header header = response_header(query);
  header.recursion_available = true;
  header.rcode = rcode;
  writer.finish(header);
}

}  // namespace

std::optional<ClientQuery> accept_query(std::string_view bytes, Transport transport,
                                        std::string& output) {
  Query query;
  const QueryStatus status = read_query(bytes, query);
  if (status == QueryStatus::kIgnore) return std::nullopt;
  const bool transfer = query.type == Type::kAxfr || query.type == Type::kIxfr;
  const bool refused = !query.header.recursion_desired || transfer || query.rclass != Class::kIn;
  if (status != QueryStatus::kOk || refused) {
    write_error(query, status != QueryStatus::kOk ? rcode_of(status) : Rcode::kRefused, output);
    return std::nullopt;
  }
  ClientQuery client;
  client.id = query.header.id;
  client.question = {Name(query.name.view()), query.type, query.rclass};
  client.checking_disabled = query.header.checking_disabled;
  client.has_edns = query.has_edns;
  const auto udp_octets = std::clamp<std::size_t>(query.udp_octets, kUdpOctetsMax, kEdnsUdpOctets);
  client.octets_max =
      static_cast<std::uint16_t>(transport == Transport::kTcp ? kMessageOctetsMax : udp_octets);
  return client;
}

void write_answer(const ClientQuery& query, const Answer& answer, std::string& output) {
  MessageWriter writer(output, query.octets_max);
  const Edns edns = own_edns();
  if (query.has_edns) writer.set_edns(edns);
  writer.add_question(query.question.name, query.question.type, query.question.rclass);
  Header header;
  header.id = query.id;
  header.response = true;
  header.recursion_desired = true;
  header.recursion_available = true;
  header.checking_disabled = query.checking_disabled;
  header.rcode = answer.rcode;
  header.truncated = !(writer.add_sets(Section::kAnswer, answer.answers) &&
                       writer.add_sets(Section::kAuthority, answer.authorities));
  writer.finish(header);
}

}  // namespace mailcosm::dns
