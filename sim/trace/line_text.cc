#include "sim/trace/line_text.h"

#include <fmt/format.h>

#include <cstdint>

#include "protocols/base/ascii.h"
#include "sim/trace/json_text.h"

namespace mailcosm::sim {
namespace {

// Length of the UTF-8 sequence at the front, or 0.
std::size_t sequence_length(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (is_utf8(text.substr(0, length))) return length;
  }
  return 0;
}

std::uint32_t code_point(std::string_view sequence) {
  auto point = std::uint32_t{static_cast<unsigned char>(sequence[0])};
  if (sequence.size() == 1) return point;
  point &= 0x7fu >> sequence.size();
  for (char c : sequence.substr(1)) point = point << 6 | (static_cast<unsigned char>(c) & 0x3fu);
  return point;
}

// C1 controls, bidirectional controls, line and paragraph separators, invisible joiners and marks.
bool is_hidden(std::uint32_t point) {
  return (point >= 0x80 && point <= 0x9f) || (point >= 0x200b && point <= 0x200f) ||
         (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
         point == 0xfeff || (point >= 0xe0000 && point <= 0xe0fff);
}

std::string escaped_control(char c) {
  if (c == '\r') return "\\r";
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  return fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
}

// Takes one character off the front, as it is shown.
std::string take_shown(std::string_view& rest) {
  const std::size_t length = sequence_length(rest);
  const std::string_view sequence = rest.substr(0, length == 0 ? 1 : length);
  rest.remove_prefix(sequence.size());
  if (length == 0 || ascii::is_control(sequence.front())) return escaped_control(sequence.front());
  const std::uint32_t point = code_point(sequence);
  return is_hidden(point) ? fmt::format("\\u{{{:x}}}", point) : std::string(sequence);
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (char c : text) columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return columns;
}

std::string printable(std::string_view octets, std::size_t columns) {
  constexpr std::string_view kCut = "...";
  std::string shown;
  std::size_t used = 0;
  std::size_t cut_at = 0;  // length of `shown` that leaves room for kCut
  std::string_view rest = octets;
  while (!rest.empty()) {
    const std::string next = take_shown(rest);
    const std::size_t width = columns_of(next);
    if (used + width > columns) {
      shown.resize(cut_at);
      return shown.append(kCut);
    }
    shown += next;
    used += width;
    if (used + kCut.size() <= columns) cut_at = shown.size();
  }
  return shown;
}

}  // namespace mailcosm::sim
