#include "protocols/imap/sequence_set.h"

#include <gtest/gtest.h>

namespace mailcosm::imap {
namespace {

std::string resolved(std::string_view text, std::uint32_t largest) {
  return SequenceSet::parse(text).value().resolved(largest).to_string();
}

TEST(SequenceSetTest, ReadsAndWritesItsText) {
  for (const char* text : {"1", "*", "1:3", "3:1", "1:*", "*:4", "1:3,5,7:*", "4294967295"}) {
    const auto set = SequenceSet::parse(text);
    ASSERT_TRUE(set) << text;
    EXPECT_EQ(set->to_string(), text);
  }
}

TEST(SequenceSetTest, RefusesWhatIsNoSet) {
  for (const char* text : {"", "0", "01", "1:", ":1", ",1", "1,", "1,,2", "1-2", "a", "4294967296",
                           "1:0", "1 2", "$"}) {
    EXPECT_FALSE(SequenceSet::parse(text)) << text;
  }
}

// RFC 3501 section 9: the order of a range does not matter, ranges may overlap, and `*` is the
// largest number in use.
TEST(SequenceSetTest, ResolvesRanges) {
  EXPECT_EQ(resolved("4:2", 9), "2:4");
  EXPECT_EQ(resolved("2,4:7,9,12:*", 15), "2,4:7,9,12:15");
  EXPECT_EQ(resolved("*:4,5:7", 10), "4:10");
  EXPECT_EQ(resolved("3291:*", 7), "7:3291");
  EXPECT_EQ(resolved("*", 0), "");
  EXPECT_EQ(resolved("1:*,4", 0), "4");
  EXPECT_EQ(resolved("1:4294967295,4294967295", 3), "1:4294967295");
}

TEST(SequenceSetTest, KnowsWhatItContains) {
  const SequenceSet set = SequenceSet::parse("2:4,9,20:*").value().resolved(30);
  for (std::uint32_t number : {2u, 3u, 4u, 9u, 20u, 30u})
    EXPECT_TRUE(set.contains(number)) << number;
  for (std::uint32_t number : {1u, 5u, 8u, 10u, 19u, 31u})
    EXPECT_FALSE(set.contains(number)) << number;
}

TEST(SequenceSetTest, LimitsItsRanges) {
  EXPECT_TRUE(SequenceSet::parse("1,2", 3));
  EXPECT_TRUE(SequenceSet::parse("1,2,3", 3));
  EXPECT_FALSE(SequenceSet::parse("1,2,3,4", 3));
}

TEST(SequenceSetTest, CompressesNumbers) {
  EXPECT_EQ(compressed({1, 2, 3, 7, 9, 10}).to_string(), "1:3,7,9:10");
  EXPECT_TRUE(compressed({}).empty());
}

}  // namespace
}  // namespace mailcosm::imap
