// Points of the lesson in a whole world: each is told at the record it speaks of, and one that
// speaks of nothing is reported.
#include <gtest/gtest.h>

#include <string>

#include "sim/world/read_scenario.h"
#include "tests/sim/world/world_run.h"

namespace mailcosm::sim {
namespace {

std::string with(std::string_view points) {
  return R"(mailcosm: 1
title: A lesson
lesson:
  text: Look at it.
  points:
)" + std::string(points) +
         R"(
organisations:
  red.com:
    users:
      alice: {devices: {laptop: imap}}
  blue.com:
    users:
      bob: {}
story:
  - at: 0 s
    alice writes: {to: bob@blue.com, subject: Lunch, body: Noon.}
expect:
  - mailbox: bob
    has: {count: 1}
)";
}

std::vector<const WorldRun::Entry*> points_of(const WorldRun& run) {
  std::vector<const WorldRun::Entry*> points;
  for (const WorldRun::Entry& entry : run.entries) {
    if (entry.kind == Kind::kLessonPoint) points.push_back(&entry);
  }
  return points;
}

TEST(LessonTest, TellsEachPointAtTheRecordItSpeaksOf) {
  const WorldRun run(with(R"(
    - at: {event: {kind: message.stored, host: store.blue.com}}
      caption: There it is.
    - at: {line: {host: mx1.blue.com, direction: sent, text: {starts_with: "250 2.1.5"}}}
      question: What does it answer?
      answers: ["250", "550"]
      answer: 1
      because: Bob lives here.
    - at: {event: mx.selected}
      note: More.
)"));
  EXPECT_EQ(run.failures, "");
  const auto points = points_of(run);
  ASSERT_EQ(points.size(), 3u);
  EXPECT_EQ(points[0]->numbers[0], 1);
  EXPECT_EQ(points[0]->texts[1], "There it is.");
  EXPECT_EQ(points[0]->texts[2], "");
  EXPECT_EQ(points[0]->texts[5], "");
  ASSERT_EQ(points[0]->causes.size(), 1u);
  EXPECT_EQ(run.find(points[0]->causes[0])->kind, Kind::kMessageStored);
  EXPECT_EQ(points[1]->texts[2], "What does it answer?");
  EXPECT_EQ(points[1]->texts[3], "250\n550");
  EXPECT_EQ(points[1]->texts[4], "250");
  EXPECT_EQ(points[1]->texts[5], "Bob lives here.");
  const WorldRun::Entry& line = *run.find(points[1]->causes[0]);
  EXPECT_EQ(line.kind, Kind::kLineSent);
  EXPECT_EQ(run.host_of(line), "mx1.blue.com");
  EXPECT_EQ(points[2]->texts[1], "");
  EXPECT_EQ(points[2]->texts[5], "More.");
  EXPECT_EQ(run.entries.back().kind, Kind::kRunEnded);
}

TEST(LessonTest, CountsWhatFits) {
  const WorldRun run(with(R"(
    - {at: {event: mx.selected, nth: 2}, caption: The second.}
    - {at: {event: mx.selected, nth: 1}, caption: The first.}
)"));
  EXPECT_EQ(run.failures, "");
  const auto points = points_of(run);
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(run.host_of(*run.find(points[0]->causes[0])), "mx1.blue.com");
  EXPECT_EQ(run.host_of(*run.find(points[1]->causes[0])), "mail.red.com");
}

TEST(LessonTest, ReportsAPointThatSpeaksOfNothing) {
  const WorldRun run(with(R"(
    - {at: {event: bounce.created}, caption: Alice is told.}
    - {at: {event: message.stored}, caption: There it is.}
    - {at: {event: mx.selected, nth: 3}, question: "Where to?", answers: [here, there], answer: 1}
)"));
  EXPECT_EQ(run.failures,
            "What point 1 of the lesson speaks of happens: \"Alice is told.\" Found: it never "
            "happened\n"
            "What point 3 of the lesson speaks of happens: \"Where to?\" Found: it happened only 2 "
            "times\n");
  EXPECT_EQ(points_of(run).size(), 1u);
  EXPECT_EQ(run.count(Kind::kExpectationChecked), 3u);
}

TEST(LessonTest, MakesTheTraceAsDeepAsItsPoints) {
  const WorldRun run(with("    - {at: {event: {kind: packet.sent}}, caption: The first packet.}"),
                     Layer::kStory);
  ASSERT_EQ(points_of(run).size(), 1u);
  EXPECT_EQ(run.find(points_of(run)[0]->causes[0])->kind, Kind::kPacketSent);
}

TEST(LessonTest, ChangesNoRecordOfAnyHost) {
  const WorldRun some(with("    - {at: {event: message.stored}, caption: There it is.}"));
  const WorldRun more(with(R"(
    - {at: {event: message.stored}, caption: There it is.}
    - {at: {event: mx.selected}, note: More.}
)"));
  const auto of_hosts = [](const WorldRun& run) {
    std::string text;
    for (const WorldRun::Entry& entry : run.entries) {
      if (entry.host == kWorld) continue;
      text += std::to_string(entry.time.ns) + ' ' + std::to_string(entry.id.count()) + ' ';
      for (const std::string& value : entry.texts) text += value + ' ';
    }
    return text;
  };
  EXPECT_EQ(of_hosts(some), of_hosts(more));
}

TEST(LessonTest, RefusesRecordsThatCannotBe) {
  const auto message = [](std::string_view kind) {
    const auto read = read_scenario(
        "test.yaml", with("    - {at: {event: " + std::string(kind) + "}, caption: There.}"));
    return read.problems.empty() ? "" : read.problems[0].message;
  };
  EXPECT_EQ(message("message.stored"), "");
  EXPECT_EQ(message("message.storred"), "there is no kind of record 'message.storred'");
  EXPECT_EQ(message("{kind: message.stored, fields: {owner: bob}}"),
            "fields: message.stored has no field 'owner'");
  EXPECT_EQ(message("run.ended"), "a lesson does not speak of run.ended");
  EXPECT_EQ(message("lesson.point"), "a lesson does not speak of lesson.point");
}

}  // namespace
}  // namespace mailcosm::sim
