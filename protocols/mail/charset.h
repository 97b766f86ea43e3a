// Charsets of MIME text (RFC 2045 section 2.2): what can be turned into UTF-8 here.
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::mail {

// us-ascii, utf-8, iso-8859-1 to -16, windows-1250 to -1258, koi8-r and koi8-u, in any case and
// with common aliases.
bool is_known_charset(std::string_view charset);

// Appends `bytes` as UTF-8; octets that have no meaning become U+FFFD. False, with nothing
// appended, if the charset is not known: the caller keeps the raw octets.
bool append_as_utf8(std::string_view charset, std::string_view bytes, std::string& output);

// Well-formed UTF-8 without surrogates (RFC 3629).
bool is_utf8(std::string_view text);
bool is_ascii(std::string_view text);
void append_code_point(char32_t code_point, std::string& output);

}  // namespace mailcosm::mail
