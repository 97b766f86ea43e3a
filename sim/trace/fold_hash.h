// FoldHash: a running 64-bit digest of numbers and octets, the same on every machine, that costs a
// few instructions for a number or a short text and less than one for each octet of a long one.
// Not for security.
//
// Its step multiplies 64 by 64 bits and folds the two halves of the product into one, after wyhash
// by Wang Yi (public domain).
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm::sim {

class FoldHash {
 public:
  explicit FoldHash(std::uint64_t seed) : state_(seed ^ kFirst) {}

  void add(std::uint64_t number) { state_ = fold(state_ ^ number, kSecond); }
  void add(std::uint64_t a, std::uint64_t b) { state_ = fold(state_ ^ a, kThird ^ b); }
  // With its length: "ab", "c" and "a", "bc" differ.
  void add(std::string_view octets);
  std::uint64_t value() const { return fold(state_, kFourth); }

 private:
  // Odd, with as many ones as zeros, and no pattern.
  static constexpr std::uint64_t kFirst = 0xa076'1d64'78bd'642fu;
  static constexpr std::uint64_t kSecond = 0xe703'7ed1'a0b4'28dbu;
  static constexpr std::uint64_t kThird = 0x8ebc'6af0'9c88'c6e3u;
  static constexpr std::uint64_t kFourth = 0x5899'65cc'7537'4cc3u;

  static std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using Uint128 = unsigned __int128;
    const Uint128 product = static_cast<Uint128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  static std::uint64_t fold_long(std::string_view octets, std::uint64_t state);

  std::uint64_t state_;
};

}  // namespace mailcosm::sim
