#include <gtest/gtest.h>

#include "tests/protocols/smtp/server_harness.h"

namespace mailcosm::smtp {
namespace {

const std::string kOpening = "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n";
const Codes kOpened = {220, 250, 250, 250, 354};

Codes codes_after(const std::string& message, const ServerConfig& config = smtp_config()) {
  Codes codes = serve(config, {}, kOpening + message).codes();
  EXPECT_EQ(Codes(codes.begin(), codes.begin() + 5), kOpened);
  return {codes.begin() + 5, codes.end()};
}

// RFC 5321 section 4.5.2: a leading dot is removed, whatever follows it.
TEST(ServerDataTest, RemovesDotStuffing) {
  const ServerRun run = serve(smtp_config(), {}, kOpening + "..\r\n.a\r\n...b\r\nc.d\r\n.\r\n");
  EXPECT_TRUE(run.has_event("body .\r\na\r\n..b\r\nc.d\r\n"));
}

TEST(ServerDataTest, TakesAnEmptyMessage) {
  const ServerRun run = serve(smtp_config(), {}, kOpening + ".\r\n");
  EXPECT_EQ(run.codes().back(), 250);
  EXPECT_EQ(run.events.back(), "message 0 for 1");
}

// RFC 5321 section 4.1.1.4: only CRLF "." CRLF ends the message; RFC 5321 section 2.3.8: no bare CR
// or LF.
TEST(ServerDataTest, CannotBeSmuggledThrough) {
  for (const char* end : {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\r\n.\r", "\r.\r",
                          "\n\n.\r\r\n", "\r\n.\r\r\n"}) {
    const ServerRun run =
        serve(smtp_config(), {},
              kOpening + "text" + end +
                  "MAIL FROM:<evil@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\nevil\r\n.\r\nNOOP\r\n");
    EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 250, 354, 521})) << testing::PrintToString(end);
    EXPECT_EQ(run.reason, CloseReason::kProtocolError);
    EXPECT_EQ(run.events.back(), "reset");
    EXPECT_FALSE(run.has_event("mail evil@b.c size 0"));
  }
}

// RFC 5321 section 4.5.3.1.6: 1000 octets with CRLF, not counting the transparency dot.
TEST(ServerDataTest, LimitsTextLines) {
  for (std::size_t length = 997; length < 1000; ++length) {
    const int code = length < 999 ? 250 : 554;
    EXPECT_EQ(codes_after(std::string(length, 'x') + "\r\n.\r\nNOOP\r\n"), (Codes{code, 250}));
    EXPECT_EQ(codes_after(".." + std::string(length - 1, 'x') + "\r\n.\r\nNOOP\r\n"),
              (Codes{code, 250}));
  }
}

// RFC 5321 section 4.5.3.1.7; RFC 1870 section 6.3: 552 after the message when it was larger than
// the limit.
TEST(ServerDataTest, LimitsTheMessage) {
  ServerConfig config = smtp_config();
  config.limits.message_size_max = 100;
  for (std::size_t size = 99; size < 102; ++size) {
    const std::string message = "." + std::string(size - 2, '.') + "\r\n";
    EXPECT_EQ(codes_after(message + ".\r\nNOOP\r\n", config), (Codes{size < 101 ? 250 : 552, 250}))
        << size;
  }
}

TEST(ServerDataTest, StopsHandingOutAMessageThatIsTooLarge) {
  ServerConfig config = smtp_config();
  config.limits.message_size_max = 10;
  ServerRunner runner(config, {});
  runner.pump();
  runner.feed(kOpening);
  runner.feed("12345678\r\n");
  runner.feed("more\r\n");
  EXPECT_EQ(runner.run().events.back(), "reset");
  runner.feed("more\r\n.\r\nNOOP\r\n");
  EXPECT_EQ(runner.run().events.back(), "reset");
}

