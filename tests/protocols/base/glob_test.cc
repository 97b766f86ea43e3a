#include "protocols/base/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm {
namespace {

TEST(GlobTest, FitsTheWholeText) {
  EXPECT_TRUE(matches_glob("", ""));
  EXPECT_TRUE(matches_glob("", "**"));
  EXPECT_FALSE(matches_glob("", "?"));
  EXPECT_TRUE(matches_glob("mx1.blue.com", "mx?.*"));
  EXPECT_FALSE(matches_glob("mx1.blue.com", "mx?"));
  EXPECT_TRUE(matches_glob("aXbXc", "a*c"));
  EXPECT_TRUE(matches_glob("aab", "*ab"));
  EXPECT_FALSE(matches_glob("aab", "*aa"));
  EXPECT_TRUE(matches_glob("250 OK", "250*"));
  EXPECT_FALSE(matches_glob("550 no", "250*"));
}

TEST(GlobTest, PatternsKnowStarAndQuestionMark) {
  EXPECT_TRUE(matches_glob("", ""));
  EXPECT_TRUE(matches_glob("", "*"));
  EXPECT_TRUE(matches_glob("abc", "a*c"));
  EXPECT_TRUE(matches_glob("abc", "a?c"));
  EXPECT_TRUE(matches_glob("aXbXc", "*b*"));
  EXPECT_TRUE(matches_glob("aab", "*ab"));
  EXPECT_FALSE(matches_glob("abc", "a?"));
  EXPECT_FALSE(matches_glob("abc", "b*"));
  EXPECT_FALSE(matches_glob("", "?"));
  EXPECT_FALSE(matches_glob(std::string(10'000, 'a'), "*a*a*a*a*a*a*b"));
}

TEST(GlobTest, KnowsWhetherLettersCount) {
  EXPECT_FALSE(matches_glob("RCPT TO:<bob>", "rcpt*"));
  EXPECT_TRUE(matches_glob("RCPT TO:<bob>", "rcpt*", GlobCase::kIgnored));
  EXPECT_FALSE(matches_glob("[", "{", GlobCase::kIgnored));
}

// No pattern takes exponential time.
TEST(GlobTest, EndsSoonWithManyStars) {
  std::string pattern;
  for (int i = 0; i < 1'000; ++i) pattern += "*a";
  EXPECT_FALSE(matches_glob(std::string(10'000, 'a') + "b", pattern + "c"));
}

}  // namespace
}  // namespace mailcosm
