#include "sim/runner/selection.h"

#include <gtest/gtest.h>

#include <set>

#include "sim/runner/last_failed.h"

namespace mailcosm::sim::runner {
namespace {

TEST(SelectionTest, AFilterWithoutPatternIsAPartOfPathOrTitle) {
  EXPECT_TRUE(fits("MX/", "scenarios/mx/a.yaml", "Title"));
  EXPECT_TRUE(fits("itl", "scenarios/mx/a.yaml", "Title"));
  EXPECT_FALSE(fits("dns", "scenarios/mx/a.yaml", "Title"));
  EXPECT_TRUE(fits("", "a.yaml", ""));
}

TEST(SelectionTest, AFilterWithPatternFitsTheWhole) {
  EXPECT_TRUE(fits("mx/*", "scenarios/mx/a.yaml", ""));
  EXPECT_TRUE(fits("*.yaml", "scenarios/mx/a.yaml", ""));
  EXPECT_TRUE(fits("?.yaml", "scenarios/mx/a.yaml", ""));
  EXPECT_TRUE(fits("alice*BOB", "x.yaml", "Alice writes to Bob"));
  EXPECT_FALSE(fits("x*", "scenarios/mx.yml/a.yaml", ""));
  EXPECT_FALSE(fits("mx/?", "scenarios/mx/a.yaml", ""));
}

TEST(SelectionTest, ValuesAtTheTopAreReadWithoutParsing) {
  EXPECT_EQ(top_value("mailcosm: 1\ntitle: Two words  \r\n", "title"), "Two words");
  EXPECT_EQ(top_value("title: 'Quoted'\n", "title"), "Quoted");
  EXPECT_EQ(top_value("  title: nested\n", "title"), "");
  EXPECT_EQ(top_value("titles: x\ntitle:\n", "title"), "");
  EXPECT_EQ(top_value("", "title"), "");
}

TEST(SelectionTest, ShardsAreReadStrictly) {
  EXPECT_EQ(parse_shard("2/5").value().index, 2u);
  EXPECT_EQ(parse_shard("5/5").value().count, 5u);
  EXPECT_TRUE(parse_shard("10000/10000").has_value());
  for (const char* wrong : {"", "0/5", "6/5", "1", "1/0", "1/10001", "a/b", "1/5x", "-1/5", "1/ 5"})
    EXPECT_FALSE(parse_shard(wrong).has_value()) << wrong;
}

TEST(SelectionTest, ShardsTogetherAreEverythingOnce) {
  std::vector<std::string> files;
  for (int i = 0; i < 23; ++i) files.push_back(std::to_string(i));
  for (std::uint32_t count : {1u, 2u, 5u, 23u, 30u}) {
    std::multiset<std::string> together;
    for (std::uint32_t index = 1; index <= count; ++index) {
      const auto part = take_shard(files, {index, count});
      EXPECT_GE(part.size(), files.size() / count);
      EXPECT_LE(part.size(), files.size() / count + 1);
      together.insert(part.begin(), part.end());
    }
    EXPECT_EQ(together, std::multiset<std::string>(files.begin(), files.end()));
  }
}

TEST(SelectionTest, RangesHaveBothEndsAndALimit) {
  EXPECT_EQ(parse_range("3").value().last, 3u);
  EXPECT_EQ(parse_range("3..7").value().first, 3u);
  EXPECT_EQ(parse_range("3..7").value().last, 7u);
  EXPECT_TRUE(parse_range("1..1000000").has_value());
  EXPECT_FALSE(parse_range("1..1000001").has_value());
  for (const char* wrong : {"", "0", "7..3", "1..", "..3", "1...3", "1-3", "18446744073709551616"})
    EXPECT_FALSE(parse_range(wrong).has_value()) << wrong;
}

TEST(LastFailedTest, RemembersWhatWasNotRunAgain) {
  LastFailed memory = LastFailed::parse("mailcosm last-failed 1\na.yaml\nb.yaml\n");
  memory.record("a.yaml", false);
  memory.record("c.yaml", true);
  EXPECT_FALSE(memory.contains("a.yaml"));
  EXPECT_TRUE(memory.contains("b.yaml"));
  EXPECT_EQ(LastFailed::parse(memory.to_text()), memory);
  EXPECT_EQ(memory.to_text(), "mailcosm last-failed 1\nb.yaml\nc.yaml\n");
}

TEST(LastFailedTest, AFileOfAnotherFormatIsEmpty) {
  for (const char* text : {"", "a.yaml\n", "mailcosm last-failed 2\na.yaml\n", "\n\n"})
    EXPECT_TRUE(LastFailed::parse(text).files().empty()) << text;
}

TEST(LastFailedTest, NamesThatDoNotFitIntoALineAreNotKept) {
  LastFailed memory;
  memory.record("a\nb.yaml", true);
  EXPECT_TRUE(memory.files().empty());
}

}  // namespace
}  // namespace mailcosm::sim::runner
