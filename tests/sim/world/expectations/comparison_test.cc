#include "sim/world/expectations/comparison.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::expectations {
namespace {

using scenario::Check;
using scenario::Comparison;
using scenario::Quantity;

Check text_check(Comparison comparison, std::string text) {
  return {"x", {}, comparison, Quantity::kText, std::move(text), 0, {}};
}
Property texts(std::vector<std::string> values) {
  return {FieldType::kText, std::move(values), 0, true};
}

TEST(ComparisonTest, TextsCompareInSevenWays) {
  EXPECT_TRUE(holds(Comparison::kIs, "ab", "ab"));
  EXPECT_FALSE(holds(Comparison::kIs, "ab", "AB"));
  EXPECT_TRUE(holds(Comparison::kIsNot, "ab", "a"));
  EXPECT_TRUE(holds(Comparison::kContains, "abc", "b"));
  EXPECT_TRUE(holds(Comparison::kContainsNot, "abc", "x"));
  EXPECT_TRUE(holds(Comparison::kStartsWith, "abc", "ab"));
  EXPECT_TRUE(holds(Comparison::kEndsWith, "abc", "bc"));
  EXPECT_TRUE(holds(Comparison::kMatches, "abc", "a*"));
}

TEST(ComparisonTest, NumbersCompareAtTheirEdges) {
  EXPECT_TRUE(holds(Comparison::kAtLeast, 2, 2));
  EXPECT_FALSE(holds(Comparison::kAtLeast, 1, 2));
  EXPECT_TRUE(holds(Comparison::kAtMost, 2, 2));
  EXPECT_FALSE(holds(Comparison::kAtMost, 3, 2));
  EXPECT_FALSE(holds(Comparison::kMoreThan, 2, 2));
  EXPECT_TRUE(holds(Comparison::kMoreThan, 3, 2));
  EXPECT_FALSE(holds(Comparison::kLessThan, 2, 2));
  EXPECT_TRUE(holds(Comparison::kLessThan, 1, 2));
}

TEST(ComparisonTest, OneOfSeveralTextsMustFitAndNoneMayBeForbidden) {
  EXPECT_TRUE(holds(text_check(Comparison::kIs, "b"), texts({"a", "b"})));
  EXPECT_FALSE(holds(text_check(Comparison::kIs, "c"), texts({"a", "b"})));
  EXPECT_FALSE(holds(text_check(Comparison::kIsNot, "b"), texts({"a", "b"})));
  EXPECT_TRUE(holds(text_check(Comparison::kIsNot, "c"), texts({"a", "b"})));
  EXPECT_FALSE(holds(text_check(Comparison::kIs, ""), texts({})));
  EXPECT_TRUE(holds(text_check(Comparison::kContainsNot, "x"), texts({})));
}

TEST(ComparisonTest, TheTypeOfTheFieldDecidesWhatATextMeans) {
  const Property ttl{FieldType::kDuration, {}, 3'600'000'000'000, true};
  EXPECT_TRUE(holds(text_check(Comparison::kIs, "1 h"), ttl));
  EXPECT_FALSE(holds(text_check(Comparison::kIs, "1 min"), ttl));
  EXPECT_FALSE(holds(text_check(Comparison::kIs, "long"), ttl));
  EXPECT_TRUE(holds(text_check(Comparison::kIs, "true"), {FieldType::kFlag, {}, 1, true}));
  EXPECT_TRUE(holds(text_check(Comparison::kIs, "never"),
                    {FieldType::kInstant, {}, Instant::never().ns, true}));
  const Check number{"x", {}, Comparison::kMoreThan, Quantity::kNumber, "9", 9, {}};
  EXPECT_TRUE(holds(number, texts({"10"})));
  EXPECT_FALSE(holds(number, texts({"ten"})));
}

TEST(ComparisonTest, WhatIsUnknownFitsNothing) {
  Property unknown;
  unknown.known = false;
  EXPECT_FALSE(holds(text_check(Comparison::kIsNot, "x"), unknown));
  EXPECT_EQ(to_text(unknown), "nothing of this name");
  EXPECT_EQ(to_text(texts({"a\nb", "c"})), "\"a\\nb\", \"c\"");
}

}  // namespace
}  // namespace mailcosm::sim::expectations
