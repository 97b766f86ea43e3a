// Byte-stuffing and its removal, and the end of TOP, at every cut.
#include <gtest/gtest.h>

#include "protocols/pop3/content_decoder.h"
#include "protocols/pop3/content_encoder.h"
#include "protocols/pop3/top_cutter.h"

namespace mailcosm::pop3 {
namespace {

std::string encode(std::string_view content, std::size_t piece) {
  ContentEncoder encoder;
  std::string output;
  for (std::size_t at = 0; at < content.size(); at += piece)
    encoder.append(content.substr(at, piece), output);
  encoder.finish(output);
  return output;
}

struct Decoded {
  std::string content;
  std::string rest;
  bool ended = false;
};

Decoded decode(std::string_view input, std::size_t piece) {
  ContentDecoder decoder;
  Decoded decoded;
  for (std::size_t at = 0; at < input.size(); at += piece) {
    decoded.rest.append(input.substr(at, piece));
    while (!decoded.ended) {
      const ContentDecoder::Front front = decoder.look(decoded.rest);
      if (front.what == ContentDecoder::What::kNeedMore) break;
      decoded.content.append(decoded.rest, front.skip, front.size);
      decoded.rest.erase(0, front.skip + front.size);
      decoded.ended = front.what == ContentDecoder::What::kEnd;
    }
  }
  return decoded;
}

constexpr std::string_view kContents[] = {
    "",      "\r\n",   ".\r\n",          "..\r\n", ".",
    "a",     "a\r\n.", "a\r\n.b\r\n",    ".\r",    "a\r\n\r\n.\r\n.\r\n",
    "\n.\n", "\r.\r",  "a\r\r\n.\n\r\n", "\r\n.\r"};

// RFC 1939 section 3: a line that begins with the termination octet is byte-stuffed, and the client
// strips it.
TEST(Pop3ContentTest, ComesBackAsItWasWhereverItIsCut) {
  for (const std::string_view content : kContents) {
    std::string expected(content);
    if (!content.empty() && !content.ends_with("\r\n")) expected.append("\r\n");
    for (std::size_t piece = 1; piece <= content.size() + 1; ++piece) {
      const std::string encoded = encode(content, piece);
      EXPECT_EQ(encoded, encode(content, content.size() + 1)) << content;
      for (std::size_t cut = 1; cut <= encoded.size(); ++cut) {
        const Decoded decoded = decode(encoded + "+OK", cut);
        EXPECT_TRUE(decoded.ended);
        EXPECT_EQ(decoded.content, expected) << content << " by " << cut;
        EXPECT_EQ(decoded.rest, "+OK");
      }
    }
  }
}

// RFC 1939 section 3: only CRLF "." CRLF ends a response, not a bare LF or CR.
TEST(Pop3ContentTest, IsEndedByNothingButADotBetweenTwoCrlf) {
  for (const std::string_view input : {"a\n.\n", "a\r.\r", "a\r\n.\n", "a\n.\r\n", "a\r\n.\rb"}) {
    EXPECT_FALSE(decode(input, input.size()).ended) << input;
  }
}

TEST(Pop3ContentTest, StuffsDotsAtLineStartsAndNowhereElse) {
  EXPECT_EQ(encode(".a.b\r\n..c\n.d\r.e", 100), "..a.b\r\n...c\n.d\r.e\r\n.\r\n");
}

TEST(Pop3ContentTest, CutsTheTopAtTheSamePlaceForAllPieces) {
  const std::string_view message = "A: b\r\nC: \r d\r\n\r\n1\r\n\r\n3\n\r\n4";
  constexpr std::string_view kHeader = "A: b\r\nC: \r d\r\n\r\n";
  const std::string_view bodies[] = {"", "1\r\n", "1\r\n\r\n", "1\r\n\r\n3\n\r\n",
                                     "1\r\n\r\n3\n\r\n4"};
  for (std::size_t lines = 0; lines < 5; ++lines) {
    for (std::size_t piece = 1; piece <= message.size(); ++piece) {
      TopCutter cutter(lines);
      std::string top;
      for (std::size_t at = 0; at < message.size() && !cutter.done(); at += piece) {
        const std::string_view bytes = message.substr(at, piece);
        top.append(bytes.substr(0, cutter.keep(bytes)));
      }
      EXPECT_EQ(top, std::string(kHeader) + std::string(bodies[lines])) << piece;
      EXPECT_EQ(cutter.done(), lines < 4);
    }
  }
}

TEST(Pop3ContentTest, SendsAMessageWithoutBodyWholly) {
  TopCutter cutter(0);
  EXPECT_EQ(cutter.keep("A: b\r\n"), 6u);
  EXPECT_FALSE(cutter.done());
}

}  // namespace
}  // namespace mailcosm::pop3
