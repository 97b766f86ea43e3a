#include "sim/runner/excerpt.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::runner {
namespace {

using scenario::SourcePosition;
using scenario::SourceText;

TEST(ExcerptTest, ShowsTheLineWithACaret) {
  const SourceText text("a.yaml", "one\n  - two\n");
  EXPECT_EQ(excerpt(text, {0, 2, 5}, {}, "nothing"),
            "     2 |   - two\n       |     ^ found: nothing\n");
}

TEST(ExcerptTest, ShowsTheComparisonThatFailedInAnotherLine) {
  const SourceText text("a.yaml", "- says: x\n  has:\n    count: 2\n");
  EXPECT_EQ(excerpt(text, {0, 1, 3}, {0, 3, 12}, "count is 1"),
            "     1 | - says: x\n       |   ^\n"
            "     3 |     count: 2\n       |            ^ found: count is 1\n");
}

TEST(ExcerptTest, ShowsOneLineOnce) {
  const SourceText text("a.yaml", "- {mailbox: bob, has: {count: 2}}\n");
  EXPECT_EQ(excerpt(text, {0, 1, 3}, {0, 1, 24}, "x"),
            "     1 | - {mailbox: bob, has: {count: 2}}\n       |   ^ found: x\n");
}

TEST(ExcerptTest, PutsTheCaretBelowTheCharacterWhateverComesBefore) {
  const SourceText text("a.yaml", "\xc3\xa4\xc3\xb6: x\n");
  EXPECT_EQ(excerpt(text, {0, 1, 5}, {}, ""), "     1 | \xc3\xa4\xc3\xb6: x\n       |     ^\n");
}

TEST(ExcerptTest, CutsLongLinesAroundTheCaret) {
  const std::string line = std::string(500, 'a') + "B" + std::string(500, 'c');
  const SourceText text("a.yaml", line);
  const std::string shown = excerpt(text, {0, 1, 501}, {}, "");
  const std::size_t caret = shown.find('^') - shown.find("\n") - 1;
  EXPECT_EQ(shown[caret], 'B');
  EXPECT_LT(shown.find('\n'), 100u);
}

TEST(ExcerptTest, LeavesOutWhatIsNowhere) {
  const SourceText text("a.yaml", "one\n");
  EXPECT_EQ(excerpt(text, {}, {}, "x"), "");
  EXPECT_EQ(excerpt(text, {0, 9, 1}, {}, "x"), "");
}

}  // namespace
}  // namespace mailcosm::sim::runner
