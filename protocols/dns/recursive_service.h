// The client-facing side of a recursive resolver: reads queries and writes the responses, with RD
// and RA.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/dns/message.h"
#include "protocols/dns/resolver.h"
#include "protocols/dns/server.h"

namespace mailcosm::dns {

// What must be kept of a client's query until its answer is there.
struct ClientQuery {
  std::uint16_t id = 0;
  Question question;
  bool checking_disabled = false;
  bool has_edns = false;
  std::uint16_t octets_max = kUdpOctetsMax;
};

// A query that is to be resolved; or nothing, and then either an immediate response (FORMERR,
// NOTIMP, BADVERS, REFUSED without RD or for zone transfers) has been appended to `output`, or
// nothing is due.
std::optional<ClientQuery> accept_query(std::string_view bytes, Transport transport,
                                        std::string& output);

// Appends the response, truncated to what the client can take.
void write_answer(const ClientQuery& query, const Answer& answer, std::string& output);

}  // namespace mailcosm::dns
