#include "bench/figure.h"

#include <gtest/gtest.h>

namespace mailcosm::bench {
namespace {

TEST(FigureTest, ThousandsAreSeparatedByCommas) {
  EXPECT_EQ(grouped(0, 0), "0");
  EXPECT_EQ(grouped(999, 0), "999");
  EXPECT_EQ(grouped(1'000, 0), "1,000");
  EXPECT_EQ(grouped(1'234'567.25, 2), "1,234,567.25");
  EXPECT_EQ(grouped(-1'000, 0), "-1,000");
  EXPECT_EQ(grouped(-999, 1), "-999.0");
}

TEST(FigureTest, ALineHasNameValueUnitAndRemark) {
  EXPECT_EQ(line_of({"dialogues", 12'345, "connections/s", 0, "of 10 kB", true}),
            "dialogues: 12,345 connections/s (of 10 kB)\n");
  EXPECT_EQ(line_of({"a", 1.5, "us", 1, "", true}), "a: 1.5 us\n");
}

TEST(FigureTest, TheBestRoundIsInJsonOnly) {
  const Figure figure{"a", 2, "x", 0, "", true, 3};
  EXPECT_EQ(json_of({figure}),
            "{\"figures\": [\n  {\"name\": \"a\", \"value\": 2, \"unit\": \"x\", \"best\": 3, "
            "\"machine\": true, \"remark\": \"\"}\n]}\n");
  EXPECT_EQ(line_of(figure), "a: 2 x\n");
}

TEST(FigureTest, NoFiguresAreAnEmptyListInJson) { EXPECT_EQ(json_of({}), "{\"figures\": [\n]}\n"); }

TEST(FigureTest, NamesAndRemarksAreEscapedInJson) {
  EXPECT_EQ(json_of({{"a \"b\"", 2, "x", 0, "c\\d", false}}),
            "{\"figures\": [\n  {\"name\": \"a \\\"b\\\"\", \"value\": 2, \"unit\": \"x\", "
            "\"machine\": false, \"remark\": \"c\\\\d\"}\n]}\n");
}

TEST(FigureTest, ATableHasARowForEachFigure) {
  EXPECT_EQ(table_of({{"a", 1'000, "x", 0, "why", true}}),
            "| what | figure | remark |\n|---|---|---|\n| a | 1,000 x | why |\n");
}

}  // namespace
}  // namespace mailcosm::bench
