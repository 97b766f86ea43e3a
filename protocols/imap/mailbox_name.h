// Mailbox names: modified UTF-7 on the wire (RFC 3501 section 5.1.3), UTF-8 everywhere else, INBOX
// in any case, and the patterns of LIST.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailcosm::imap {

inline constexpr char kHierarchyDelimiter = '/';
inline constexpr std::size_t kMailboxNameLengthMax = 1'000;  // octets, in either form

// Nothing if `wire` is no modified UTF-7: 8-bit or control octets, an unfinished or empty shift,
// text in base64 that could stand for itself, or broken UTF-16.
std::optional<std::string> decode_mailbox_name(std::string_view wire);
// REQUIRES: well-formed UTF-8; damaged octets are written as U+FFFD.
void encode_mailbox_name(std::string_view utf8, std::string& output);

// INBOX is special in any case, also as the first level of a name (RFC 3501 section 5.1): such a
// name gets `INBOX`.
bool is_inbox(std::string_view name);
void normalise_inbox(std::string& name);

// A name that may be created: not empty, no empty level, no control octets, no LIST wildcards,
// within the limit.
bool is_mailbox_name(std::string_view utf8);

// `*` stands for anything, `%` for anything without the hierarchy delimiter (RFC 3501
// section 6.3.8). INBOX is compared without regard to case, all else exactly. Time is bounded by
// the product of the lengths.
bool matches_list_pattern(std::string_view pattern, std::string_view name);

}  // namespace mailcosm::imap
