#include "sim/runner/tap.h"

#include <gtest/gtest.h>

#include "tests/sim/runner/small_scenario.h"

namespace mailcosm::sim::runner {
namespace {

TEST(TapTest, BeginsWithVersionAndPlan) { EXPECT_EQ(tap_begin(3), "TAP version 14\n1..3\n"); }

TEST(TapTest, ACaseIsASubtestAndATestPoint) {
  EXPECT_EQ(tap_case(passed_result("a#b.yaml"), 2),
            "# Subtest: a\\#b.yaml\n    1..3\n    ok 1 - parses\n    ok 2 - 1. All is well.\n"
            "    ok 3 - golden # SKIP \nok 2 - a\\#b.yaml\n");
}

TEST(TapTest, WhatFailedHasDiagnosticsInYaml) {
  const std::string text = tap_case(failed_result("Say \"x\\y\"."), 1);
  EXPECT_NE(text.find("    not ok 2 - 1. Say \"x\\\\y\".\n      ---\n"
                      "      message: \"Say \\\"x\\\\y\\\". Found: there was none\"\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n        line: 7\n"), std::string::npos);
  EXPECT_NE(text.find("\n      ...\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\nnot ok 1 - folder/small.yaml\n"));
}

TEST(TapTest, NoTextBreaksALine) {
  const std::string text = tap_case(failed_result("a\nok 7 - not a test\r\x1b[2J"), 1);
  EXPECT_EQ(text.find("\nok 7"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST(TapTest, BailsOutInOneLine) { EXPECT_EQ(tap_bail_out("a\nb"), "Bail out! a\\nb\n"); }

}  // namespace
}  // namespace mailcosm::sim::runner
