#include "sim/trace/json_text.h"

#include <cstdint>

#include "protocols/base/base64.h"

namespace mailcosm::sim {
namespace {

constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Length of the well-formed sequence at the front, or 0. REQUIRES: text is not empty.
// RFC 3629 section 4: the second octet is narrower after E0, ED, F0 and F4.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return 1;
  std::size_t length = 0;
  if (lead >= 0xc2 && lead <= 0xdf) length = 2;
  if (lead >= 0xe0 && lead <= 0xef) length = 3;
  if (lead >= 0xf0 && lead <= 0xf4) length = 4;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
  if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return 0;
  return length;
}

void append_escape(unsigned char c, std::string& output) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"':
      output += "\\\"";
      return;
    case '\\':
      output += "\\\\";
      return;
    case '\n':
      output += "\\n";
      return;
    case '\r':
      output += "\\r";
      return;
    case '\t':
      output += "\\t";
      return;
    default:
      output += "\\u00";
      output += kDigits[c >> 4];
      output += kDigits[c & 15];
  }
}

constexpr bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 32 || c == '"' || c == '\\' || c == 127;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void append_json_string(std::string_view text, std::string& output) {
  output += '"';
  std::size_t plain = 0;  // start of the run of characters that need no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    output.append(text.substr(plain, i - plain));
    append_escape(static_cast<unsigned char>(text[i]), output);
    plain = i + 1;
  }
  output.append(text.substr(plain));
  output += '"';
}

void append_json_octets(std::string_view octets, std::string& output) {
  if (is_utf8(octets)) return append_json_string(octets, output);
  output += "{\"base64\":\"";
  base64::encode(octets, output);
  output += "\"}";
}

}  // namespace mailcosm::sim
