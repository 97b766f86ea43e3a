#include "protocols/mail/charset.h"

#include <cstdint>

#include "protocols/base/ascii.h"
#include "protocols/mail/charset_tables.h"

namespace mailcosm::mail {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Alias {
  std::string_view name;
  std::string_view charset;
};
constexpr Alias kAliases[] = {
    {"ascii", "us-ascii"},          {"ansi_x3.4-1968", "us-ascii"}, {"utf8", "utf-8"},
    {"latin1", "iso-8859-1"},       {"iso8859-1", "iso-8859-1"},    {"iso_8859-1", "iso-8859-1"},
    {"latin2", "iso-8859-2"},       {"latin9", "iso-8859-15"},      {"iso8859-15", "iso-8859-15"},
    {"iso-8859-8-i", "iso-8859-8"}, {"cp1250", "windows-1250"},     {"cp1251", "windows-1251"},
    {"cp1252", "windows-1252"},     {"tis-620", "iso-8859-11"},
};

std::string_view canonical(std::string_view charset) {
  for (const Alias& alias : kAliases) {
    if (ascii::equal_ignoring_case(alias.name, charset)) return alias.charset;
  }
  return charset;
}

// The length of the well-formed character at `at`, or 0 (RFC 3629 section 4).
std::size_t character_length(std::string_view text, std::size_t at) {
  auto octet = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  auto is_tail = [&](std::size_t i) { return (octet(i) & 0xC0u) == 0x80u; };
  unsigned first = octet(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return is_tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!is_tail(1) || !is_tail(2)) return 0;
    if (first == 0xE0 && octet(1) < 0xA0) return 0;
    if (first == 0xED && octet(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!is_tail(1) || !is_tail(2) || !is_tail(3)) return 0;
    if (first == 0xF0 && octet(1) < 0x90) return 0;
    if (first == 0xF4 && octet(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

void append_checked_utf8(std::string_view bytes, std::string& output) {
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t length = character_length(bytes, at);
    if (length == 0) {
      append_code_point(kReplacement, output);
      ++at;
    } else {
      output += bytes.substr(at, length);
      at += length;
    }
  }
}

enum class Kind : std::uint8_t { kUnknown, kAscii, kUtf8, kLatin1, kTable };

Kind kind_of(std::string_view charset, const std::uint16_t*& table) {
  charset = canonical(charset);
  if (ascii::equal_ignoring_case(charset, "us-ascii")) return Kind::kAscii;
  if (ascii::equal_ignoring_case(charset, "utf-8")) return Kind::kUtf8;
  if (ascii::equal_ignoring_case(charset, "iso-8859-1")) return Kind::kLatin1;
  for (const CharsetTable& candidate : charset_tables()) {
    if (!ascii::equal_ignoring_case(charset, candidate.name)) continue;
    table = candidate.upper_half;
    return Kind::kTable;
  }
  return Kind::kUnknown;
}

}  // namespace

bool is_known_charset(std::string_view charset) {
  const std::uint16_t* table = nullptr;
  return kind_of(charset, table) != Kind::kUnknown;
}

bool append_as_utf8(std::string_view charset, std::string_view bytes, std::string& output) {
  const std::uint16_t* table = nullptr;
  Kind kind = kind_of(charset, table);
  if (kind == Kind::kUnknown) return false;
  if (kind == Kind::kUtf8) {
    append_checked_utf8(bytes, output);
    return true;
  }
  for (char c : bytes) {
    auto octet = static_cast<unsigned char>(c);
    if (octet < 128) {
      output.push_back(c);
      continue;
    }
    char32_t code_point = kReplacement;
    if (kind == Kind::kLatin1) code_point = octet;
    if (kind == Kind::kTable && table[octet - 128] != 0) code_point = table[octet - 128];
    append_code_point(code_point, output);
  }
  return true;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = character_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

bool is_ascii(std::string_view text) {
  for (char c : text) {
    if (ascii::is_eight_bit(c)) return false;
  }
  return true;
}

void append_code_point(char32_t code_point, std::string& output) {
  auto push = [&](char32_t octet) {
    output.push_back(static_cast<char>(static_cast<unsigned char>(octet)));
  };
  if (code_point < 0x80) {
    push(code_point);
  } else if (code_point < 0x800) {
    push(0xC0 | (code_point >> 6));
    push(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    push(0xE0 | (code_point >> 12));
    push(0x80 | ((code_point >> 6) & 0x3F));
    push(0x80 | (code_point & 0x3F));
  } else {
    push(0xF0 | (code_point >> 18));
    push(0x80 | ((code_point >> 12) & 0x3F));
    push(0x80 | ((code_point >> 6) & 0x3F));
    push(0x80 | (code_point & 0x3F));
  }
}

}  // namespace mailcosm::mail
