// Every rule finds what it is for, and the page explains every rule.
#include "sim/lint/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "tests/sim/scenario/support.h"
#include "tests/support/golden.h"

namespace mailcosm::sim::lint {
namespace {

constexpr const char* kFolder = "tests/sim/lint/rules/";

std::vector<Finding> findings_of(const std::string& text) {
  return lint(scenario::parsed(text), text);
}

bool found(const std::vector<Finding>& findings, std::string_view rule) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.rule->name == rule; });
}

class RuleTest : public testing::TestWithParam<std::string> {};

TEST_P(RuleTest, FindsItsScenario) {
  const std::string path = kFolder + GetParam();
  const std::string text = scenario::read_file(path + ".yaml");
  const auto findings = findings_of(text);
  EXPECT_TRUE(found(findings, GetParam()));
  for (const Finding& finding : findings)
    EXPECT_TRUE(finding.source.known()) << finding.rule->name << ": " << finding.message;
  EXPECT_GOLDEN(path + ".expected", to_text(findings, GetParam() + ".yaml", text));
}

TEST_P(RuleTest, IsSilencedAtTheTop) {
  if (GetParam().starts_with("ignore-")) return;
  const std::string text =
      scenario::read_file(kFolder + GetParam() + ".yaml") + "x-ignore: " + GetParam() + "\n";
  const auto findings = findings_of(text);
  EXPECT_FALSE(found(findings, GetParam()));
  EXPECT_FALSE(found(findings, "ignore-unused"));
}

std::vector<std::string> rule_names() {
  std::vector<std::string> names;
  for (const Rule& rule : rules()) names.emplace_back(rule.name);
  return names;
}

std::string test_name(const testing::TestParamInfo<std::string>& rule) {
  std::string name = rule.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleTest, testing::ValuesIn(rule_names()), test_name);

TEST(RuleTableTest, HasManyRulesEachOnceAndExplained) {
  std::set<std::string_view> names;
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_TRUE(rule.about.ends_with('.')) << rule.name;
    EXPECT_TRUE(rule.explanation.ends_with('.')) << rule.name;
  }
  EXPECT_GE(names.size(), 20u);
}

TEST(RuleTableTest, EveryFileIsOfARule) {
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".yaml") continue;
    EXPECT_NE(find_rule(entry.path().stem().string()), nullptr) << entry.path();
  }
}

TEST(RuleTableTest, ThePageIsOfThisVersion) { EXPECT_GOLDEN("docs/lint.md", reference_page()); }

TEST(LintTest, FindsNothingInAGoodScenario) {
  const std::string text = scenario::read_file("scenarios/first/alice_to_bob.yaml");
  EXPECT_EQ(to_text(findings_of(text), "alice_to_bob.yaml", text), "");
}

TEST(LintTest, TellsAFindingAsJson) {
  const Finding finding{find_rule("ttl-zero"), {0, 3, 7}, "a \"quoted\"\nline", "back\\slash"};
  EXPECT_EQ(to_json(finding, "a.yaml"),
            "{\"file\":\"a.yaml\",\"line\":3,\"column\":7,\"rule\":\"ttl-zero\",\"severity\":"
            "\"warning\",\"message\":\"a \\\"quoted\\\"\\u000aline\",\"about\":\"A TTL is "
            "zero.\",\"suggestion\":\"back\\\\slash\"}\n");
}

TEST(LintTest, TellsMoreFindingsThanOneReportHolds) {
  std::string text = "mailcosm: 1\ntitle: T\nexpect: [{queue: {}, has: {count: 0}}]\nhosts:\n";
  for (int i = 0; i < 30; ++i) text += "  h" + std::to_string(i) + ".org: {}\n";
  const auto findings = findings_of(text);
  EXPECT_GE(findings.size(), 30u);
  EXPECT_NE(to_text(findings, "a.yaml", text).find("h29.org"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim::lint
