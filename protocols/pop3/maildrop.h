// Maildrop: the messages of one account as a POP3 session sees them, fixed when the session opens
// it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mailcosm::pop3 {

// Messages are numbered from 1 (RFC 1939 section 4).
using MessageNumber = std::uint32_t;

struct MaildropEntry {
  // Octets as transmitted, before byte-stuffing, including the CRLF of the last line (RFC 1939
  // section 11).
  std::uint64_t size = 0;
  // 1 to 70 characters from 0x21 to 0x7E, never reused (RFC 1939 section 7).
  std::string unique_id;
};

using Maildrop = std::vector<MaildropEntry>;

}  // namespace mailcosm::pop3
