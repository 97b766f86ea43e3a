#include "protocols/base/ascii.h"

#include <gtest/gtest.h>

namespace mailcosm::ascii {
namespace {

TEST(AsciiTest, FoldsOnlyTheLettersOfAscii) {
  EXPECT_EQ(to_lower("MAIL From\xc3\x84"), "mail from\xc3\x84");
  EXPECT_TRUE(equal_ignoring_case("EHLO", "ehlo"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));
  EXPECT_EQ(compare_ignoring_case("a", "B"), -1);
  EXPECT_LT(compare_ignoring_case("ab", "abc"), 0);
}

TEST(AsciiTest, FindsIgnoringCase) {
  EXPECT_EQ(find_ignoring_case("Hello World", "WORLD"), 6u);
  EXPECT_EQ(find_ignoring_case("Hello", "x"), std::string_view::npos);
  EXPECT_EQ(find_ignoring_case("Hello", "", 5), 5u);
  EXPECT_EQ(find_ignoring_case("Hello", "h", 6), std::string_view::npos);
}

TEST(AsciiTest, ParsesNumbersUpToTheLimit) {
  EXPECT_EQ(parse_unsigned("254", 255), 254u);
  EXPECT_EQ(parse_unsigned("255", 255), 255u);
  EXPECT_EQ(parse_unsigned("256", 255), std::nullopt);
  EXPECT_EQ(parse_unsigned("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(parse_unsigned("18446744073709551616"), std::nullopt);
  for (const char* wrong : {"", "+1", "-1", " 1", "1 ", "0x1"}) {
    EXPECT_EQ(parse_unsigned(wrong), std::nullopt) << wrong;
  }
}

TEST(AsciiTest, TakesWordsOffTheFront) {
  std::string_view rest = "a,b,";
  EXPECT_EQ(take_until(rest, ','), "a");
  EXPECT_EQ(take_until(rest, ','), "b");
  EXPECT_EQ(rest, "");
  EXPECT_EQ(take_until(rest, ','), "");
}

TEST(AsciiTest, ANumberAboveASmallLimitIsRefused) {
  EXPECT_EQ(parse_unsigned("1", 1), 1u);
  EXPECT_EQ(parse_unsigned("2", 1), std::nullopt);
  EXPECT_EQ(parse_unsigned("0", 0), 0u);
  EXPECT_EQ(parse_unsigned("9", 0), std::nullopt);
}

}  // namespace
}  // namespace mailcosm::ascii
