// Section: which octets of a message BODY[...] means (RFC 3501 section 6.4.5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/imap/lexer.h"
#include "protocols/mail/mime.h"

namespace mailcosm::imap {

inline constexpr std::size_t kSectionPartsMax = 64;  // numbers in `1.2.3`
inline constexpr std::size_t kHeaderNamesMax = 256;  // names in HEADER.FIELDS

struct Section {
  enum class Text : std::uint8_t { kAll, kHeader, kHeaderFields, kHeaderFieldsNot, kText, kMime };
  std::vector<std::uint32_t> part;  // empty: the message itself
  Text text = Text::kAll;
  std::vector<std::string> names;  // of kHeaderFields and kHeaderFieldsNot, as written

  // `HEADER.FIELDS (From)`: what stands between the brackets.
  void append_to(std::string& output) const;
};

// "[" [section-spec] "]"
bool take_section(Lexer& lexer, Section& section);

// The octets, or nothing if the message has no such part. They are a view into the tree's text, or
// into `storage`, whose content is replaced, for selected header fields.
std::optional<std::string_view> find_section(const mail::MimeTree& tree, const Section& section,
                                             std::string& storage);

}  // namespace mailcosm::imap
