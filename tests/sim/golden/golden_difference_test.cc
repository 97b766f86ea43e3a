// An inserted line shifts nothing; what moved is said in order of importance.
#include "sim/golden/golden_difference.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

GoldenStep step(std::string id, std::string cause, std::string heading) {
  return {std::move(id), std::move(cause), std::move(heading), "+ 0 ms", {}, {}};
}

Golden example() {
  Golden golden;
  for (std::size_t i = 0; i < kGoldenLayers; ++i) golden.layers[i] = {i + 1, i + 1};
  golden.hosts = {{"mx.blue.com", {1, 2, 3, 4, 5}}};
  golden.steps = {step("000001", "", "Alice writes."),
                  step("000002", "000001", "The MTA delivers."),
                  step("000003", "000002", "Bob reads.")};
  for (const char* line : {"EHLO mx", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "QUIT"})
    golden.steps[1].lines.push_back({GoldenLine::Mark::kSent, line});
  return golden;
}

void move(Golden& golden, GoldenLayer layer) {
  golden.layers[static_cast<std::size_t>(layer)].value += 100;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

TEST(GoldenDifferenceTest, NamesTheLayersInOrder) {
  Golden changed = example();
  move(changed, GoldenLayer::kTimes);
  EXPECT_EQ(compare(example(), changed).summary, "times only: nothing else changed");
  move(changed, GoldenLayer::kOutcomes);
  EXPECT_EQ(compare(example(), changed).summary,
            "outcomes and times moved; protocol lines, bytes and random draws did not");
  move(changed, GoldenLayer::kBytes);
  move(changed, GoldenLayer::kDraws);
  move(changed, GoldenLayer::kProtocol);
  EXPECT_EQ(compare(example(), changed).summary,
            "everything moved: outcomes, protocol lines, times, bytes and random draws");
}

TEST(GoldenDifferenceTest, ShowsOneInsertedLineAsOneLine) {
  Golden changed = example();
  move(changed, GoldenLayer::kProtocol);
  auto& lines = changed.steps[1].lines;
  lines.insert(lines.begin() + 1, {GoldenLine::Mark::kSent, "NOOP"});
  const GoldenDifference difference = compare(example(), changed);
  EXPECT_EQ(count(difference.report, "    + "), 1u) << difference.report;
  EXPECT_EQ(count(difference.report, "    - "), 0u) << difference.report;
  EXPECT_EQ(count(difference.report, "-> NOOP"), 1u) << difference.report;
  EXPECT_NE(
      difference.report.find("What led to it, the nearest first:\n    at + 0 ms: Alice writes."),
      std::string::npos)
      << difference.report;
}

TEST(GoldenDifferenceTest, ShowsAnInsertedStepAsOneStep) {
  Golden changed = example();
  move(changed, GoldenLayer::kOutcomes);
  changed.steps.insert(changed.steps.begin() + 2, step("000009", "000002", "The MTA tries again."));
  const GoldenDifference difference = compare(example(), changed);
  EXPECT_EQ(count(difference.report, "\n    + "), 1u) << difference.report;
  EXPECT_EQ(count(difference.report, "\n    - "), 0u) << difference.report;
  EXPECT_NE(difference.report.find("a step that only this run has"), std::string::npos)
      << difference.report;
}

TEST(GoldenDifferenceTest, SeesNoDifferenceInTheOrderOfSteps) {
  Golden changed = example();
  move(changed, GoldenLayer::kTimes);
  std::swap(changed.steps[0], changed.steps[2]);
  const GoldenDifference difference = compare(example(), changed);
  EXPECT_EQ(count(difference.report, "\n    + "), 0u) << difference.report;
}

TEST(GoldenDifferenceTest, ShowsWhatIsGone) {
  Golden changed = example();
  move(changed, GoldenLayer::kOutcomes);
  changed.steps.pop_back();
  const GoldenDifference difference = compare(example(), changed);
  EXPECT_NE(difference.report.find("a step that only the golden has"), std::string::npos)
      << difference.report;
  EXPECT_NE(difference.report.find("    - Bob reads."), std::string::npos) << difference.report;
}

TEST(GoldenDifferenceTest, PutsWhatHappenedBeforeWhen) {
  Golden changed = example();
  move(changed, GoldenLayer::kTimes);
  move(changed, GoldenLayer::kProtocol);
  changed.steps[0].time = "+ 5 ms";
  changed.steps[1].lines[2].text = "RCPT TO:<e@f>";
  const GoldenDifference difference = compare(example(), changed);
  EXPECT_EQ(difference.report.find("    - at + 0 ms"), std::string::npos) << difference.report;
  EXPECT_NE(difference.report.find("    -  -> RCPT TO:<c@d>\n    +  -> RCPT TO:<e@f>"),
            std::string::npos)
      << difference.report;
}

TEST(GoldenDifferenceTest, ShowsTimesIfOnlyThoseMoved) {
  Golden changed = example();
  move(changed, GoldenLayer::kTimes);
  changed.steps[1].time = "+ 5 ms";
  const GoldenDifference difference = compare(example(), changed);
  EXPECT_NE(difference.report.find("    - at + 0 ms\n    + at + 5 ms"), std::string::npos)
      << difference.report;
}

TEST(GoldenDifferenceTest, NamesTheHostsConcerned) {
  Golden changed = example();
  move(changed, GoldenLayer::kBytes);
  changed.hosts[0].layers[3] = 7;
  EXPECT_NE(compare(example(), changed).report.find("  at mx.blue.com: bytes\n"),
            std::string::npos);
}

TEST(GoldenDifferenceTest, NoticesAnEditedNarrative) {
  Golden changed = example();
  changed.steps[0].heading = "Alice writes nothing.";
  const GoldenDifference difference = compare(changed, example());
  EXPECT_FALSE(difference.same());
  EXPECT_TRUE(difference.wording);
  EXPECT_NE(difference.report.find("    - Alice writes nothing."), std::string::npos)
      << difference.report;
}

TEST(GoldenDifferenceTest, SaysThatTheScenarioHasChanged) {
  Golden changed = example();
  changed.scenario_digest = 5;
  EXPECT_TRUE(compare(example(), changed).same());
  move(changed, GoldenLayer::kTimes);
  EXPECT_NE(compare(example(), changed).report.find("The scenario has changed"), std::string::npos);
}

TEST(GoldenDifferenceTest, EndsForStepsThatCauseEachOther) {
  Golden changed = example();
  move(changed, GoldenLayer::kOutcomes);
  changed.steps[0].cause = "000002";
  changed.steps[1].heading = "x";
  EXPECT_LT(compare(example(), changed).report.size(), 10'000u);
}

TEST(GoldenDifferenceTest, StaysShortHoweverMuchDiffers) {
  Golden left = example();
  Golden right = example();
  move(right, GoldenLayer::kProtocol);
  for (int i = 0; i < 1'000; ++i) {
    left.steps.push_back(step("a" + std::to_string(i), "", "left"));
    right.steps.push_back(step("b" + std::to_string(i), "", "right"));
  }
  const GoldenDifference difference = compare(left, right);
  EXPECT_LT(difference.report.size(), 20'000u);
  EXPECT_NE(difference.report.find("steps more"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim
