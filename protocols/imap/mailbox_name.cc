#include "protocols/imap/mailbox_name.h"

#include <array>
#include <cstdint>
#include <vector>

#include "protocols/base/ascii.h"

namespace mailcosm::imap {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

void append_utf8(char32_t c, std::string& output) {
  const auto push = [&output](char32_t octet) { output.push_back(static_cast<char>(octet)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | (c >> 6));
    push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | (c >> 12));
    push(0x80 | ((c >> 6) & 0x3F));
    push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | (c >> 18));
    push(0x80 | ((c >> 12) & 0x3F));
    push(0x80 | ((c >> 6) & 0x3F));
    push(0x80 | (c & 0x3F));
  }
}

// Takes one code point off the front; damaged octets give U+FFFD, one at a time.
char32_t take_utf8(std::string_view& text) {
  const auto octet = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = octet(0);
  std::size_t length = 1;
  char32_t code = lead;
  char32_t smallest = 0;
  if (lead >= 0xC0 && lead < 0xE0) {
    length = 2, code = lead & 0x1Fu, smallest = 0x80;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    length = 3, code = lead & 0x0Fu, smallest = 0x800;
  } else if (lead >= 0xF0 && lead < 0xF8) {
    length = 4, code = lead & 0x07u, smallest = 0x10000;
  } else if (lead >= 0x80) {
    code = 0xFFFD;
  }
  if (length > text.size()) length = 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xC0) != 0x80)
      length = 0;
    else
      code = (code << 6) | (octet(i) & 0x3Fu);
  }
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (length == 0 || code < smallest || code > 0x10FFFF || surrogate) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  text.remove_prefix(length);
  return code;
}

// Collects six bits at a time, and gives UTF-16 units.
bool decode_shift(std::string_view base64, std::string& output) {
  std::uint32_t bits = 0;
  int count = 0;
  char32_t high = 0;
  for (char c : base64) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return false;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 16) continue;
    count -= 16;
    const char32_t unit = (bits >> count) & 0xFFFF;
    bits &= (1u << count) - 1;
    const bool low_surrogate = unit >= 0xDC00 && unit < 0xE000;
    if (low_surrogate != (high != 0)) return false;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else if (high != 0) {
      append_utf8(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), output);
      high = 0;
    } else {
      // Printable ASCII must stand for itself, and controls have no place in a name.
      if (unit < 0x80) return false;
      append_utf8(unit, output);
    }
  }
  // Left-over bits are fewer than one digit, and zero.
  return high == 0 && count < 6 && bits == 0 && !base64.empty();
}

void encode_shift(const std::vector<std::uint16_t>& units, std::string& output) {
  output.push_back('&');
  std::uint32_t bits = 0;
  int count = 0;
  for (std::uint16_t unit : units) {
    bits = (bits << 16) | unit;
    count += 16;
    while (count >= 6) {
      count -= 6;
      output.push_back(kAlphabet[(bits >> count) & 63]);
    }
    bits &= (1u << count) - 1;
  }
  if (count > 0) output.push_back(kAlphabet[(bits << (6 - count)) & 63]);
  output.push_back('-');
}

void append_units(char32_t code, std::vector<std::uint16_t>& units) {
  if (code >= 0x10000) {
    code -= 0x10000;
    units.push_back(static_cast<std::uint16_t>(0xD800 + (code >> 10)));
    units.push_back(static_cast<std::uint16_t>(0xDC00 + (code & 0x3FF)));
  } else {
    units.push_back(static_cast<std::uint16_t>(code));
  }
}

}  // namespace

std::optional<std::string> decode_mailbox_name(std::string_view wire) {
  if (wire.size() > kMailboxNameLengthMax) return std::nullopt;
  std::string name;
  bool after_shift = false;
  while (!wire.empty()) {
    const char c = wire.front();
    if (!ascii::is_printable(c)) return std::nullopt;
    wire.remove_prefix(1);
    if (c != '&') {
      name.push_back(c);
      after_shift = false;
      continue;
    }
    const std::size_t end = wire.find('-');
    if (end == std::string_view::npos) return std::nullopt;
    if (end == 0) {
      name.push_back('&');
      after_shift = false;
    } else {
      // Two shifts in a row would give one name two forms.
      if (after_shift || !decode_shift(wire.substr(0, end), name)) return std::nullopt;
      after_shift = true;
    }
    wire.remove_prefix(end + 1);
  }
  return name;
}

void encode_mailbox_name(std::string_view utf8, std::string& output) {
  std::vector<std::uint16_t> units;
  while (!utf8.empty()) {
    const char c = utf8.front();
    if (!ascii::is_printable(c)) {
      append_units(take_utf8(utf8), units);
      continue;
    }
    if (!units.empty()) encode_shift(units, output);
    units.clear();
    output.push_back(c);
    if (c == '&') output.push_back('-');
    utf8.remove_prefix(1);
  }
  if (!units.empty()) encode_shift(units, output);
}

bool is_inbox(std::string_view name) { return ascii::equal_ignoring_case(name, "INBOX"); }

void normalise_inbox(std::string& name) {
  const std::string_view level = std::string_view(name).substr(0, name.find(kHierarchyDelimiter));
  if (is_inbox(level)) name.replace(0, level.size(), "INBOX");
}

bool is_mailbox_name(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMailboxNameLengthMax) return false;
  bool level_empty = true;
  for (char c : utf8) {
    if (ascii::is_control(c) || c == '*' || c == '%') return false;
    if (c == kHierarchyDelimiter && level_empty) return false;
    level_empty = c == kHierarchyDelimiter;
  }
  return !level_empty;
}

bool matches_list_pattern(std::string_view pattern, std::string_view name) {
  // reachable[i]: the pattern so far matches the first i octets of the name.
  std::vector<bool> reachable(name.size() + 1, false);
  reachable[0] = true;
  for (char p : pattern) {
    if (p == '*' || p == '%') {
      for (std::size_t i = 1; i <= name.size(); ++i) {
        if (reachable[i - 1] && (p == '*' || name[i - 1] != kHierarchyDelimiter))
          reachable[i] = true;
      }
      continue;
    }
    for (std::size_t i = name.size(); i > 0; --i)
      reachable[i] = reachable[i - 1] && name[i - 1] == p;
    reachable[0] = false;
  }
  return reachable[name.size()];
}

}  // namespace mailcosm::imap
