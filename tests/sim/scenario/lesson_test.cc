// Lessons as the language says them: a text, or a text with points.
#include <gtest/gtest.h>

#include "sim/scenario/expand.h"
#include "sim/scenario/limits.h"
#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

std::string with(std::string_view points) {
  return std::string(kTwoOrganisations) + "lesson:\n  text: Look at it.\n  points:\n" +
         std::string(points) + "\n";
}

LessonPoint one(std::string_view point) {
  const Scenario scenario = parsed(with("    - " + std::string(point)));
  EXPECT_EQ(scenario.lesson_points.size(), 1u) << point;
  return scenario.lesson_points.empty() ? LessonPoint{} : scenario.lesson_points[0];
}

std::vector<std::string> wrong(std::string_view point) {
  return messages(with("    - " + std::string(point)));
}

// A question about the first DATA with these answers.
std::string question(std::string_view answers, std::string_view answer) {
  return "{at: {line: DATA}, question: \"What now?\", answers: [" + std::string(answers) +
         "], answer: " + std::string(answer) + "}";
}

TEST(LessonTest, MayBeAPlainText) {
  const Scenario scenario = parsed(std::string(kTwoOrganisations) + "lesson: Look at it.\n");
  EXPECT_EQ(scenario.lesson, "Look at it.");
  EXPECT_TRUE(scenario.lesson_points.empty());
  EXPECT_NE(expand(scenario).find("\nlesson: Look at it.\n"), std::string::npos);
}

TEST(LessonTest, MayBeMissing) { EXPECT_EQ(parsed(kTwoOrganisations).lesson, ""); }

TEST(LessonTest, HasATextBesideItsPoints) {
  const Scenario scenario = parsed(with("    - {at: {line: DATA}, caption: There it is.}"));
  EXPECT_EQ(scenario.lesson, "Look at it.");
  EXPECT_EQ(scenario.lesson_points.size(), 1u);
}

TEST(LessonPointTest, IsBoundByTheWordsOfExpectations) {
  const LessonPoint point = one(
      "{at: {line: {host: MX1.blue.com, direction: sent, text: {starts_with: \"250 \"}}, nth: 3}, "
      "caption: There it is.}");
  EXPECT_EQ(point.topic, Topic::kLine);
  EXPECT_EQ(point.nth, 3);
  ASSERT_EQ(point.where.size(), 3u);
  EXPECT_EQ(point.where[0].text, "mx1.blue.com");
  EXPECT_EQ(point.where[2].comparison, Comparison::kStartsWith);
  const LessonPoint event = one("{at: {event: mx.selected}, caption: There it is.}");
  EXPECT_EQ(event.topic, Topic::kEvent);
  EXPECT_EQ(event.nth, 1);
}

TEST(LessonPointTest, SaysWhatItSaysWithoutTheWhiteSpaceOfABlock) {
  const LessonPoint point =
      one("at: {line: DATA}\n      caption: |\n        One.\n        Two.\n\n");
  EXPECT_EQ(point.caption, "One.\nTwo.");
  EXPECT_EQ(one("{at: {line: DATA}, note: More.}").note, "More.");
}

TEST(LessonPointTest, KnowsTheRightAnswerByPlaceOrText) {
  EXPECT_EQ(one(question("\"354\", \"550\"", "2")).right, 1u);
  EXPECT_EQ(one(question("\"354\", \"550\"", "\"550\"")).right, 1u);
  EXPECT_EQ(one(question("it is taken, it is refused", "it is refused")).right, 1u);
  // In quotes it is a text, also where it could be a place.
  EXPECT_EQ(one(question("\"2\", \"1\"", "1")).right, 0u);
  EXPECT_EQ(one(question("\"2\", \"1\"", "\"1\"")).right, 1u);
}

TEST(LessonPointTest, RefusesAnAnswerThatIsNotThere) {
  EXPECT_EQ(wrong(question("a, b", "0")), std::vector<std::string>{"answer: there is no answer 0"});
  EXPECT_TRUE(wrong(question("a, b", "1")).empty());
  EXPECT_TRUE(wrong(question("a, b", "2")).empty());
  EXPECT_EQ(wrong(question("a, b", "3")), std::vector<std::string>{"answer: there is no answer 3"});
  EXPECT_EQ(wrong(question("a, b", "c")),
            std::vector<std::string>{"answer: it is none of the answers"});
}

TEST(LessonPointTest, HasAChoiceOfAnswersWithinTheLimit) {
  const auto of = [](std::size_t count) {
    std::string answers;
    for (std::size_t i = 0; i < count; ++i) answers += (i == 0 ? "a" : ", a") + std::to_string(i);
    return wrong(question(answers, "1"));
  };
  EXPECT_EQ(of(1), std::vector<std::string>{"answers: one alone is no choice"});
  EXPECT_TRUE(of(2).empty());
  EXPECT_TRUE(of(kAnswersMax - 1).empty());
  EXPECT_TRUE(of(kAnswersMax).empty());
  EXPECT_EQ(of(kAnswersMax + 1), std::vector<std::string>{"answers: 9 are too many"});
}

TEST(LessonPointTest, ReadsBackTheSame) {
  const std::string once = expand(parsed(with(R"yaml(
    - at: {event: {kind: mx.selected, host: mail.red.com, fields: {preference: {at_least: 10}}}, nth: 2}
      caption: "yes"
    - {at: {line: {text: {contains: [a, "b: c"]}}}, note: "One.\nTwo: three."}
    - at: {line: {host: mx1.blue.com, text: {starts_with: "250 "}}}
      question: What now?
      answers: ["354", "no, never", "it's: so", "# what"]
      answer: "no, never"
      because: |
        Because.
)yaml")));
  EXPECT_EQ(expand(parsed(once)), once);
  EXPECT_NE(once.find("answer: 2\n"), std::string::npos) << once;
}

}  // namespace
}  // namespace mailcosm::sim::scenario
