// Large, deep and hostile files: refused at once, and what is just within the limits is not.
#include "sim/scenario/limits.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/sim/scenario/support.h"

namespace mailcosm::sim::scenario {
namespace {

const std::string kHead = "mailcosm: 1\ntitle: A test\n";

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

// Generous, because the machine may be busy and sanitizers are slow; a quadratic algorithm needs
// minutes.
void expect_quick_refusal(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  const Parsed result = parse("test.yaml", text);
  const auto needed = std::chrono::steady_clock::now() - start;
  EXPECT_FALSE(result.scenario);
  ASSERT_FALSE(result.problems.empty());
  EXPECT_LE(result.problems.size(), kProblemsMax);
  EXPECT_LT(to_text(result.problems).size(), 30'000u);
  EXPECT_LT(needed, std::chrono::seconds(20));
}

TEST(LimitsTest, AFileMayHaveTheGreatestSizeAndNotMore) {
  std::string text = kHead;
  while (text.size() < kFileSizeMax) {
    const std::size_t rest = kFileSizeMax - text.size();
    text += std::string(std::min<std::size_t>(rest, 1'000) - 1, '#') + "\n";
  }
  ASSERT_EQ(text.size(), kFileSizeMax);
  EXPECT_TRUE(parse("test.yaml", text.substr(0, kFileSizeMax - 1)).scenario);
  EXPECT_TRUE(parse("test.yaml", text).scenario);
  EXPECT_FALSE(parse("test.yaml", text + "#").scenario);
}

TEST(LimitsTest, ALineMayHaveTheGreatestLengthAndNotMore) {
  const auto with_line = [](std::size_t length) { return kHead + std::string(length, '#') + "\n"; };
  EXPECT_TRUE(parse("test.yaml", with_line(kLineBytesMax - 1)).scenario);
  EXPECT_TRUE(parse("test.yaml", with_line(kLineBytesMax)).scenario);
  EXPECT_FALSE(parse("test.yaml", with_line(kLineBytesMax + 1)).scenario);
}

TEST(LimitsTest, ThereMayBeAsManyLevelsAsAllowedAndNotMore) {
  const auto too_deep = [](std::size_t levels) {
    for (const Problem& problem : parse("test.yaml", "a: " + std::string(levels - 1, '[') +
                                                         std::string(levels - 1, ']') + "\n")
                                      .problems) {
      if (problem.message.find("levels") != std::string::npos) return true;
    }
    return false;
  };
  EXPECT_FALSE(too_deep(kDepthMax - 1));
  EXPECT_FALSE(too_deep(kDepthMax));
  EXPECT_TRUE(too_deep(kDepthMax + 1));
}

TEST(LimitsTest, TenThousandLevelsAreRefusedInEveryStyle) {
  expect_quick_refusal(kHead + "about: " + std::string(10'000, '[') + "\n");
  expect_quick_refusal(kHead + "about: " + repeated("{a: ", 10'000) + "\n");
  expect_quick_refusal(kHead + "about:\n  " + repeated("- ", 10'000) + "x\n");
  expect_quick_refusal(kHead + "about:\n  " + repeated("? ", 10'000) + "x\n");
  std::string steps = kHead;
  for (std::size_t i = 0; i < 2'000; ++i) steps += std::string(i, ' ') + "a:\n";
  expect_quick_refusal(steps);
}

TEST(LimitsTest, SixtyFourMebibytesAreRefused) {
  expect_quick_refusal(std::string(64u << 20, 'a'));
}

TEST(LimitsTest, HostileFilesOfTheGreatestSizeAreRefused) {
  const auto lines = [](std::string_view line) {
    return kHead + repeated(line, (kFileSizeMax - 100) / line.size());
  };
  expect_quick_refusal(lines("[\n"));
  expect_quick_refusal(lines("a: &a x\n"));
  expect_quick_refusal(lines("- x\n"));
  expect_quick_refusal(lines("\"\n"));
  expect_quick_refusal(lines("? a\n"));
  expect_quick_refusal(lines("{a: b}\n"));
  std::string keys = kHead;
  for (std::size_t i = 0; keys.size() < kFileSizeMax - 20; ++i)
    keys += "k" + std::to_string(i) + ": 1\n";
  expect_quick_refusal(keys);
}

TEST(LimitsTest, NoMoreProblemsThanAllowedAreReported) {
  std::string text = kHead;
  for (int i = 0; i < 100; ++i) text += "unknown" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(parse("test.yaml", text).problems.size(), kProblemsMax);
}

}  // namespace
}  // namespace mailcosm::sim::scenario
