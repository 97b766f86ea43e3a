// Where a line may end: the search for CR and LF, many octets at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace mailcosm {

// Position of the first CR or LF at or after `from`, or text.size(). REQUIRES: from <= text.size().
std::size_t find_line_end(std::string_view text, std::size_t from);

// How often CRLF occurs.
std::size_t count_line_ends(std::string_view text);

// Where a reader of lines stands.
struct LinePlace {
  bool line_start = true;   // at the start of a line
  std::size_t length = 0;   // octets of the line so far
  std::size_t longest = 0;  // of all lines, each with its CRLF
};

// Passes over octets that need no care: every CR is followed by an LF, every LF follows a CR, and
// no line begins with a dot. Gives the position of the first octet not passed, which never lies
// between CR and LF, and brings `place` there: less than 70 octets before something else or before
// the end of the text. REQUIRES: `from` does not lie between CR and LF.
std::size_t pass_plain_lines(std::string_view text, std::size_t from, LinePlace& place);
// The same for a reader who measures no lines.
std::size_t pass_plain_lines(std::string_view text, std::size_t from, bool& line_start);

}  // namespace mailcosm
