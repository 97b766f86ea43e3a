// Received: the trace fields (RFC 5321 section 4.4), written, read for their date, and counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/mail/address.h"
#include "protocols/mail/header.h"

namespace mailcosm::mail {

struct Received {
  std::string from;          // argument of EHLO or HELO
  std::string from_host;     // name found for the client's address, or empty
  std::string from_address;  // client's IP address as text, or empty: `([192.0.2.1])`
  std::string by;            // this host
  std::string with;          // SMTP, ESMTP, ESMTPA, LMTP ... (RFC 3848); empty: no clause
  std::string id;            // queue id; empty: no clause
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
