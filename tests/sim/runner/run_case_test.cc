#include "sim/runner/run_case.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/sim/runner/small_scenario.h"

namespace mailcosm::sim::runner {
namespace {

TEST(RunCaseTest, AScenarioPassesIfItsExpectationsHold) {
  const CaseResult result = run_case(case_of(small_scenario(kHolds)));
  EXPECT_EQ(result.verdict, Verdict::kPassed) << result.problem;
  EXPECT_EQ(result.title, "A small scenario");
  EXPECT_EQ(result.seed, 1u);
  EXPECT_NE(result.digest, 0u);
  ASSERT_EQ(result.expectations.size(), 1u);
  EXPECT_TRUE(result.expectations[0].held);
  EXPECT_EQ(result.expectations[0].source.line, 12u);
  EXPECT_EQ(result.golden.state, GoldenOutcome::State::kNotCompared);
}

TEST(RunCaseTest, AFailedExpectationShowsPlaceFindingAndConversation) {
  const CaseResult result = run_case(case_of(small_scenario(kHolds + kFails)));
  EXPECT_EQ(result.verdict, Verdict::kFailed);
  EXPECT_EQ(result.failed_expectations(), 1u);
  const ExpectationOutcome& outcome = result.expectations.at(1);
  EXPECT_EQ(outcome.sentence, "Bob has two mails.");
  EXPECT_EQ(outcome.found, "count is 1");
  EXPECT_EQ(outcome.excerpt,
            "    15 |   - says: Bob has two mails.\n       |     ^\n"
            "    18 |       count: 2\n       |              ^ found: count is 1\n");
  EXPECT_EQ(outcome.conversation.protocol, "lmtp") << "the way into the mailbox";
  EXPECT_FALSE(outcome.conversation.empty());
  EXPECT_EQ(result.reproduction, "mailcosm test folder/small.yaml");
}

TEST(RunCaseTest, TheConversationIsTheOneInWhichTheRecordStands) {
  const CaseResult result = run_case(case_of(small_scenario(R"(  - says: Nobody says RCPT.
    line: {protocol: submission, direction: received, text: {starts_with: "RCPT "}}
    never: true
)")));
  ASSERT_EQ(result.failed_expectations(), 1u);
  const Conversation& conversation = result.expectations[0].conversation;
  EXPECT_EQ(conversation.protocol, "submission");
  const std::string text = to_text(conversation, "", 100);
  EXPECT_NE(text.find(" -> RCPT TO:<bob@red.com>"), std::string::npos) << text;
  EXPECT_LE(conversation.lines.size(), 12u);
}

TEST(RunCaseTest, WhereNothingDecidedTheConversationFitsWhatTheExpectationNames) {
  const std::string lines[] = {
      "line: {host: mail.red.com, protocol: submission, text: {starts_with: \"550\"}}",
      "line: {host: store.red.com, protocol: lmtp, text: {starts_with: \"550\"}}"};
  for (const std::string& line : lines) {
    const CaseResult result =
        run_case(case_of(small_scenario("  - says: Refused.\n    " + line + "\n")));
    ASSERT_EQ(result.failed_expectations(), 1u) << result.problem;
    const ExpectationOutcome& outcome = result.expectations[0];
    EXPECT_EQ(outcome.found, "there was none");
    EXPECT_NE(line.find(outcome.conversation.protocol), std::string::npos);
    EXPECT_NE(line.find(outcome.conversation.server), std::string::npos);
    EXPECT_FALSE(outcome.conversation.empty());
  }
}

TEST(RunCaseTest, WithoutAnyDialogueThereIsNoConversation) {
  Case the_case = case_of(small_scenario(kFails));
  const std::size_t story = the_case.text.find("story:");
  the_case.text.erase(story, the_case.text.find("expect:") - story);
  const CaseResult result = run_case(the_case);
  ASSERT_EQ(result.failed_expectations(), 1u) << result.problem;
  EXPECT_TRUE(result.expectations[0].conversation.empty());
}

TEST(RunCaseTest, AMalformedScenarioIsInvalidWithItsMessage) {
  for (const std::string& text :
       {std::string(), std::string("\x00\xff", 2), std::string("mailcosm: 1\n"),
        small_scenario("  - says: x\n    mailbx: bob\n"), std::string(100'000, '[')}) {
    const CaseResult result = run_case(case_of(text));
    EXPECT_EQ(result.verdict, Verdict::kInvalid);
    EXPECT_TRUE(result.problem.starts_with("folder/small.yaml")) << result.problem;
    EXPECT_TRUE(result.expectations.empty());
  }
  const CaseResult result = run_case(case_of(small_scenario("  - mailbx: bob\n")));
  EXPECT_EQ(result.problem_source.line, 12u);
}

TEST(RunCaseTest, AGoldenIsMadeAndComparesAsTheSame) {
  Case the_case = case_of(small_scenario(kHolds));
  the_case.makes_golden = true;
  const CaseResult made = run_case(the_case);
  ASSERT_FALSE(made.golden.text.empty());
  the_case.makes_golden = false;
  the_case.golden = made.golden.text;
  const CaseResult same = run_case(the_case);
  EXPECT_EQ(same.verdict, Verdict::kPassed) << same.golden.report;
  EXPECT_EQ(same.golden.state, GoldenOutcome::State::kSame);
  EXPECT_TRUE(same.golden.text.empty());
}

class GoldenCaseTest : public testing::Test {
 protected:
  GoldenCaseTest() {
    the_case_ = case_of(small_scenario(kHolds));
    the_case_.makes_golden = true;
    the_case_.golden = run_case(the_case_).golden.text;
    the_case_.makes_golden = false;
  }

  void change(const std::string& from, const std::string& to) {
    the_case_.text.replace(the_case_.text.find(from), from.size(), to);
  }

  Case the_case_;
};

TEST_F(GoldenCaseTest, ADifferenceFailsAndNamesTheLayers) {
  change("at: 0 s", "at: 2 s");
  const CaseResult result = run_case(the_case_);
  EXPECT_EQ(result.verdict, Verdict::kFailed);
  EXPECT_EQ(result.failed_expectations(), 0u);
  EXPECT_EQ(result.golden.state, GoldenOutcome::State::kDiffers);
  EXPECT_EQ(result.golden.summary, "times only: nothing else changed");
  EXPECT_NE(result.golden.report.find("first divergence"), std::string::npos);
}

TEST_F(GoldenCaseTest, ADifferenceDoesNotFailWhileANewOneIsMade) {
  change("at: 0 s", "at: 2 s");
  the_case_.makes_golden = true;
  const CaseResult result = run_case(the_case_);
  EXPECT_EQ(result.verdict, Verdict::kPassed);
  EXPECT_EQ(result.golden.state, GoldenOutcome::State::kDiffers);
  EXPECT_NE(result.golden.text, *the_case_.golden);
}

TEST_F(GoldenCaseTest, AMalformedGoldenIsInvalid) {
  the_case_.golden = "no golden";
  const CaseResult result = run_case(the_case_);
  EXPECT_EQ(result.verdict, Verdict::kInvalid);
  EXPECT_EQ(result.golden.state, GoldenOutcome::State::kUnreadable);
  EXPECT_EQ(result.expectations.size(), 1u) << "the expectations are decided all the same";
}

TEST_F(GoldenCaseTest, AnotherSeedIsNotCompared) {
  the_case_.variant.seed = 2;
  const CaseResult result = run_case(the_case_);
  EXPECT_EQ(result.verdict, Verdict::kPassed) << result.problem;
  EXPECT_EQ(result.seed, 2u);
  EXPECT_EQ(result.golden.state, GoldenOutcome::State::kNotCompared);
}

TEST_F(GoldenCaseTest, ShuffledTiesKeepOutcomesAndProtocol) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    the_case_.variant.tie_break_seed = seed;
    const CaseResult result = run_case(the_case_);
    EXPECT_EQ(result.golden.state, GoldenOutcome::State::kSame) << result.golden.report;
  }
  change("subject: Hello", "subject: Other");
  EXPECT_EQ(run_case(the_case_).verdict, Verdict::kFailed);
}

TEST(RunCaseTest, RunsThatDifferAreNondeterministic) {
  Case the_case = case_of(small_scenario(kHolds));
  the_case.runs = 3;
  EXPECT_EQ(run_case(the_case).verdict, Verdict::kPassed);
  the_case.text += "canary: true\n";
  const CaseResult result = run_case(the_case);
  EXPECT_EQ(result.verdict, Verdict::kNondeterministic) << result.problem;
  EXPECT_NE(result.problem.find("clock"), std::string::npos) << result.problem;
}

TEST(RunCaseTest, StopsWhenItIsTold) {
  const std::atomic<bool> stop = true;
  EXPECT_EQ(run_case(case_of(small_scenario(kHolds)), stop).verdict, Verdict::kStopped);
}

TEST(RunCaseTest, ThreadsDoNotDisturbEachOther) {
  const Case the_case = case_of(small_scenario(kHolds + kFails));
  const CaseResult alone = run_case(the_case);
  std::vector<CaseResult> results(4);
  std::vector<std::thread> threads;
  for (CaseResult& result : results) threads.emplace_back([&] { result = run_case(the_case); });
  for (std::thread& thread : threads) thread.join();
  for (const CaseResult& result : results) {
    EXPECT_EQ(result.digest, alone.digest);
    EXPECT_EQ(result.expectations.at(1).excerpt, alone.expectations.at(1).excerpt);
  }
}

TEST(RunCaseTest, SaysWhatAThreadIsRunning) {
  EXPECT_EQ(running_here(), nullptr);
  EXPECT_EQ(position_here(), "");
}

}  // namespace
}  // namespace mailcosm::sim::runner
