#include "protocols/base/bytes.h"

#include <gtest/gtest.h>

namespace mailcosm {
namespace {

TEST(BytesTest, ReadsBackWhatWasWritten) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u8(7);
  writer.u16(0x1234);
  writer.u32(0xdeadbeef);
  writer.u64(0x0123456789abcdef);
  for (std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, UINT64_MAX})
    writer.varint(number);
  writer.append("end");
  writer.patch_u16(1, 0x4321);

  ByteReader reader(bytes);
  EXPECT_EQ(reader.u8(), 7);
  EXPECT_EQ(reader.u16(), 0x4321);
  EXPECT_EQ(reader.u32(), 0xdeadbeef);
  EXPECT_EQ(reader.u64(), 0x0123456789abcdefu);
  for (std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, UINT64_MAX})
    EXPECT_EQ(reader.varint(), number);
  EXPECT_EQ(reader.take(3), "end");
  EXPECT_FALSE(reader.failed());
}

TEST(BytesTest, FailureAtTheEndIsSticky) {
  ByteReader reader(std::string_view("\x01\x02\x03", 3));
  EXPECT_EQ(reader.u32(), 0u);
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_EQ(reader.remaining(), 0u);
}

TEST(BytesTest, RefusesANumberOfMoreThan64Bits) {
  ByteReader reader(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10));
  EXPECT_EQ(reader.varint(), 0u);
  EXPECT_TRUE(reader.failed());
}

}  // namespace
}  // namespace mailcosm
