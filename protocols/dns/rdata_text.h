// The text form of RDATA, read: the words after the type in a master file.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "protocols/base/result.h"
#include "protocols/dns/name.h"
#include "protocols/dns/type.h"

namespace mailcosm::dns {

// One word of a master file. Escapes are still in it; quotes are not.
struct Word {
  std::string_view text;
  std::size_t offset = 0;  // in the file
  bool quoted = false;
};

// Uncompressed wire form. Also takes the generic form "\# length hex" for every type (RFC 3597
// section 5). `origin` completes relative names; without one they are errors. The error's offset is
// that of the offending word.
Result<std::string> parse_rdata(Type type, std::span<const Word> words, const NameView* origin);

// As Name::parse, with "@" for the origin.
Result<Name> parse_word_name(const Word& word, const NameView* origin);

}  // namespace mailcosm::dns
