#include "sim/trace/json_cursor.h"

#include <gtest/gtest.h>

#include "sim/trace/json_text.h"

namespace mailcosm::sim {
namespace {

bool is_json(std::string_view text) {
  JsonCursor cursor(text, 16);
  return cursor.skip() && cursor.at_end();
}

std::string string_of(std::string_view json) {
  JsonCursor cursor(json, 16);
  std::string text;
  return cursor.read_string(text) && cursor.at_end() ? text : "failed: " + cursor.error();
}

TEST(JsonCursorTest, AcceptsEveryValue) {
  for (std::string_view text :
       {"{}", "[]", " [ 1 , -2.5e+3, \"x\", true, false, null, {\"a\":[{}]} ] ", "0", "1e9"}) {
    EXPECT_TRUE(is_json(text)) << text;
  }
}

TEST(JsonCursorTest, RefusesWhatIsNoJson) {
  for (std::string_view text : {"",
                                "{",
                                "[1,]",
                                "[1 2]",
                                "{\"a\"}",
                                "{\"a\":}",
                                "{\"a\":1,}",
                                "{a:1}",
                                "tru",
                                "-",
                                "1.",
                                "1e",
                                "\"",
                                "\"\\x\"",
                                "\"\\u12\"",
                                "\"\\ud800\"",
                                "\"\\ud800\\u0041\"",
                                "\"\\udc00\"",
                                "\"\n\"",
                                "\"\xff\"",
                                "[1]]",
                                "+1",
                                "[,1]"}) {
    EXPECT_FALSE(is_json(text)) << text;
  }
}

TEST(JsonCursorTest, DecodesEscapes) {
  EXPECT_EQ(string_of(R"("\"\\\/\b\f\n\r\tA")"), "\"\\/\b\f\n\r\tA");
  EXPECT_EQ(string_of(R"("\u00e9\u20ac\ud83d\ude00")"), "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  EXPECT_EQ(string_of(R"("\u0000")"), std::string(1, '\0'));
}

TEST(JsonCursorTest, RefusesDeepNestingAtItsLimit) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(is_json(nested(15)));
  EXPECT_TRUE(is_json(nested(16)));
  EXPECT_FALSE(is_json(nested(17)));
  EXPECT_FALSE(is_json(std::string(1'000'000, '[')));
}

TEST(JsonCursorTest, ReadsIntegersOfSixtyFourBitsOnly) {
  const auto integer = [](std::string_view json) {
    JsonCursor cursor(json, 16);
    std::int64_t number = 0;
    return cursor.read_integer(number) && cursor.at_end() ? std::to_string(number) : "failed";
  };
  EXPECT_EQ(integer("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(integer("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(integer("-0"), "0");
  for (std::string_view bad :
       {"9223372036854775808", "-9223372036854775809", "1.0", "1e3", "01", "-", "\"1\""}) {
    EXPECT_EQ(integer(bad), "failed") << bad;
  }
}

TEST(JsonTextTest, EscapesWhatMustBeEscaped) {
  std::string output;
  append_json_string(std::string_view("a\"b\\c\n\r\t\0\x7f\xc3\xa9", 12), output);
  EXPECT_EQ(output, "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u007f\xc3\xa9\"");
  EXPECT_EQ(string_of(output), std::string_view("a\"b\\c\n\r\t\0\x7f\xc3\xa9", 12));
}

TEST(JsonTextTest, WritesOctetsThatAreNotUtf8AsBase64) {
  std::string output;
  append_json_octets("\xff\x00", output);
  EXPECT_EQ(output, "{\"base64\":\"/w==\"}");
}

TEST(JsonTextTest, KnowsUtf8) {
  for (std::string_view good : {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (std::string_view bad :
       {"\x80", "\xc1\x80", "\xc2", "\xc2\x41", "\xe0\x9f\x80", "\xed\xa0\x80", "\xe1\x80",
        "\xf0\x8f\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace mailcosm::sim
