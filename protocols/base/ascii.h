// Character classes and case rules of ASCII, the only ones that mail protocols use. No locale takes
// part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailcosm::ascii {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_alphanumeric(char c) { return is_alpha(c) || is_digit(c); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }
constexpr bool is_printable(char c) { return c >= 32 && c <= 126; }
constexpr bool is_eight_bit(char c) { return static_cast<unsigned char>(c) >= 128; }

constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }

// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
void append_lower(std::string_view text, std::string& output);

bool equal_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
bool ends_with_ignoring_case(std::string_view text, std::string_view suffix);
// Position of the first occurrence at or after `from`, or npos.
std::size_t find_ignoring_case(std::string_view text, std::string_view wanted,
                               std::size_t from = 0);
// Below zero, zero or above zero, comparing octets after folding to lower case.
int compare_ignoring_case(std::string_view a, std::string_view b);

// A total order for std::map and std::sort, transparent for look-up.
struct LessIgnoringCase {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const {
    return compare_ignoring_case(a, b) < 0;
  }
};

// Without SP and HTAB at both ends.
std::string_view trim(std::string_view text);

// An unsigned decimal number of digits only, at most `max`; nothing for an empty, signed, too large
// or trailing text.
std::optional<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t max = UINT64_MAX);

// Takes the text up to the first `separator` off the front of `rest` (all of it if there is none),
// and the separator.
std::string_view take_until(std::string_view& rest, char separator);

}  // namespace mailcosm::ascii
