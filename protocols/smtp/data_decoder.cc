#include "protocols/smtp/data_decoder.h"

#include <algorithm>

namespace mailcosm::smtp {

// Gives the longest piece that can be passed on as one view: whole lines that need no unstuffing
// and what follows them. Stops before a dot at the start of a line, and before a last CR whose LF
// has not come.
std::size_t DataDecoder::scan(std::string_view input) {
  std::size_t i = 0;
  while (i < input.size()) {
    i = pass_plain_lines(input, i, place_);
    if (i == input.size() || (place_.line_start && input[i] == '.')) break;
    const std::size_t end = find_line_end(input, i);
    place_.line_start = place_.line_start && end == i;
    place_.length += end - i;
    i = end;
    if (i == input.size()) break;
    const bool cr = input[i] == '\r';
    if (cr && i + 1 == input.size()) break;
    place_.line_start = cr && input[i + 1] == '\n';
    if (!place_.line_start) bare_line_end_ = true;
    const std::size_t octets = place_.line_start ? 2 : 1;
    place_.length += octets;
    i += octets;
    place_.longest = std::max(place_.longest, place_.length);
    if (place_.line_start) place_.length = 0;
  }
  place_.longest = std::max(place_.longest, place_.length);
  size_ += i;
  return i;
}

DataDecoder::Step DataDecoder::decode(std::string_view input) {
  std::size_t dot = 0;
  if (place_.line_start && input.starts_with('.')) {
    if (input.starts_with(".\r\n")) return {Status::kEnd, 3, {}};
    if (input == "." || input == ".\r") return {};
    // RFC 5321 section 4.5.2: the first of other characters on a line is a period: it is deleted.
    dot = 1;
    place_.line_start = false;
  }
  const std::size_t length = scan(input.substr(dot));
  if (dot + length == 0) return {};
  return {Status::kChunk, dot + length, input.substr(dot, length)};
}

}  // namespace mailcosm::smtp
