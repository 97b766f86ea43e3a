// FetchItem: one thing that FETCH asks for, and the parser of their list (RFC 3501 section 6.4.5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocols/imap/fetch_section.h"
#include "protocols/imap/lexer.h"

namespace mailcosm::imap {

struct FetchItem {
  enum class Kind : std::uint8_t {
    kUid,
    kFlags,
    kInternalDate,
    kSize,  // RFC822.SIZE
    kEnvelope,
    kBody,  // BODY without a section
    kBodyStructure,
    kSection,  // BODY[...] and BODY.PEEK[...]
    kRfc822,   // as BODY[], RFC822.HEADER as BODY.PEEK[HEADER], RFC822.TEXT as BODY[TEXT]
    kRfc822Header,
    kRfc822Text,
  };
  struct Partial {
    std::uint32_t origin = 0;
    std::uint32_t count = 0;
  };
  Kind kind = Kind::kFlags;
  bool sets_seen = false;
  Section section;  // of kSection
  std::optional<Partial> partial;

  bool needs_content() const { return kind >= Kind::kEnvelope; }
};

// A macro, an item or a list of items in parentheses; replaces `items`. False if it does not parse
// or is too long.
bool take_fetch_items(Lexer& lexer, std::size_t items_max, std::vector<FetchItem>& items);

}  // namespace mailcosm::imap
