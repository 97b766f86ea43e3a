#include "protocols/base/line_buffer.h"

#include <gtest/gtest.h>

#include <vector>

namespace mailcosm {
namespace {

using Status = LineBuffer::Status;

// What the buffer gives for the pieces of one input: lines in brackets, "!" for a line that was too
// long.
std::string transcript(const std::vector<std::string_view>& pieces, std::size_t length_max) {
  LineBuffer buffer;
  std::string text;
  for (std::string_view piece : pieces) {
    buffer.append(piece);
    while (true) {
      const auto taken = buffer.take_line(length_max);
      if (taken.status == Status::kNeedMore) break;
      text += taken.status == Status::kTooLong ? "!" : "[" + std::string(taken.line) + "]";
    }
  }
  return text;
}

TEST(LineBufferTest, OnlyCrlfEndsALine) {
  EXPECT_EQ(transcript({"a\nb\rc\r\n\r\nrest"}, 100), "[a\nb\rc][]");
}

TEST(LineBufferTest, GivesTheSameForEveryCut) {
  const std::string input = "EHLO a\r\nx\r\r\n\n\r\n12345678\r\n123456789\r\nQUIT\r\n";
  const std::string whole = transcript({input}, 8);
  EXPECT_EQ(whole, "[EHLO a][x\r][\n][12345678]![QUIT]");
  for (std::size_t first = 0; first <= input.size(); ++first) {
    for (std::size_t second = first; second <= input.size(); ++second) {
      const std::string_view all = input;
      EXPECT_EQ(
          transcript({all.substr(0, first), all.substr(first, second - first), all.substr(second)},
                     8),
          whole)
          << first << ' ' << second;
    }
  }
}

TEST(LineBufferTest, LimitIsExact) {
  EXPECT_EQ(transcript({"1234567\r\n"}, 8), "[1234567]");
  EXPECT_EQ(transcript({"12345678\r\n"}, 8), "[12345678]");
  EXPECT_EQ(transcript({"12345678\r", "\n"}, 8), "[12345678]");
  EXPECT_EQ(transcript({"123456789\r\n"}, 8), "!");
}

TEST(LineBufferTest, AnEndlessLineDoesNotFillTheMemory) {
  LineBuffer buffer;
  for (int i = 0; i < 1000; ++i) {
    buffer.append(std::string(1000, 'x'));
    EXPECT_EQ(buffer.take_line(512).status, Status::kNeedMore);
    EXPECT_LE(buffer.buffered().size(), 1512u);
  }
  buffer.append("\r\nNOOP\r\n");
  EXPECT_EQ(buffer.take_line(512).status, Status::kTooLong);
  EXPECT_EQ(buffer.take_line(512).line, "NOOP");
}

TEST(LineBufferTest, LiteralsPassBetweenLines) {
  LineBuffer buffer;
  buffer.append("A {5}\r\n12\r\n3 B\r\n");
  EXPECT_EQ(buffer.take_line(100).line, "A {5}");
  EXPECT_EQ(buffer.take_bytes(5), "12\r\n3");
  EXPECT_EQ(buffer.take_line(100).line, " B");
  EXPECT_TRUE(buffer.empty());
}

}  // namespace
}  // namespace mailcosm
