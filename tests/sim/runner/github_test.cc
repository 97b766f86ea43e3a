#include "sim/runner/github.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/runner/sequence_diagram.h"
#include "tests/sim/runner/small_scenario.h"

namespace mailcosm::sim::runner {
namespace {

std::string same(const std::string& file) { return file; }

std::ptrdiff_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

TEST(GithubTest, NothingIsSaidOfWhatPasses) {
  EXPECT_EQ(github_annotations({passed_result()}, same), "");
}

TEST(GithubTest, AnAnnotationNamesPlaceAndFinding) {
  const std::string text = github_annotations(
      {failed_result("50 %, a: b")}, [](const std::string& file) { return "sub/" + file; });
  EXPECT_TRUE(
      text.starts_with("::error file=sub/folder/small.yaml,line=7,col=5,"
                       "title=50 %25%2C a%3A b Found%3A there was none::"))
      << text;
  EXPECT_EQ(lines_of(text), 1) << "a workflow command is one line";
  EXPECT_NE(text.find("%0A"), std::string::npos);
}

TEST(GithubTest, AtMostNineAreShownAndOneCountsTheRest) {
  for (std::size_t count : {8u, 9u, 10u, 50u}) {
    const std::vector<CaseResult> results(count, failed_result());
    const std::string text = github_annotations(results, same);
    const std::size_t shown = std::min<std::size_t>(count, 9);
    EXPECT_EQ(lines_of(text), static_cast<std::ptrdiff_t>(shown + (count > 9 ? 1 : 0))) << count;
    const std::string rest = std::to_string(count - shown) + " more failures";
    EXPECT_EQ(text.find(rest) != std::string::npos, count > 9) << count;
  }
}

TEST(GithubTest, TheSummaryHasATableAndADiagram) {
  Totals totals;
  totals.add(failed_result());
  const std::string text = github_summary({failed_result()}, totals);
  EXPECT_NE(text.find("1 scenario run: 0 passed, 1 failed."), std::string::npos) << text;
  EXPECT_NE(text.find("```mermaid\nsequenceDiagram\n"), std::string::npos);
  EXPECT_NE(text.find("| where | what |"), std::string::npos);
  EXPECT_NE(text.find("```sh\nmailcosm test folder/small.yaml\n"), std::string::npos);
}

TEST(GithubTest, TheSummaryStaysBelowAMebibyte) {
  const std::vector<CaseResult> results(5'000, failed_result(std::string(5'000, 'x')));
  EXPECT_LT(github_summary(results, {}).size(), 1u << 20);
}

TEST(GithubTest, MarkdownAndHtmlInTextsStayText) {
  const std::string text = github_summary({failed_result("<img src=x> | `a` [b](c)\n# d")}, {});
  EXPECT_EQ(text.find("### 1. <img"), std::string::npos);
  EXPECT_NE(text.find("&#60;img"), std::string::npos);
  EXPECT_EQ(text.find("\n# d"), std::string::npos);
}

TEST(SequenceDiagramTest, DrawsAnArrowForEachLine) {
  Conversation conversation = failed_result().expectations[0].conversation;
  conversation.lines.push_back({ConversationLine::Mark::kSent, {}, "QUIT; end\n"});
  conversation.lines_left_out = 4;
  const std::string text = sequence_diagram(conversation);
  EXPECT_NE(text.find("p1-->>p0: 550 5.1.1 No\n"), std::string::npos) << text;
  EXPECT_NE(text.find("p0->>p1: QUIT#59; end"), std::string::npos) << text;
  EXPECT_NE(text.find("4 lines before"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim::runner