// RFC 5321 section 4.1.1.4: after the message the server is ready for the next transaction.
TEST(ServerDataTest, TakesOneMessageAfterTheOther) {
  const std::string transaction = kOpening.substr(10) + "x\r\n.\r\n";
  EXPECT_EQ(serve(smtp_config(), {}, "EHLO a.b\r\n" + transaction + transaction).codes(),
            (Codes{220, 250, 250, 250, 354, 250, 250, 250, 354, 250}));
}

TEST(ServerDataTest, RefusesAsTheOwnerSays) {
  Policy policy;
  policy.message = {{451, {4, 3, 0}, "Disk full"}};
  EXPECT_EQ(serve(smtp_config(), policy, kOpening + "x\r\n.\r\nDATA\r\n").codes(),
            (Codes{220, 250, 250, 250, 354, 451, 503}));
}

// RFC 5321 section 4.5.3.2.5: waiting for the message restarts with each piece of it.
TEST(ServerDataTest, EachPieceMovesTheDeadline) {
  const ServerConfig config = smtp_config();
  ServerSession session(config, {});
  std::string output;
  Instant now;
  const auto pump = [&] {
    while (true) {
      const ServerEvent event = session.next(output);
      if (std::holds_alternative<NeedMore>(event)) return;
      if (session.question_open()) session.answer(accept(), now, output);
    }
  };
  pump();
  session.receive(kOpening, now);
  pump();
  now = now + std::chrono::minutes(4);
  session.receive("a line\r\n", now);
  pump();
  EXPECT_EQ(session.deadline(), now + std::chrono::minutes(5));
}

// RFC 2033 section 4.2: after the message, one reply for each accepted recipient, in their order.
TEST(ServerLmtpTest, AnswersForEachRecipient) {
  Policy policy;
  policy.rcpt["no@b.c"] = {550, {5, 1, 1}, "No such user"};
  policy.message = {accept(), {452, {4, 2, 2}, "Mailbox full"}};
  const ServerRun run = serve(lmtp_config(), policy,
                              "LHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<x@b.c>\r\nRCPT "
                              "TO:<no@b.c>\r\nRCPT TO:<y@b.c>\r\nDATA\r\nhi\r\n.\r\nQUIT\r\n");
  EXPECT_TRUE(run.output.find("354 End the message with a dot on a line of its own\r\n250 2.0.0 "
                              "Delivered\r\n452 4.2.2 Mailbox full\r\n221 ") != std::string::npos);
  EXPECT_TRUE(run.has_event("message 4 for 2"));
}

// RFC 2033 section 4.1: HELO and EHLO must not succeed.
TEST(ServerLmtpTest, KnowsOnlyLhlo) {
  EXPECT_EQ(
      serve(lmtp_config(), {}, "HELO a.b\r\nEHLO a.b\r\nMAIL FROM:<>\r\nLHLO a.b\r\n").codes(),
      (Codes{220, 500, 500, 503, 250}));
}

// RFC 2033 section 4.2: DATA without a valid recipient must fail with 503.
TEST(ServerLmtpTest, DataNeedsARecipient) {
  Policy policy;
  policy.rcpt["no@b.c"] = {550, {5, 1, 1}, "No such user"};
  EXPECT_EQ(serve(lmtp_config(), policy, "LHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<no@b.c>\r\nDATA\r\n")
                .codes(),
            (Codes{220, 250, 250, 550, 503}));
}

// RFC 2033 section 4.2: also the engine's own refusal is given once for each recipient.
TEST(ServerLmtpTest, RefusesABadMessageForEachRecipient) {
  const std::string opening =
      "LHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<x@b.c>\r\nRCPT TO:<y@b.c>\r\nDATA\r\n";
  EXPECT_EQ(
      serve(lmtp_config(), {}, opening + std::string(1000, 'x') + "\r\n.\r\nNOOP\r\n").codes(),
      (Codes{220, 250, 250, 250, 250, 354, 554, 554, 250}));
}

}  // namespace
}  // namespace mailcosm::smtp
