#include "protocols/base/line_end.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm {
namespace {

TEST(LineEndTest, FindsTheFirstOfBothAtEveryPosition) {
  for (const char end : {'\r', '\n'}) {
    for (std::size_t size = 0; size < 40; ++size) {
      for (std::size_t at = 0; at <= size; ++at) {
        std::string text(size, 'x');
        if (at < size) text[at] = end;
        for (std::size_t from = 0; from <= size; ++from)
          EXPECT_EQ(find_line_end(text, from), from <= at ? at : size);
        if (at + 1 < size) text[at + 1] = end == '\r' ? '\n' : '\r';
        EXPECT_EQ(find_line_end(text, 0), at);
      }
    }
  }
}

// The octets around CR and LF, and those that differ from them in the high bit only.
TEST(LineEndTest, TakesNothingElseForALineEnd) {
  for (int octet = 0; octet < 256; ++octet) {
    const bool is_end = octet == '\r' || octet == '\n';
    const std::string text(24, static_cast<char>(octet));
    EXPECT_EQ(find_line_end(text, 0), is_end ? 0u : text.size()) << octet;
    EXPECT_EQ(find_line_end(text + "\r", 3), is_end ? 3u : text.size()) << octet;
  }
}

}  // namespace
}  // namespace mailcosm
