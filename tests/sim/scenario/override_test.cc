#include "sim/scenario/override.h"

#include <gtest/gtest.h>

#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

Override set(std::string_view text) { return parse_override(text).value(); }

TEST(OverrideTest, SplitsAtTheFirstEqualsSign) {
  EXPECT_EQ(set("title=a=b").path, "title");
  EXPECT_EQ(set("title=a=b").value, "a=b");
  EXPECT_FALSE(parse_override("title"));
  EXPECT_FALSE(parse_override("=1"));
}

TEST(OverrideTest, ReplacesAndAddsValues) {
  const Scenario scenario = parsed(kTwoOrganisations, {set("seed=7"), set("title=Another")});
  EXPECT_EQ(scenario.seed, 7u);
  EXPECT_EQ(scenario.title, "Another");
}

TEST(OverrideTest, FindsKeysWithDots) {
  const Scenario scenario =
      parsed(kTwoOrganisations, {set("organisations.blue.com.users.bob.password=other"),
                                 set("organisations.blue.com.mail.mx={edge: 5}")});
  EXPECT_EQ(scenario.mailbox_servers[1].accounts[0].password, "other");
  EXPECT_EQ(scenario.mtas[2].host, "edge.blue.com");
}

TEST(OverrideTest, CountsElementsFromOne) {
  const std::string text =
      std::string(kTwoOrganisations) + "story:\n  - at: 1 s\n    alice checks mail:\n";
  EXPECT_EQ(parsed(text, {set("story.1.at=5 s")}).story[0].at, Instant{5'000'000'000});
  EXPECT_EQ(messages(text, {set("story.2.at=5 s")}),
            std::vector<std::string>{"there is no element '2'"});
  EXPECT_EQ(messages(text, {set("story.0.at=5 s")}),
            std::vector<std::string>{"there is no element '0'"});
}

TEST(OverrideTest, ProblemsNameTheOption) {
  const Override wrong = set("until=3");
  const Parsed result = parse("test.yaml", kTwoOrganisations, std::span(&wrong, 1));
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].file, "--set until");
  EXPECT_EQ(result.problems[0].line, "3");
  const Override below = set("title.x=3");
  EXPECT_FALSE(parse("test.yaml", kTwoOrganisations, std::span(&below, 1)).scenario);
  const Override unknown = set("seeed=3");
  EXPECT_FALSE(parse("test.yaml", kTwoOrganisations, std::span(&unknown, 1)).scenario);
}

TEST(OverrideTest, TheLastOneWins) {
  EXPECT_EQ(parsed(kTwoOrganisations, {set("seed=7"), set("seed=8")}).seed, 8u);
}

}  // namespace
}  // namespace mailcosm::sim::scenario
