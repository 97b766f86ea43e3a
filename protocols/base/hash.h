// Hash64: a running 64-bit digest of bytes, the same on every machine. Not for security.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm {

// FNV-1a over octets (public domain, Fowler, Noll and Vo) with a final mix, so that nearby inputs
// differ in all bits.
class Hash64 {
 public:
  Hash64() = default;
  explicit constexpr Hash64(std::uint64_t seed) : state_(kOffset ^ mix(seed)) {}

  constexpr void add(std::string_view bytes) {
    for (char c : bytes) state_ = (state_ ^ static_cast<unsigned char>(c)) * kPrime;
  }
  constexpr void add(std::uint64_t number) { state_ = mix(state_ ^ number) * kPrime; }
  constexpr std::uint64_t value() const { return mix(state_); }

  // The finaliser of SplitMix64: a bijection in which every input bit moves every output bit.
  static constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }

 private:
  static constexpr std::uint64_t kOffset = 0xcbf29ce484222325u;
  static constexpr std::uint64_t kPrime = 0x100000001b3u;
  std::uint64_t state_ = kOffset;
};

constexpr std::uint64_t hash64(std::string_view bytes) {
  Hash64 hash;
  hash.add(bytes);
  return hash.value();
}

}  // namespace mailcosm
