#include "protocols/smtp/data_decoder.h"

#include <algorithm>

#include "protocols/base/line_end.h"

namespace mailcosm::smtp {

// Gives the longest piece that can be passed on as one view: whole lines that need no unstuffing
// and what follows them. Stops before a dot at the start of a line, and before a last CR whose LF
// has not come.
std::size_t DataDecoder::scan(std::string_view input) {
  std::size_t i = 0;
  while (i < input.size()) {
    if (line_start_ && input[i] == '.') break;
    const std::size_t end = find_line_end(input, i);
    line_start_ = line_start_ && end == i;
    length_ += end - i;
    i = end;
    if (i == input.size()) break;
    const bool cr = input[i] == '\r';
    if (cr && i + 1 == input.size()) break;
    line_start_ = cr && input[i + 1] == '\n';
    if (!line_start_) bare_line_end_ = true;
    const std::size_t octets = line_start_ ? 2 : 1;
    length_ += octets;
    i += octets;
    longest_ = std::max(longest_, length_);
    if (line_start_) length_ = 0;
  }
  longest_ = std::max(longest_, length_);
  size_ += i;
  return i;
}

DataDecoder::Step DataDecoder::decode(std::string_view input) {
  std::size_t dot = 0;
  if (line_start_ && input.starts_with('.')) {
    if (input.starts_with(".\r\n")) return {Status::kEnd, 3, {}};
    if (input == "." || input == ".\r") return {};
    // RFC 5321 section 4.5.2: the first of other characters on a line is a period: it is deleted.
    dot = 1;
    line_start_ = false;
  }
  const std::size_t length = scan(input.substr(dot));
  if (dot + length == 0) return {};
  return {Status::kChunk, dot + length, input.substr(dot, length)};
}

}  // namespace mailcosm::smtp
