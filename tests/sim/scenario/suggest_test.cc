#include "sim/scenario/suggest.h"

#include <gtest/gtest.h>

#include <array>

namespace mailcosm::sim::scenario {
namespace {

TEST(SuggestTest, DistanceCountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("subject", "subject"), 0u);
  EXPECT_EQ(edit_distance("subjct", "subject"), 1u);
  EXPECT_EQ(edit_distance("subjject", "subject"), 1u);
  EXPECT_EQ(edit_distance("subjekt", "subject"), 1u);
  EXPECT_EQ(edit_distance("sbuject", "subject"), 1u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
}

TEST(SuggestTest, TheNearestWordIsMeantIfItIsNearEnough) {
  constexpr std::array<std::string_view, 3> kWords = {"story", "expect", "subject"};
  EXPECT_EQ(nearest("storry", kWords), "story");
  EXPECT_EQ(nearest("SUBJECT", kWords), "subject");
  EXPECT_EQ(nearest("xyz", kWords), std::nullopt);
  EXPECT_EQ(nearest("", kWords), std::nullopt);
  EXPECT_EQ(nearest(std::string(65, 'a'), kWords), std::nullopt);
}

TEST(SuggestTest, WithoutANearWordAShortListIsShown) {
  constexpr std::array<std::string_view, 2> kWords = {"imap", "pop3"};
  EXPECT_EQ(suggestion_for("imapp", kWords), "did you mean 'imap'?");
  EXPECT_EQ(suggestion_for("telnet", kWords), "possible here: imap, pop3");
  EXPECT_EQ(suggestion_for("telnet", {}), "");
}

}  // namespace
}  // namespace mailcosm::sim::scenario
