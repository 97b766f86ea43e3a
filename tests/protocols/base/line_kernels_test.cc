#include "protocols/base/line_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "protocols/base/random.h"

namespace mailcosm::line_kernels {
namespace {

// Whether a block has one of the three things that need care.
bool needs_care(std::string_view text, std::size_t block) {
  for (std::size_t i = block; i < block + kBlock; ++i) {
    const bool cr = text[i] == '\r';
    const bool lf = text[i + 1] == '\n';
    if (cr != lf || (lf && text[i + 2] == '.')) return true;
  }
  return false;
}

// What all kernels have to find, octet by octet.
std::size_t walk(std::string_view text, std::size_t at, Lines& lines) {
  for (; text.size() - at >= kBlock + kBehind && !needs_care(text, at); at += kBlock) {
    for (std::size_t i = at; i < at + kBlock; ++i) {
      if (text[i] != '\r') continue;
      lines.longest = std::max(lines.longest, i + 2 - lines.begin);
      lines.begin = i + 2;
    }
  }
  return at;
}

void expect_equal(std::string_view text, std::size_t at, std::size_t length) {
  for (const Kernel& kernel : kernels()) {
    Lines expected{at - length, 7};
    const std::size_t end = walk(text, at, expected);
    Lines lines{at - length, 7};
    ASSERT_EQ(kernel.measure(text.data(), at, text.size(), lines), end) << kernel.name;
    ASSERT_EQ(lines.begin, expected.begin) << kernel.name;
    ASSERT_EQ(lines.longest, expected.longest) << kernel.name;
    ASSERT_EQ(kernel.pass(text.data(), at, text.size()), end) << kernel.name;
  }
}

TEST(LineKernelsTest, AllFindTheSameInTextsWithFewOddities) {
  Random random(5);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const std::uint64_t oddity = 1 + random.below(200);
    while (text.size() < 500) {
      text += std::string(random.below(80), 'x') + "\r\n";
      if (random.below(oddity) == 0) text += "\r\n.\n"[random.below(4)];
    }
    text.resize(random.below(text.size()) + 1);
    const std::size_t at = random.below(text.size());
    ASSERT_NO_FATAL_FAILURE(expect_equal(text, at, random.below(100)));
  }
}

// Each of the octets that count, alone and in pairs, at every place of two blocks.
TEST(LineKernelsTest, AllStopBeforeEachOddityAtEveryPlace) {
  for (const std::string_view odd : {"\r", "\n", "\r\n.", "\r\n", "x\n", "\n\r", "."}) {
    for (std::size_t at = 0; at + odd.size() <= 2 * kBlock + kBehind; ++at) {
      std::string text(2 * kBlock + kBehind, 'x');
      text.replace(at, odd.size(), odd);
      ASSERT_NO_FATAL_FAILURE(expect_equal(text, 0, at));
    }
  }
}

TEST(LineKernelsTest, ABlockIsPassedOnlyWithTheOctetsBehindIt) {
  for (const Kernel& kernel : kernels()) {
    const std::string text(kBlock + kBehind, 'x');
    EXPECT_EQ(kernel.pass(text.data(), 0, text.size()), kBlock) << kernel.name;
    EXPECT_EQ(kernel.pass(text.data(), 0, text.size() - 1), 0u) << kernel.name;
    Lines lines;
    EXPECT_EQ(kernel.measure(text.data(), 0, text.size(), lines), kBlock) << kernel.name;
    EXPECT_EQ(kernel.measure(text.data(), 0, text.size() - 1, lines), 0u) << kernel.name;
  }
}

}  // namespace
}  // namespace mailcosm::line_kernels
