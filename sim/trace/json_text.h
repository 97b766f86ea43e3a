// Writing JSON (RFC 8259): the few pieces that the trace needs.
#pragma once

#include <string>
#include <string_view>

namespace mailcosm::sim {

// Well-formed UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Appends a quoted JSON string. REQUIRES: is_utf8(text).
void append_json_string(std::string_view text, std::string& output);

// Appends octets of any sort: as a string if they are UTF-8, else as {"base64":"..."}.
void append_json_octets(std::string_view octets, std::string& output);

}  // namespace mailcosm::sim
