// Names with ranges.
#include <gtest/gtest.h>

#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

std::string story(const std::string& to) {
  return std::string(kTwoOrganisations) +
         "story:\n  - at: 0 s\n    alice writes:\n      to: " + to + "\n";
}

std::vector<std::string> recipients(const std::string& to) {
  const Scenario scenario = parsed(story(to));
  return scenario.story.empty() ? std::vector<std::string>()
                                : std::get<Writes>(scenario.story[0].action).to;
}

TEST(RepeatTest, ARangeStandsForOneOfEach) {
  EXPECT_EQ(recipients("user{1..3}@blue.com"),
            (std::vector<std::string>{"user1@blue.com", "user2@blue.com", "user3@blue.com"}));
  EXPECT_EQ(recipients("[a@x.com, \"u{9..10}@x.com\"]"),
            (std::vector<std::string>{"a@x.com", "u9@x.com", "u10@x.com"}));
}

TEST(RepeatTest, TheFirstOfSeveralRunsFastest) {
  EXPECT_EQ(recipients("u{1..2}@d{1..2}.com"),
            (std::vector<std::string>{"u1@d1.com", "u2@d1.com", "u1@d2.com", "u2@d2.com"}));
}

TEST(RepeatTest, TheFirstNumberTellsTheWidth) {
  EXPECT_EQ(recipients("u{08..10}@x.com"),
            (std::vector<std::string>{"u08@x.com", "u09@x.com", "u10@x.com"}));
}

TEST(RepeatTest, ARangeOfOneIsOne) {
  EXPECT_EQ(recipients("u{7..7}@x.com"), std::vector<std::string>{"u7@x.com"});
}

// RFC 5322 section 3.2.3: braces are atext, so an address may have them.
TEST(RepeatTest, BracesAroundSomethingElseMeanNothing) {
  EXPECT_EQ(recipients("\"u{1}@x.com\""), std::vector<std::string>{"u{1}@x.com"});
  EXPECT_EQ(recipients("\"{u}{1..2}@x.com\""),
            (std::vector<std::string>{"{u}1@x.com", "{u}2@x.com"}));
}

TEST(RepeatTest, OrganisationsAndUsersHaveRanges) {
  const Scenario scenario = parsed(
      "mailcosm: 1\ntitle: A test\norganisations:\n  d{1..3}.com:\n    users:\n      u{1..2}: "
      "{devices: {laptop: imap}}\n");
  EXPECT_EQ(scenario.clients.size(), 6u);
  EXPECT_EQ(scenario.clients[0].user, "u1@d1.com");
  EXPECT_EQ(scenario.clients[5].user, "u2@d3.com");
  EXPECT_EQ(scenario.mailbox_servers.size(), 3u);
}

TEST(RepeatTest, ARangeRunsForwards) {
  EXPECT_EQ(messages(story("u{3..1}@x.com")),
            std::vector<std::string>{"the range {3..1} runs backwards"});
}

TEST(RepeatTest, ANameIsThereOnlyOnce) {
  EXPECT_EQ(messages("mailcosm: 1\ntitle: A test\norganisations:\n  a.com:\n    users:\n      "
                     "u2: {}\n      u{1..3}: {}\n"),
            std::vector<std::string>{"the name 'u2' is there already"});
}

TEST(RepeatTest, ThereIsALimit) {
  EXPECT_EQ(recipients("u{1..10000}@x.com").size(), 10'000u);
  const std::string too_many = "ranges stand for more than 100000 names";
  EXPECT_EQ(messages(story("u{1..100001}@x.com")), std::vector<std::string>{too_many});
  EXPECT_EQ(messages(story("u{0..18446744073709551615}@x.com")),
            std::vector<std::string>{too_many});
  EXPECT_EQ(messages(story("u{1..1000}@d{1..1000}.com")), std::vector<std::string>{too_many});
}

TEST(RepeatTest, ElsewhereBracesAreText) {
  const Scenario scenario = parsed(std::string(kTwoOrganisations) +
                                   "story:\n  - at: 0 s\n    alice writes: {to: bob@blue.com, "
                                   "subject: \"Seats {1..3}\"}\n");
  EXPECT_EQ(std::get<Writes>(scenario.story[0].action).subject, "Seats {1..3}");
}

}  // namespace
}  // namespace mailcosm::sim::scenario
