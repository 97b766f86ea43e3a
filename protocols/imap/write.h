// Writing the tokens of IMAP: strings in the shortest form that can say them, numbers, mailbox
// names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/imap/sequence_set.h"

namespace mailcosm::imap {

void append_number(std::uint64_t number, std::string& output);
// A quoted string if the text is 7-bit without NUL, CR and LF and not long, else a literal, in
// which NUL becomes a space (CHAR8 of RFC 3501 section 9 has none).
void append_string(std::string_view text, std::string& output);
// NIL for nothing.
void append_nstring(const std::optional<std::string>& text, std::string& output);
// Always a literal, octets as they are.
void append_literal(std::string_view bytes, std::string& output);
// Modified UTF-7, as an atom or a quoted string.
void append_mailbox(std::string_view utf8, std::string& output);
// What append_string() would write as a quoted string.
bool is_quotable(std::string_view text);

}  // namespace mailcosm::imap
