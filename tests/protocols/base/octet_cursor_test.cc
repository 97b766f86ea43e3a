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
