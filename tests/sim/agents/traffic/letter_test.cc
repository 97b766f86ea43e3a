#include "sim/agents/traffic/letter.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

std::string body_of(std::uint64_t size) {
  const Letter letter{{"u1", "a.com"}, {{"u2", "b.com"}, {"u3", "c.com"}}, "Mail 1", size};
  const std::string text = write_letter(letter, "<1@a.com>", WallTime{});
  return text.substr(text.find("\r\n\r\n") + 4);
}

TEST(LetterTest, HasAHeader) {
  const Letter letter{{"u1", "a.com"}, {{"u2", "b.com"}, {"u3", "c.com"}}, "Mail 1", 1};
  const std::string text = write_letter(letter, "<1@a.com>", WallTime{});
  for (const char* field : {"Date: ", "From: u1@a.com\r\n", "To: u2@b.com, u3@c.com\r\n",
                            "Message-ID: <1@a.com>\r\n", "Subject: Mail 1\r\n"}) {
    EXPECT_NE(text.find(field), std::string::npos) << field << " in " << text;
  }
}

TEST(LetterTest, HasABodyOfWholeLines) {
  EXPECT_EQ(body_of(0).size(), 0u);
  EXPECT_EQ(body_of(1).size(), 64u);
  EXPECT_EQ(body_of(64).size(), 64u);
  EXPECT_EQ(body_of(65).size(), 128u);
  EXPECT_EQ(body_of(1'000'000).size(), 1'000'000u);
  const std::string body = body_of(5'000);
  for (std::size_t at = 0; at < body.size(); at += 64) {
    EXPECT_EQ(body.substr(at + 62, 2), "\r\n");
    EXPECT_EQ(body.find('\r', at), at + 62);
  }
}

TEST(LetterTest, HasTheSameBodyForTheSameSize) { EXPECT_EQ(body_of(3'000), body_of(3'008)); }

}  // namespace
}  // namespace mailcosm::sim
