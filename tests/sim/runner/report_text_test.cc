#include "sim/runner/report_text.h"

#include <gtest/gtest.h>

#include "tests/sim/runner/small_scenario.h"

namespace mailcosm::sim::runner {
namespace {

CaseResult with(Verdict verdict) {
  CaseResult result;
  result.file = "a.yaml";
  result.verdict = verdict;
  result.problem = "what is wrong\n";
  result.reproduction = "mailcosm test a.yaml";
  return result;
}

int exit_code_of(std::initializer_list<Verdict> verdicts) {
  Totals totals;
  for (Verdict verdict : verdicts) totals.add(with(verdict));
  return totals.exit_code();
}

TEST(TotalsTest, TheExitCodeIsThatOfTheWorst) {
  EXPECT_EQ(exit_code_of({}), 0);
  EXPECT_EQ(exit_code_of({Verdict::kPassed, Verdict::kStopped}), 0);
  EXPECT_EQ(exit_code_of({Verdict::kPassed, Verdict::kInvalid}), 3);
  EXPECT_EQ(exit_code_of({Verdict::kInvalid, Verdict::kFailed}), 1);
  EXPECT_EQ(exit_code_of({Verdict::kFailed, Verdict::kNondeterministic}), 5);
  EXPECT_EQ(exit_code_of({Verdict::kNondeterministic, Verdict::kInternalError}), 4);
  EXPECT_EQ(exit_code_of({Verdict::kUnreadable}), 4);
}

TEST(ReportTextTest, TheClosingLineCountsWhatThereWas) {
  Totals totals;
  totals.add(with(Verdict::kPassed));
  EXPECT_EQ(closing_line(totals), "1 scenario run: 1 passed.\n");
  totals.add(with(Verdict::kFailed));
  totals.add(with(Verdict::kInvalid));
  totals.add(with(Verdict::kStopped));
  EXPECT_EQ(closing_line(totals), "3 scenario runs: 1 passed, 1 failed, 1 malformed, 1 stopped.\n");
}

TEST(ReportTextTest, AStatusIsOneLine) {
  const Style plain = Style::plain();
  EXPECT_EQ(status_line(passed_result(), plain), "ok    folder/good.yaml (1 expectation)\n");
  EXPECT_EQ(status_line(failed_result(), plain),
            "FAIL  folder/small.yaml (1 of 1 expectation failed)\n");
  EXPECT_EQ(status_line(with(Verdict::kInvalid), plain), "ERROR a.yaml (malformed)\n");
  CaseResult strange = passed_result("a\n\x1b[31m.yaml");
  EXPECT_EQ(status_line(strange, plain), "ok    a\\n\\x1b[31m.yaml (1 expectation)\n");
}

TEST(ReportTextTest, AFailureShowsEverythingIndented) {
  EXPECT_EQ(failure_report(failed_result(), Style::plain()), R"(
  folder/small.yaml:7: Bob has the mail.
       7 |   - says: x
         |     ^ found: there was none
    client.red.com with mail.red.com (smtp), + 0 ms to + 0 ms:
      <- 550 5.1.1 No

  Reproduce it with: mailcosm test folder/small.yaml

)");
  EXPECT_EQ(failure_report(passed_result(), Style::plain()), "");
}

TEST(ReportTextTest, ColoursAreAnAddition) {
  std::string coloured = status_line(failed_result(), Style::ansi());
  EXPECT_NE(coloured.find('\x1b'), std::string::npos);
  EXPECT_NE(coloured.find("FAIL"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim::runner
