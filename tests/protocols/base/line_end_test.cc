#include "protocols/base/line_end.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "protocols/base/random.h"

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

TEST(LineEndTest, CountsPairsOnly) {
  for (std::size_t size = 0; size < 200; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      const std::string text = std::string(at, 'x') + "\r\n" + std::string(size - at, 'x');
      ASSERT_EQ(count_line_ends(text), 1u) << at << " of " << size;
      ASSERT_EQ(count_line_ends("\n" + text + "\r"), 1u) << at << " of " << size;
    }
    std::string many;
    for (std::size_t i = 0; i < size; ++i) many += "\r\n";
    EXPECT_EQ(count_line_ends(many), size);
    EXPECT_EQ(count_line_ends("\r" + many + "\n"), std::max<std::size_t>(size, 1));
    EXPECT_EQ(count_line_ends(many + std::string(9'000, 'x') + many + many), 3 * size);
    EXPECT_EQ(count_line_ends(std::string(size, '\n')), 0u);
    EXPECT_EQ(count_line_ends(std::string(size, '\r')), 0u);
  }
}

// What has been passed over, octet by octet; `plain` is false if something in it needed care.
LinePlace place_after(std::string_view passed, LinePlace place, bool& plain) {
  plain = true;
  for (std::size_t i = 0; i < passed.size(); ++i) {
    const char c = passed[i];
    if (c == '.' && place.line_start) plain = false;
    const bool ends = c == '\n' && i != 0 && passed[i - 1] == '\r';
    if (c == '\n' && !ends) plain = false;
    if (c == '\r' && (i + 1 == passed.size() || passed[i + 1] != '\n')) plain = false;
    ++place.length;
    place.longest = std::max(place.longest, place.length);
    place.line_start = ends;
    if (ends) place.length = 0;
  }
  return place;
}

TEST(LineEndTest, PassesPlainLinesOnlyAndKnowsWhereItStands) {
  Random random(3);
  std::size_t passed_in_all = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const std::uint64_t oddity = 1 + random.below(600);
    while (text.size() < 20 + random.below(400)) {
      text += std::string(random.below(90), random.below(9) == 0 ? '.' : 'x');
      if (random.below(3) == 0) text += "\r\n";
      if (random.below(oddity) == 0) text += random.below(2) == 0 ? "\n" : "\r";
      if (random.below(oddity) == 0) text += "\r\n.";
    }
    const std::size_t from = random.below(std::min<std::size_t>(text.size(), 70));
    if (from != 0 && text[from - 1] == '\r') continue;
    const LinePlace before{random.below(2) == 0, random.below(50), random.below(200)};
    LinePlace place = before;
    const std::size_t end = pass_plain_lines(text, from, place);
    ASSERT_GE(end, from);
    passed_in_all += end - from;
    bool plain = false;
    const LinePlace expected =
        place_after(std::string_view(text).substr(from, end - from), before, plain);
    ASSERT_TRUE(plain) << round;
    if (end == from) continue;
    ASSERT_EQ(place.line_start, expected.line_start) << round;
    ASSERT_EQ(place.length, expected.length) << round;
    ASSERT_EQ(place.longest, expected.longest) << round;
    // It stops for a reason: little is left, or something behind needs care.
    if (text.size() - end <= 66) continue;
    place_after(std::string_view(text).substr(end), place, plain);
    ASSERT_FALSE(plain) << round;
  }
#ifdef __SSE2__
  EXPECT_GT(passed_in_all, 500'000u);
#endif
}

}  // namespace
}  // namespace mailcosm
