// Decimal numbers appended to output without an allocation.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>

namespace mailcosm::pop3 {

inline void append_decimal(std::uint64_t number, std::string& output) {
  char digits[20];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, number);
  output.append(digits, end.ptr);
}

}  // namespace mailcosm::pop3
