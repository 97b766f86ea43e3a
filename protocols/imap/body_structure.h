// BODY and BODYSTRUCTURE: the MIME tree of a message as a parenthesised list (RFC 3501
// section 7.4.2).
#pragma once

#include <string>

#include "protocols/mail/mime.h"

namespace mailcosm::imap {

// `extended`: with the extension data of BODYSTRUCTURE, else the form of BODY. Always a `body` of
// the formal syntax, however broken the message: a multipart without parts shows one empty text
// part.
void append_body_structure(const mail::MimeTree& tree, bool extended, std::string& output);

}  // namespace mailcosm::imap
