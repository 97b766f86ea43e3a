// What both sides of IMAP call a message: its numbers, and what is known of it without its content.
#pragma once

#include <cstdint>
#include <string>

#include "protocols/base/content.h"
#include "protocols/base/instant.h"
#include "protocols/imap/flags.h"

namespace mailcosm::imap {

// Unique identifier (RFC 3501 section 2.3.1.1): ascending, never reused under one UIDVALIDITY;
// never 0.
using Uid = std::uint32_t;
// Place in the selected mailbox, from 1 (RFC 3501 section 2.3.1.2).
using SequenceNumber = std::uint32_t;

// The whole message with CRLF line ends; null where a message is gone.
using mailcosm::Content;

struct MessageInfo {
  Uid uid = 0;
  Flags flags;             // with \Recent if the session that is told is the first to see it
  WallTime internal_date;  // whole seconds count
  std::uint64_t size = 0;  // octets of the content
};

}  // namespace mailcosm::imap
