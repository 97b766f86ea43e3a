#include "sim/runner/junit.h"

#include <gtest/gtest.h>

#include "tests/sim/runner/small_scenario.h"

namespace mailcosm::sim::runner {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(JunitTest, NothingIsAnEmptyDocument) {
  EXPECT_EQ(junit({}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mailcosm\" tests=\"0\" "
            "failures=\"0\" errors=\"0\" time=\"0.000\">\n</testsuites>\n");
}

TEST(JunitTest, ASuiteHasACaseForEachExpectationAndTheGolden) {
  const std::string xml = junit({passed_result()});
  EXPECT_TRUE(contains(xml,
                       "<testsuite name=\"folder/good.yaml\" tests=\"3\" failures=\"0\" "
                       "errors=\"0\" skipped=\"1\""))
      << xml;
  EXPECT_TRUE(contains(xml,
                       "<testcase name=\"parses\" classname=\"folder.good\" "
                       "file=\"folder/good.yaml\" line=\"1\""));
  EXPECT_TRUE(contains(xml,
                       "<testcase name=\"1. All is well.\" classname=\"folder.good\" "
                       "file=\"folder/good.yaml\" line=\"3\""));
  EXPECT_TRUE(contains(xml, "name=\"golden\""));
}

TEST(JunitTest, AFailureBeginsWithItsPlace) {
  CaseResult result = failed_result();
  result.milliseconds = 1234;
  const std::string xml = junit({result});
  EXPECT_TRUE(contains(xml, "type=\"expectation\">folder/small.yaml:7: Bob has the mail.\n"))
      << xml;
  EXPECT_TRUE(contains(xml, "message=\"Bob has the mail. Found: there was none\""));
  EXPECT_TRUE(contains(xml, "<property name=\"seed\" value=\"1\"/>"));
  EXPECT_TRUE(contains(xml, "<property name=\"digest\" value=\"00000000000000ab\"/>"));
  EXPECT_TRUE(contains(xml, "value=\"mailcosm test folder/small.yaml\""));
  EXPECT_TRUE(contains(xml, "time=\"1.234\""));
}

TEST(JunitTest, WhatDoesNotParseIsAnError) {
  CaseResult result;
  result.file = "a.yaml";
  result.verdict = Verdict::kInvalid;
  result.problem = "a.yaml:3:4: unknown key 'x'\n    x\n    ^\n";
  result.problem_source = {0, 3, 4};
  const std::string xml = junit({result});
  EXPECT_TRUE(contains(xml, "tests=\"1\" failures=\"0\" errors=\"1\"")) << xml;
  EXPECT_TRUE(
      contains(xml, "<error message=\"unknown key 'x'\" type=\"parses\">a.yaml:3: unknown"));
}

TEST(JunitTest, HostileTextStaysText) {
  const std::string hostile = std::string("]]></failure>\x01\xff\"<&\n") + '\0';
  const std::string xml = junit({failed_result(hostile)});
  EXPECT_FALSE(contains(xml, "]]></failure>\x01"));
  EXPECT_TRUE(contains(xml, "]]&gt;&lt;/failure&gt;\\x01\\xff&quot;&lt;&amp;&#10;\\x00"));
}

}  // namespace
}  // namespace mailcosm::sim::runner
