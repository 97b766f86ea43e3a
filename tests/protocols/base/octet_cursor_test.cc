#include "protocols/base/octet_cursor.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "protocols/base/bytes.h"

namespace mailcosm {
namespace {

TEST(OctetCursorTest, WritesWhatByteWriterWrites) {
  std::array<char, 200> memory;
  OctetCursor cursor(memory.data());
  std::string text;
  ByteWriter writer(text);
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{127}, std::uint64_t{128},
        std::uint64_t{0x123456789abcdef0}, ~std::uint64_t{0}}) {
    cursor.u8(static_cast<std::uint8_t>(number & 0xff));
    writer.u8(static_cast<std::uint8_t>(number & 0xff));
    cursor.u16(static_cast<std::uint16_t>(number & 0xffff));
    writer.u16(static_cast<std::uint16_t>(number & 0xffff));
    cursor.u32(static_cast<std::uint32_t>(number & 0xffff'ffff));
    writer.u32(static_cast<std::uint32_t>(number & 0xffff'ffff));
    cursor.u64(number);
    writer.u64(number);
    cursor.varint(number);
    writer.varint(number);
  }
  cursor.append("octets");
  writer.append("octets");
  cursor.append({});
  EXPECT_EQ(std::string(memory.data(), cursor.at()), text);
}

TEST(OctetCursorTest, WritesDecimalsAndZeros) {
  std::array<char, 60> memory;
  for (const int octet : {0, 1, 9, 10, 42, 99, 100, 101, 200, 255}) {
    OctetCursor digits(memory.data());
    digits.octet_decimal(static_cast<std::uint8_t>(octet));
    EXPECT_EQ(std::string(memory.data(), digits.at()), std::to_string(octet));
  }
  for (std::uint64_t power = 1, digits = 1; digits <= 20; ++digits, power *= 10) {
    for (const std::uint64_t number : {power - 1, power, power + 1, 5 * power}) {
      OctetCursor text(memory.data());
      text.decimal(number);
      EXPECT_EQ(std::string(memory.data(), text.at()), std::to_string(number));
    }
  }
  OctetCursor cursor(memory.data());
  cursor.decimal(0);
  cursor.append(" ");
  cursor.decimal(~std::uint64_t{0});
  cursor.zeros(0);
  cursor.zeros(2);
  EXPECT_EQ(std::string(memory.data(), cursor.at()), std::string("0 18446744073709551615\0\0", 24));
}

}  // namespace
}  // namespace mailcosm
