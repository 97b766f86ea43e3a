// The layers of a golden move independently of each other.
#include <gtest/gtest.h>

#include "sim/golden/golden_difference.h"
#include "tests/sim/golden/run_golden.h"

namespace mailcosm::sim {
namespace {

class LayersTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { plain_ = new Golden(golden_of_alice_to_bob()); }
  static void TearDownTestSuite() { delete plain_; }

  static GoldenDifference after(const std::vector<scenario::Override>& changes) {
    return compare(*plain_, golden_of_alice_to_bob(changes));
  }

  static Golden* plain_;
};

Golden* LayersTest::plain_ = nullptr;

TEST_F(LayersTest, AreAllFilled) {
  for (std::size_t i = 0; i < kGoldenLayers; ++i) {
    EXPECT_NE(plain_->layers[i].value, 0u) << i;
    EXPECT_NE(plain_->layers[i].count, 0u) << i;
  }
}

TEST_F(LayersTest, AreTheSameInASecondRun) {
  const GoldenDifference difference = after({});
  EXPECT_TRUE(difference.same());
  EXPECT_EQ(difference.summary, "the same");
  EXPECT_EQ(difference.report, "");
}

TEST_F(LayersTest, DoNotDependOnTheDepthOfTheTrace) {
  const Golden deep = golden_of_alice_to_bob({}, Layer::kPacket);
  EXPECT_EQ(to_text(*plain_), to_text(deep));
}

TEST_F(LayersTest, AreTheSameWhateverTheLessonSays) {
  EXPECT_EQ(after({{"lesson", "Look."}}).summary, "the same");
  const std::string points =
      "[{at: {event: message.stored}, caption: There it is.}, "
      "{at: {event: mx.selected}, note: More.}]";
  EXPECT_EQ(after({{"lesson", "{text: Look., points: " + points + "}"}}).summary, "the same");
}

TEST_F(LayersTest, MoveInTimesOnlyIfALatencyChanges) {
  const GoldenDifference difference = after({{"internet.latency", "23 ms"}});
  EXPECT_EQ(difference.summary, "times only: nothing else changed") << difference.report;
  EXPECT_NE(difference.report.find("The first divergence"), std::string::npos);
}

TEST_F(LayersTest, MoveInBytesOnlyIfAWordOfTheBodyChanges) {
  const GoldenDifference difference =
      after({{"story.1.alice writes.body",
              "\"Dear Bob,\\n\\nshall we have lunch on Friday? The place at the corner opens at "
              "dusk.\\n.. and it has a garden.\\n\\nAlice\\n\""}});
  EXPECT_EQ(difference.summary, "bytes only: nothing else changed") << difference.report;
}

TEST_F(LayersTest, MoveInOutcomesIfTheRecipientDoesNotExist) {
  const GoldenDifference difference = after({{"story.1.alice writes.to", "nobody@blue.com"}});
  EXPECT_TRUE(difference.moved_in(GoldenLayer::kOutcomes));
  EXPECT_TRUE(difference.moved_in(GoldenLayer::kProtocol));
}

TEST_F(LayersTest, AreToldWithTheCauseOfTheFirstDivergence) {
  const GoldenDifference difference =
      after({{"organisations.blue.com.mail.mx", "{mx1: 30, mx2: 20}"}});
  EXPECT_TRUE(difference.moved_in(GoldenLayer::kOutcomes));
  EXPECT_NE(
      difference.report.find("What led to it, the nearest first:\n    at + 0 ms: Alice writes"),
      std::string::npos)
      << difference.report;
}

TEST_F(LayersTest, MoveInDrawsButNotInOutcomesIfTheSeedChanges) {
  const GoldenDifference difference = after({{"seed", "2"}});
  EXPECT_TRUE(difference.moved_in(GoldenLayer::kDraws));
  EXPECT_FALSE(difference.moved_in(GoldenLayer::kOutcomes)) << difference.report;
  EXPECT_FALSE(difference.moved_in(GoldenLayer::kProtocol)) << difference.report;
  EXPECT_FALSE(difference.moved_in(GoldenLayer::kBytes)) << difference.report;
  EXPECT_TRUE(difference.seed_changed);
}

}  // namespace
}  // namespace mailcosm::sim
