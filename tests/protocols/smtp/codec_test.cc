// Data encoder and decoder, paths, replies and the automaton, each alone.
#include <gtest/gtest.h>

#include <set>

#include "protocols/smtp/automaton.h"
#include "protocols/smtp/data_decoder.h"
#include "protocols/smtp/data_encoder.h"
#include "protocols/smtp/extension.h"
#include "protocols/smtp/reply.h"
#include "protocols/smtp/reply_parser.h"

namespace mailcosm::smtp {
namespace {

std::string encode(std::string_view message, std::size_t piece) {
  DataEncoder encoder;
  std::string output;
  for (std::size_t i = 0; i < message.size(); i += piece)
    encoder.encode(message.substr(i, piece), output);
  encoder.finish(output);
  return output;
}

struct Decoded {
  std::string message;
  std::size_t consumed = 0;
  bool ended = false;
  bool bare = false;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(std::string_view input, std::size_t piece) {
  DataDecoder decoder;
  Decoded decoded;
  std::size_t given = 0;
  while (!decoded.ended) {
    const auto step = decoder.decode(input.substr(decoded.consumed, given - decoded.consumed));
    decoded.consumed += step.consumed;
    decoded.message += step.chunk;
    decoded.ended = step.status == DataDecoder::Status::kEnd;
    if (step.status != DataDecoder::Status::kNeedMore) continue;
    EXPECT_LE(given - decoded.consumed, 2u);
    if (given == input.size()) break;
    given = std::min(given + piece, input.size());
  }
  decoded.bare = decoder.bare_line_end();
  EXPECT_EQ(decoder.size(), decoded.message.size());
  return decoded;
}

// RFC 5321 section 4.5.2: a dot is put before a leading dot.
TEST(DataEncoderTest, StuffsDots) {
  EXPECT_EQ(encode("", 1), ".\r\n");
  EXPECT_EQ(encode("a\r\n", 9), "a\r\n.\r\n");
  EXPECT_EQ(encode(".\r\n..a\r\nb.\r\n", 99), "..\r\n...a\r\nb.\r\n.\r\n");
}

// RFC 5321 section 2.3.8: no bare CR or LF is sent.
TEST(DataEncoderTest, RepairsLineEnds) {
  EXPECT_EQ(encode("a\nb\rc", 99), "a\r\nb\r\nc\r\n.\r\n");
  EXPECT_EQ(encode("a\r\r\n.", 99), "a\r\n\r\n..\r\n.\r\n");
  EXPECT_EQ(encode("a\r", 99), "a\r\n.\r\n");
}

// All messages of up to seven letters of a small alphabet: encoding and decoding give the message
// back.
TEST(DataCodecTest, RoundTripsAllSmallMessages) {
  constexpr std::string_view kLetters[] = {"a", ".", "\r\n"};
  for (std::uint32_t n = 0; n < 3 * 3 * 3 * 3 * 3 * 3 * 3; ++n) {
    std::string message;
    for (std::uint32_t rest = n; rest != 0; rest /= 3) message += kLetters[rest % 3];
    if (!message.empty() && !message.ends_with("\r\n")) message += "\r\n";
    for (std::size_t piece = 1; piece < 4; ++piece) {
      const std::string encoded = encode(message, piece);
      EXPECT_EQ(encoded, encode(message, 1000));
      const Decoded decoded = decode(encoded, piece);
      EXPECT_EQ(decoded, (Decoded{message, encoded.size(), true, false})) << encoded;
    }
  }
}

// All inputs of up to eight octets of the dangerous ones: the end is found exactly where CRLF "."
// CRLF is, and every cut agrees.
TEST(DataDecoderTest, FindsTheEndInAllSmallInputs) {
  constexpr char kOctets[] = {'a', '.', '\r', '\n'};
  for (std::uint32_t n = 0; n < 1u << 16; ++n) {
    std::string input;
    for (int i = 0; i < 8; ++i) input += kOctets[n >> (2 * i) & 3];
    const std::string searched = "\r\n" + input;
    const std::size_t end = searched.find("\r\n.\r\n");
    const Decoded whole = decode(input, 100);
    ASSERT_EQ(whole.ended, end != std::string::npos) << testing::PrintToString(input);
    if (whole.ended) {
      ASSERT_EQ(whole.consumed, end + 3);
    }
    ASSERT_EQ(decode(input, 1), whole) << testing::PrintToString(input);
    ASSERT_EQ(decode(input, 3), whole) << testing::PrintToString(input);
  }
}

TEST(ReplyTest, IsWrittenWithItsCodeOnEachLine) {
  std::string output;
  write_reply({250, {2, 1, 5}, "one\ntwo"}, true, output);
  write_reply({354, {}, ""}, true, output);
  write_reply({250, {2, 0, 0}, "a\x01\xc3\r"}, false, output);
  EXPECT_EQ(output, "250-2.1.5 one\r\n250 2.1.5 two\r\n354 \r\n250 a???\r\n");
}

// RFC 5321 section 4.5.3.1.5: 512 octets a line.
TEST(ReplyTest, LinesAreCut) {
  std::string output;
  write_reply({250, {2, 0, 0}, std::string(600, 'x')}, true, output);
  EXPECT_EQ(output.size(), 512u);
}

// RFC 2034 section 4: class "." subject "." detail, without leading excess, of the class of the
// code.
TEST(ReplyTest, TakesTheEnhancedStatus) {
  for (const char* none :
       {"", "5.1", "5.1.x y", "2.1.1 x", "5.1000.1 x", "5.1.1x", "mx.blue.com"}) {
    std::string_view text = none;
    EXPECT_TRUE(EnhancedStatus::take(text, 5).is_none()) << none;
    EXPECT_EQ(text, none);
  }
  std::string_view text = "5.7.999 No";
  EXPECT_EQ(EnhancedStatus::take(text, 5), (EnhancedStatus{5, 7, 999}));
  EXPECT_EQ(text, "No");
  EXPECT_EQ((EnhancedStatus{5, 7, 999}).to_string(), "5.7.999");
}

// RFC 5321 section 4.2.1: several lines.
TEST(ReplyParserTest, JoinsLines) {
  ReplyParser parser;
  EXPECT_EQ(parser.add("250-2.0.0 one", 9), ReplyParser::Status::kNeedMore);
  EXPECT_TRUE(parser.inside());
  EXPECT_EQ(parser.add("250 2.0.0 two", 9), ReplyParser::Status::kReply);
  EXPECT_EQ(parser.reply(), (Reply{250, {2, 0, 0}, "one\ntwo"}));
  EXPECT_EQ(parser.reply().to_string(), "250 2.0.0 one two");
  EXPECT_EQ(parser.add("221 bye", 9), ReplyParser::Status::kReply);
  EXPECT_EQ(parser.reply(), (Reply{221, {}, "bye"}));
}

TEST(AutomatonTest, HasOneRowForEachCommandInEachState) {
  for (State state : {State::kGreeted, State::kReady, State::kMail, State::kRcpt}) {
    for (int i = 0; i < kCommands; ++i) {
      const Transition& row = transition_of(state, static_cast<Command>(i));
      EXPECT_EQ(row.state, state);
      EXPECT_EQ(row.refusal.empty(), row.allowed);
      EXPECT_EQ(command_of(name_of(row.command)), row.command);
    }
  }
  EXPECT_FALSE(transition_of(State::kData, Command::kQuit).allowed);
}

// RFC 5321 section 4.1.4: every state can be reached from the greeting, and QUIT leads out of each.
TEST(AutomatonTest, ReachesEveryState) {
  std::set<State> reached = {State::kGreeted};
  for (int round = 0; round < kStates; ++round) {
    for (State state : std::set<State>(reached)) {
      for (int i = 0; i < kCommands; ++i) {
        const Transition& row = transition_of(state, static_cast<Command>(i));
        if (row.allowed) reached.insert(row.next);
      }
    }
  }
  for (State state : {State::kReady, State::kMail, State::kRcpt, State::kData, State::kClosed}) {
    EXPECT_TRUE(reached.contains(state)) << name_of(state);
  }
}

TEST(ExtensionTest, NamesAreFoundWithoutCase) {
  for (const ExtensionInfo& info : extensions())
    EXPECT_EQ(extension_of(info.keyword), info.extension);
  EXPECT_EQ(extension_of("pipelining"), Extension::kPipelining);
  EXPECT_EQ(extension_of("STARTTLS"), std::nullopt);
}

}  // namespace
}  // namespace mailcosm::smtp
