// The steps of a golden, as the narrative tells them.
#include "sim/golden/golden_steps.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

class GoldenStepsTest : public testing::Test {
 protected:
  static Record record(std::uint64_t count, std::span<const RecordId> causes,
                       std::span<const Value> values) {
    Record record;
    record.id = RecordId(0, Layer::kStory, count);
    record.host = 0;
    record.kind = Kind::kMessageRemoved;
    record.causes = causes;
    record.values = values;
    return record;
  }
  void remember(std::uint64_t count, std::uint64_t cause) {
    const RecordId causes[] = {RecordId(0, Layer::kStory, cause)};
    const Value values[] = {"0000000001"};
    steps_.remember(record(count, causes, values));
  }
  void tell(std::uint64_t count, std::size_t lines = 1) {
    narrative::Step step;
    step.heading = "It happens.";
    for (std::size_t i = 0; i < lines; ++i) step.lines.push_back({narrative::Mark::kSent, "NOOP"});
    step.records = {RecordId(0, Layer::kStory, count)};
    steps_.step(1, step);
  }
  Golden golden() {
    Golden golden;
    steps_.move_to(golden);
    return golden;
  }

  TraceHeader header_{WallTime{}, {{"mx.blue.com", {}}}};
  StableText stable_{WallTime{}};
  GoldenSteps steps_{header_, stable_};
};

TEST_F(GoldenStepsTest, AreNamedApartAndKnowWhatLedToThem) {
  remember(1, 0);
  remember(2, 1);
  remember(3, 2);
  tell(1);
  tell(3);
  const Golden result = golden();
  ASSERT_EQ(result.steps.size(), 2u);
  EXPECT_NE(result.steps[0].id, result.steps[1].id);
  EXPECT_EQ(result.steps[0].cause, "");
  EXPECT_EQ(result.steps[1].cause, result.steps[0].id);
}

TEST_F(GoldenStepsTest, EndWhereATraceNamesCausesInCircles) {
  remember(1, 2);
  remember(2, 1);
  remember(3, 3);
  tell(2);
  tell(3);
  EXPECT_EQ(golden().steps.size(), 2u);
}

TEST_F(GoldenStepsTest, AreShownUpToALimitAndCountedBeyond) {
  const std::size_t lines = Golden::kLinesOfStepMax;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    remember(i, 0);
    tell(i, lines + 5);
  }
  const Golden result = golden();
  EXPECT_EQ(result.steps.size() + result.steps_left_out, 100u);
  EXPECT_GT(result.steps_left_out, 0u);
  EXPECT_EQ(result.steps[0].lines.size(), lines + 1);
  EXPECT_EQ(result.steps[0].lines.back().text, "and 5 lines more");
  EXPECT_LT(to_text(result).size(), Golden::kFileSizeMax);
  const Result<Golden> parsed = parse_golden(to_text(result));
  ASSERT_TRUE(parsed.has_value()) << parsed.error().what;
  EXPECT_TRUE(parsed->steps == result.steps);
}

TEST_F(GoldenStepsTest, HoldWhatWasSaidInOneLineEach) {
  narrative::Step step;
  step.heading = "A\nB\x1b[31m" + std::string(1'000, 'x');
  step.lines.push_back({narrative::Mark::kReceived, "250 \xff\r\n "});
  step.lines.push_back({narrative::Mark::kSent, ""});
  steps_.step(1, step);
  steps_.title("", "");
  steps_.closing("");
  const Golden result = golden();
  const Result<Golden> parsed = parse_golden(to_text(result));
  ASSERT_TRUE(parsed.has_value()) << parsed.error().what;
  EXPECT_TRUE(parsed->steps == result.steps);
}

}  // namespace
}  // namespace mailcosm::sim
