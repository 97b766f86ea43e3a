#include "sim/runner/case.h"

#include <gtest/gtest.h>

namespace mailcosm::sim::runner {
namespace {

TEST(CaseTest, GoldenFilesStandBesideTheirScenarios) {
  EXPECT_EQ(golden_file_of("scenarios/mx/a.yaml"), "scenarios/mx/a.golden");
  EXPECT_EQ(golden_file_of("a.b.yml"), "a.b.golden");
  EXPECT_EQ(golden_file_of("v1.2/plain"), "v1.2/plain.golden");
  EXPECT_EQ(golden_file_of(".yaml"), ".yaml.golden");
}

TEST(CaseTest, NamesTellVariantsApart) {
  EXPECT_EQ(name_of("a.yaml", {}), "a.yaml");
  EXPECT_EQ(name_of("a.yaml", {7, 0}), "a.yaml [seed 7]");
  EXPECT_EQ(name_of("a.yaml", {{}, 3}), "a.yaml [ties 3]");
  EXPECT_EQ(name_of("a.yaml", {7, 3}), "a.yaml [seed 7, ties 3]");
}

TEST(CaseTest, ReproductionIsACommandForTheShell) {
  EXPECT_EQ(reproduction("a.yaml", {}, "test"), "mailcosm test a.yaml");
  EXPECT_EQ(reproduction("a.yaml", {7, 3}, "test"),
            "mailcosm test --seeds 7 --tie-break shuffle:3 a.yaml");
  EXPECT_EQ(reproduction("a.yaml", {7, 3}, "run"),
            "mailcosm run --seed 7 --tie-break shuffle:3 a.yaml");
  EXPECT_EQ(reproduction("-v.yaml", {}, "run"), "mailcosm run ./-v.yaml");
}

TEST(CaseTest, WordsAreQuotedWhereAShellWouldChangeThem) {
  EXPECT_EQ(shell_word("scenarios/a_b-1.yaml"), "scenarios/a_b-1.yaml");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("two words"), "'two words'");
  EXPECT_EQ(shell_word("$(rm)`;&|*?"), "'$(rm)`;&|*?'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("~"), "'~'");
}

}  // namespace
}  // namespace mailcosm::sim::runner
