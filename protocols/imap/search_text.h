// Looking for text in a message, as the string keys of SEARCH do (RFC 3501 section 6.4.4): a match
// is a substring, in any case of ASCII letters, in the text as written or with its encodings taken
// away.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "protocols/mail/mime.h"

namespace mailcosm::imap {

// In one of the fields of that name. An empty text asks whether there is such a field.
bool field_contains(const mail::MimeTree& tree, std::string_view name, std::string_view text);
// The same, and in the names and addresses of the field without comments and folding inside of
// addresses.
bool addresses_contain(const mail::MimeTree& tree, std::string_view name, std::string_view text);
// In the message's header.
bool header_contains(const mail::MimeTree& tree, std::string_view text);
// In a text part, decoded, or in the header of a part.
bool body_contains(const mail::MimeTree& tree, std::string_view text);
// The day of the Date field, disregarding time and zone, since 1970-01-01; nothing without a
// readable one.
std::optional<std::int64_t> sent_day(const mail::MimeTree& tree);

}  // namespace mailcosm::imap
