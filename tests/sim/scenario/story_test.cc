// Stories and expectations as the world gets them.
#include <gtest/gtest.h>

#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

Scenario with(std::string_view more) {
  return parsed(std::string(kTwoOrganisations) + std::string(more));
}

TEST(StoryTest, AStepNamesUserDeviceAndHost) {
  const Scenario scenario = with(
      "story:\n  - at: 1 min\n    alice writes: {to: Bob@BLUE.com, subject: Hello, body: Hi}\n");
  ASSERT_EQ(scenario.story.size(), 1u);
  const Step& step = scenario.story[0];
  EXPECT_EQ(step.at, Instant{60'000'000'000});
  EXPECT_EQ(step.user, "alice@red.com");
  EXPECT_EQ(step.device, "laptop");
  EXPECT_EQ(step.host, "alice-laptop.red.com");
  const auto& writes = std::get<Writes>(step.action);
  EXPECT_EQ(writes.to, std::vector<std::string>{"Bob@blue.com"});
  EXPECT_EQ(writes.subject, "Hello");
  EXPECT_EQ(step.sentence, "Alice Red writes to Bob@blue.com on the laptop: Hello");
  EXPECT_EQ(step.source, (SourcePosition{0, 12, 5}));
}

TEST(StoryTest, StepsAreInTheOrderOfTime) {
  const Scenario scenario = with(
      "story:\n  - at: 2 s\n    bob checks mail:\n  - at: 1 s\n    alice checks mail:\n  - at: 1 "
      "s\n    bob checks mail: desktop\n");
  EXPECT_EQ(scenario.story[0].user, "alice@red.com");
  EXPECT_EQ(scenario.story[1].device, "desktop");
  EXPECT_EQ(scenario.story[2].device, "phone");
}

TEST(StoryTest, TheFirstDeviceThatCanDoItIsChosen) {
  const Scenario scenario = parsed(
      "mailcosm: 1\ntitle: A test\norganisations:\n  a.com:\n    users:\n      u: {devices: {old: "
      "pop3, new: imap, pen: none}}\n"
      "story:\n  - at: 0 s\n    u marks: {add: \\Seen}\n  - at: 0 s\n    u deletes:\n");
  EXPECT_EQ(scenario.story[0].device, "new");
  EXPECT_EQ(scenario.story[1].device, "old");
}

TEST(StoryTest, ReadingAndReplyingChooseMessages) {
  const Scenario scenario = with(
      "story:\n  - at: 1 s\n    bob reads: {messages: Lunch}\n  - at: 2 s\n    bob replies: "
      "{device: desktop, messages: {from: alice@red.com}, body: Gladly}\n  - at: 3 s\n    bob "
      "reads:\n");
  ASSERT_EQ(scenario.story.size(), 3u);
  EXPECT_EQ(std::get<Reads>(scenario.story[0].action).messages.subject, "Lunch");
  EXPECT_EQ(scenario.story[0].device, "phone");
  EXPECT_EQ(scenario.story[0].sentence, "Bob reads \"Lunch\" in INBOX on the phone.");
  const auto& replies = std::get<Replies>(scenario.story[1].action);
  EXPECT_EQ(replies.messages.from, "alice@red.com");
  EXPECT_TRUE(replies.messages.newest);
  EXPECT_EQ(replies.body, "Gladly");
  EXPECT_EQ(scenario.story[1].sentence,
            "Bob replies on the desktop to the newest message from alice@red.com in INBOX.");
  EXPECT_FALSE(std::get<Reads>(scenario.story[2].action).messages.subject);
}

TEST(StoryTest, ReplyingNeedsBothDirections) {
  EXPECT_EQ(messages("mailcosm: 1\ntitle: A test\norganisations:\n  a.com:\n    users:\n      u: "
                     "{devices: {pen: none}}\nstory:\n  - at: 0 s\n    u replies: {body: Hi}\n"),
            std::vector<std::string>{"u@a.com has no device that could do this"});
}

TEST(StoryTest, EachRecipientMayGetAMessageOfHisOwn) {
  const Scenario scenario =
      with("story:\n  - at: 0 s\n    alice writes: {to: [a@x.com, b@x.com], individually: true}\n");
  EXPECT_TRUE(std::get<Writes>(scenario.story[0].action).individually);
}

TEST(StoryTest, AUserMayBeNamedInFull) {
  const std::string text =
      "mailcosm: 1\ntitle: A test\norganisations:\n  a.com:\n    users: {u: {devices: {d: imap}}}\n"
      "  b.com:\n    users: {u: {devices: {d: imap}}}\nstory:\n  - at: 0 s\n    u@b.com checks "
      "mail:\n";
  EXPECT_EQ(parsed(text).story[0].host, "u-d.b.com");
}

TEST(StoryTest, AHostCanLookUpANameToo) {
  const Scenario scenario = with("story:\n  - at: 0 s\n    mx1.red.com looks up: blue.com\n");
  EXPECT_EQ(scenario.story[0].host, "mx1.red.com");
  EXPECT_TRUE(scenario.story[0].user.empty());
  EXPECT_EQ(std::get<LooksUp>(scenario.story[0].action).type, "A");
}

TEST(ExpectationTest, APlainValueMustBeEqual) {
  const Scenario scenario = with("expect:\n  - mailbox: bob\n    has: {count: 2}\n");
  const Expectation& expectation = scenario.expectations[0];
  EXPECT_EQ(expectation.topic, Topic::kMailbox);
  ASSERT_EQ(expectation.where.size(), 2u);
  EXPECT_EQ(expectation.where[0].text, "bob@blue.com");
  EXPECT_EQ(expectation.where[1].text, "INBOX");
  EXPECT_EQ(expectation.checks[0].comparison, Comparison::kIs);
  EXPECT_EQ(expectation.checks[0].number, 2);
  EXPECT_EQ(expectation.sentence,
            "Mailbox with user is \"bob@blue.com\", mailbox is \"INBOX\": count is 2.");
}

TEST(ExpectationTest, AListMeansEachOfItsElements) {
  const Scenario scenario = with(
      "expect:\n  - message: {user: bob}\n    has: {header Received: {contains: [a, b]}, count of "
      "header Received: {at_least: 2}}\n");
  const Expectation& expectation = scenario.expectations[0];
  ASSERT_EQ(expectation.checks.size(), 3u);
  EXPECT_EQ(expectation.checks[0].property, "header");
  EXPECT_EQ(expectation.checks[0].header, "Received");
  EXPECT_EQ(expectation.checks[1].text, "b");
  EXPECT_EQ(expectation.checks[2].property, "header_count");
  EXPECT_EQ(expectation.checks[2].comparison, Comparison::kAtLeast);
}

TEST(ExpectationTest, QuantitiesBecomeIntegers) {
  const Scenario scenario = with(
      "expect:\n  - lookup: {name: blue.com}\n    has: {ttl: {at_most: 1 h}, time: 5 s}\n    "
      "after: 1 s\n    within: 1 min\n"
      "  - event: {kind: mx.selected, fields: {preference: 10, host: \"10\"}}\n    never: true\n");
  const auto& checks = scenario.expectations[0].checks;
  EXPECT_EQ(checks[0].quantity, Quantity::kDuration);
  EXPECT_EQ(checks[0].number, 3'600'000'000'000);
  EXPECT_EQ(checks[1].quantity, Quantity::kInstant);
  EXPECT_EQ(scenario.expectations[0].after, Instant{1'000'000'000});
  EXPECT_EQ(scenario.expectations[0].within, Instant{60'000'000'000});
  const auto& where = scenario.expectations[1].where;
  EXPECT_EQ(where[1].quantity, Quantity::kNumber);
  EXPECT_EQ(where[2].quantity, Quantity::kText);
  EXPECT_TRUE(scenario.expectations[1].never);
}

}  // namespace
}  // namespace mailcosm::sim::scenario
