// Received: the trace fields (RFC 5321 section 4.4), written, read for their date, and counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/mail/address.h"
#include "protocols/mail/header.h"

namespace mailcosm::mail {

// Views of the caller, but for the address.
struct Received {
  std::string_view from;          // argument of EHLO or HELO
  std::string_view from_host;     // name found for the client's address, or empty
  std::string_view from_address;  // client's IP address as text, or empty: `([192.0.2.1])`
  std::string_view by;            // this host
  std::string_view with;          // SMTP, ESMTP, ESMTPA, LMTP ... (RFC 3848); empty: no clause
  std::string_view id;            // queue id; empty: no clause
  Address for_address;  // only when there is one recipient (RFC 5321 section 7.2); null: no clause
  WallTime date;
  int zone_minutes = 0;
};

// Appends the whole field with CRLF, one clause a line.
void append_received(const Received& received, std::string& output);
// `Return-Path: <...>` CRLF, for final delivery.
void append_return_path(const Address& reverse_path, std::string& output);
// Trace fields of a message: a limit on them detects loops (RFC 5321 section 6.3).
std::size_t count_received(const Header& header);

}  // namespace mailcosm::mail
