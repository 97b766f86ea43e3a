// ASCII letters folded eight octets at a time, for comparisons and hashes of short texts.
#pragma once

#include <cstdint>
#include <cstring>

namespace mailcosm::ascii {

// Each octet that is an upper-case letter becomes its lower-case one.
constexpr std::uint64_t to_lower_word(std::uint64_t word) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  const std::uint64_t low = word & (0x7f * kEach);
  const std::uint64_t from_a = low + (0x80 - 'A') * kEach;
  const std::uint64_t behind_z = low + (0x7f - 'Z') * kEach;
  const std::uint64_t upper = (from_a ^ behind_z) & ~word & (0x80 * kEach);
  return word | upper >> 2;
}

// Eight octets in the machine's order.
inline std::uint64_t load_word(const char* octets) {
  std::uint64_t word = 0;
  std::memcpy(&word, octets, sizeof word);
  return word;
}

}  // namespace mailcosm::ascii
