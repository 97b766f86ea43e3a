// What a hop adds to the front of a message: its Received field, and what a submitted message
// lacks.
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/base/ip_address.h"
#include "protocols/mail/address.h"
#include "protocols/mail/header.h"

namespace mailcosm::sim {

struct HopFacts {
  std::string helo;  // what the client called itself
  IpAddress client;
  std::string name;       // this host
  std::string_view with;  // ESMTP, ESMTPA, SMTP, LMTP, LMTPA (RFC 3848)
  std::string queue_id;
  mail::Address only_recipient;  // null if there are several (RFC 5321 section 7.2)
  WallTime date;
};

// The Received field of RFC 5321 section 4.4, with CRLF.
std::string received_field(const HopFacts& hop);

// Date and Message-ID, where the header has none (RFC 6409 section 8.2 and 8.3); each with CRLF.
std::string missing_fields(const mail::Header& header, WallTime date, std::uint64_t random,
                           std::string_view domain);

}  // namespace mailcosm::sim
