#include "sim/view/string_table.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::view {
namespace {

TEST(StringTableTest, NumbersEachStringOnce) {
  StringTable table(100);
  EXPECT_EQ(table.number_of(""), 0u);
  EXPECT_EQ(table.number_of("a"), 1u);
  EXPECT_EQ(table.number_of("b"), 2u);
  EXPECT_EQ(table.number_of("a"), 1u);
  EXPECT_EQ(table.size(), 3u);
  EXPECT_EQ(table.at(2), "b");
}

TEST(StringTableTest, CutsOnlyWhatIsLongerThanTheLimit) {
  StringTable table(4);
  EXPECT_EQ(table.at(table.number_of("abc")), "abc");
  EXPECT_EQ(table.at(table.number_of("abcd")), "abcd");
  EXPECT_TRUE(table.cut().empty());
  EXPECT_EQ(table.at(table.number_of("abcde")), "abcd");
  ASSERT_EQ(table.cut().size(), 1u);
  EXPECT_EQ(table.cut()[0].second, 5u);
}

TEST(StringTableTest, KeepsCharactersWhole) {
  StringTable table(4);
  EXPECT_EQ(table.at(table.number_of("abc\xc3\xa9z")), "abc");
  EXPECT_EQ(table.at(table.number_of("ab\xc3\xa9z")), "ab\xc3\xa9");
}

TEST(StringTableTest, TellsApartWhatBeginsAlike) {
  StringTable table(4);
  const std::uint32_t one = table.number_of("abcd1");
  const std::uint32_t other = table.number_of("abcd2");
  EXPECT_NE(one, other);
  EXPECT_EQ(table.number_of("abcd1"), one);
  EXPECT_NE(table.number_of("abcd"), one);
}

}  // namespace
}  // namespace mailcosm::sim::view
