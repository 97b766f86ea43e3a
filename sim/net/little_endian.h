// Numbers as little-endian octets, whatever the machine is: what goes to another process.
#pragma once

#include <bit>
#include <concepts>
#include <cstring>

namespace mailcosm::sim {

// At any address; there must be room for sizeof(Number) octets. One move on most machines.
template <std::integral Number>
void put_little_endian(Number value, char* at) {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(at, &value, sizeof value);
  } else {
    for (std::size_t i = 0; i < sizeof value; ++i)
      at[i] = static_cast<char>(static_cast<unsigned long long>(value) >> 8 * i & 0xff);
  }
}

template <std::integral Number>
Number get_little_endian(const char* at) {
  if constexpr (std::endian::native == std::endian::little) {
    Number value;
    std::memcpy(&value, at, sizeof value);
    return value;
  } else {
    unsigned long long bits = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
      bits |= static_cast<unsigned long long>(static_cast<unsigned char>(at[i])) << 8 * i;
    return static_cast<Number>(bits);
  }
}

}  // namespace mailcosm::sim
