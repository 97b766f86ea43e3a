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

// Views of the caller, but for the addresses.
struct HopFacts {
  std::string_view helo;  // what the client called itself
  IpAddress client;
  std::string_view name;  // this host
  std::string_view with;  // ESMTP, ESMTPA, SMTP, LMTP, LMTPA (RFC 3848)
  std::string_view queue_id;
  mail::Address only_recipient;  // null if there are several (RFC 5321 section 7.2)
  WallTime date;
};

// The Received field of RFC 5321 section 4.4, with CRLF.
std::string received_field(const HopFacts& hop);

// Appends Date and Message-ID, where the header has none (RFC 6409 section 8.2 and 8.3); each with
// CRLF. `message_id` gets what is made up.
void append_missing_fields(const mail::Header& header, WallTime date, std::uint64_t random,
                           std::string_view domain, std::string& message_id, std::string& output);

}  // namespace mailcosm::sim
