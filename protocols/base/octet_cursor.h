// OctetCursor: writes octets to memory that the caller has made room in, without asking at every
// step. For inner loops; ByteWriter appends to a string and needs no care.
//
// REQUIRES, of every call: enough room is left. Numbers are in network byte order.
#pragma once

#include <bit>
#include <charconv>
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
  // At most kDecimalMax digits.
  static constexpr std::size_t kDecimalMax = 20;
  void decimal(std::uint64_t value) { at_ = std::to_chars(at_, at_ + kDecimalMax, value).ptr; }
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

  char* at_;
};

}  // namespace mailcosm
