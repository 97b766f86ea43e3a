// UTF-8 (RFC 3629), octet by octet.
#pragma once

#include <cstddef>
#include <string_view>

namespace mailcosm::sim::scenario {

// Octets of the character that begins at `i`, or 0 if none does: overlong forms and surrogates are
// none (section 4).
std::size_t utf8_length(std::string_view text, std::size_t i);

}  // namespace mailcosm::sim::scenario
