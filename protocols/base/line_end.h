// Where a line may end: the search for CR and LF, many octets at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace mailcosm {

// Position of the first CR or LF at or after `from`, or text.size(). REQUIRES: from <= text.size().
std::size_t find_line_end(std::string_view text, std::size_t from);

}  // namespace mailcosm
