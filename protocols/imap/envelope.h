// ENVELOPE: the header fields of a message as a parenthesised list (RFC 3501 section 7.4.2).
#pragma once

#include <string>

#include "protocols/mail/envelope.h"

namespace mailcosm::imap {

void append_envelope(const mail::Envelope& envelope, std::string& output);

}  // namespace mailcosm::imap
