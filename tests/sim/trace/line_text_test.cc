#include "sim/trace/line_text.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

TEST(LineTextTest, ShowsControlsEscaped) {
  EXPECT_EQ(printable("a\r\n\tb\x1b[31m\x7f", 100), "a\\r\\n\\tb\\x1b[31m\\x7f");
  EXPECT_EQ(printable(std::string_view("\0", 1), 100), "\\x00");
  EXPECT_EQ(printable("caf\xc3\xa9 \xff \xc3", 100), "caf\xc3\xa9 \\xff \\xc3");
}

TEST(LineTextTest, ShowsHiddenCharactersEscaped) {
  EXPECT_EQ(printable("\xc2\x9b", 100), "\\u{9b}");
  EXPECT_EQ(printable("a\xe2\x80\xae"
                      "b",
                      100),
            "a\\u{202e}b");
}

TEST(LineTextTest, CutsAtItsColumns) {
  EXPECT_EQ(printable("0123456789", 10), "0123456789");
  EXPECT_EQ(printable("0123456789x", 10), "0123456...");
  EXPECT_EQ(columns_of(printable(std::string(50, '\x01'), 10)), 7u);  // one escape and the dots
  EXPECT_EQ(printable("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 4), "\xc3\xa9...");
}

}  // namespace
}  // namespace mailcosm::sim
