// Octets of any sort as one line for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailcosm::sim {

// Control characters and octets that are not UTF-8 become \r, \n, \t, \x1b and the like; characters
// that turn text around or hide it (U+0080 to U+009F, bidirectional controls) become \u{202e}. A
// text of more than `columns` characters is cut and ends in "...". A backslash stays as it is.
std::string printable(std::string_view octets, std::size_t columns);

// Characters of a UTF-8 text, which is about its columns.
std::size_t columns_of(std::string_view text);

}  // namespace mailcosm::sim
