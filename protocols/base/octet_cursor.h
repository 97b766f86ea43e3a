// OctetCursor: writes octets to memory that the caller has made room in, without asking at every
// step. For inner loops; ByteWriter appends to a string and needs no care.
//
// REQUIRES, of every call: enough room is left. Numbers are in network byte order.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mailcosm {

class OctetCursor {
 public:
  explicit OctetCursor(char* at) : at_(at) {}

  void u8(std::uint8_t value) { *at_++ = static_cast<char>(value); }
  void u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value >> 8));
    u8(static_cast<std::uint8_t>(value & 0xff));
  }
  void u32(std::uint32_t value) {
    if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap32(value);
    store(value);
  }
  void u64(std::uint64_t value) {
    if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
    store(value);
  }
  // LEB128, at most kVarintMax octets.
  static constexpr std::size_t kVarintMax = 10;
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) u8(static_cast<std::uint8_t>((value & 0x7f) | 0x80));
    u8(static_cast<std::uint8_t>(value));
  }
  // REQUIRES: room for kDecimalMax octets, even if there are fewer digits.
  static constexpr std::size_t kDecimalMax = 20;
  void decimal(std::uint64_t value) {
    char digits[2 * kDecimalMax];
    char* first = digits + kDecimalMax;
    for (; value >= 100; value /= 100) std::memcpy(first -= 2, kPairs.data() + value % 100 * 2, 2);
    std::memcpy(first -= 2, kPairs.data() + value * 2, 2);
    if (value < 10) ++first;
    const auto count = static_cast<std::size_t>(digits + kDecimalMax - first);
    std::memcpy(at_, first, kDecimalMax);  // of one size, which needs no call
    at_ += count;
  }
  // At most three digits. REQUIRES: room for four octets.
  void octet_decimal(std::uint8_t value) {
    std::memcpy(at_, kOctets[value].data(), 4);
    at_ += kOctets[value][3];
  }
  // A literal, whose size the compiler knows.
  template <std::size_t N>
  void append(const char (&literal)[N]) {
    std::memcpy(at_, literal, N - 1);
    at_ += N - 1;
  }
  void append(std::string_view octets) {
    if (!octets.empty()) std::memcpy(at_, octets.data(), octets.size());
    at_ += octets.size();
  }
  void zeros(std::size_t count) {
    std::memset(at_, 0, count);
    at_ += count;
  }

  char* at() const { return at_; }

 private:
  template <typename Number>
  void store(Number value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }

  static constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
      pairs[2 * i] = static_cast<char>('0' + i / 10);
      pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
  }();

  // The digits of each number below 256, and how many they are.
  static constexpr auto kOctets = [] {
    std::array<std::array<char, 4>, 256> octets{};
    for (std::size_t i = 0; i < 256; ++i) {
      char& count = octets[i][3];
      if (i >= 100) octets[i][static_cast<std::size_t>(count++)] = static_cast<char>('0' + i / 100);
      if (i >= 10)
        octets[i][static_cast<std::size_t>(count++)] = static_cast<char>('0' + i / 10 % 10);
      octets[i][static_cast<std::size_t>(count++)] = static_cast<char>('0' + i % 10);
    }
    return octets;
  }();

  char* at_;
};

}  // namespace mailcosm
