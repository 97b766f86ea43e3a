// Thousands of small mistakes in every scenario: never a crash, never a silent change of nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/mutation/mutate.h"
#include "tests/fuzz/mutation/oracle.h"

namespace mailcosm::test {
namespace {

// For each scenario; MAILCOSM_MUTATIONS in the environment sets another number.
constexpr std::uint64_t kMutations = 40;

std::uint64_t mutations() {
  const char* number = std::getenv("MAILCOSM_MUTATIONS");
  return number == nullptr ? kMutations : std::strtoull(number, nullptr, 10);
}

std::vector<std::string> scenarios() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(ScenarioMutationTest, EveryMutationIsRefusedOrMeansSomethingElse) {
  std::uint64_t changed = 0;
  for (const std::string& path : scenarios()) {
    const std::string original = text_of(path);
    for (std::uint64_t i = 0; i < mutations(); ++i) {
      Random random = Random::fork(i + 1, path);
      Mutation mutation = mutate(original, random);
      // Every third one has a second mistake, every ninth a third.
      for (std::uint64_t more = i; more % 3 == 2; more /= 3) {
        Mutation next = mutate(mutation.text, random);
        mutation = {mutation.what + ", " + next.what, std::move(next.text)};
      }
      changed += mutation.text != original ? 1 : 0;
      const std::string fault = judge(original, mutation.text);
      EXPECT_EQ(fault, "") << path << ", mutation " << i << ": " << mutation.what << "\n"
                           << mutation.text;
      if (HasFailure()) break;
    }
  }
  EXPECT_GT(changed, 0u);
}

TEST(ScenarioMutationTest, TheJudgeSeesAKeyThatDoesNothing) {
  const std::string original = text_of("scenarios/first/alice_to_bob.yaml");
  EXPECT_EQ(judge(original, original + "# a comment\n"), "");
  EXPECT_EQ(judge(original, original + "seed: 1\n"), "");
  EXPECT_EQ(judge(original, original + "seed: 2\n"), "");
  EXPECT_EQ(judge(original, original + "sed: 1\n"), "");
}

TEST(MutateTest, IsRepeatable) {
  const std::string original = text_of("scenarios/first/alice_to_bob.yaml");
  Random a(7), b(7);
  for (int i = 0; i < 50; ++i) {
    const Mutation one = mutate(original, a), other = mutate(original, b);
    EXPECT_EQ(one.text, other.text);
    EXPECT_EQ(one.what, other.what);
  }
}

TEST(MutateTest, TakesAnEmptyText) {
  Random random(1);
  for (int i = 0; i < 200; ++i) mutate("", random);
}

}  // namespace
}  // namespace mailcosm::test
