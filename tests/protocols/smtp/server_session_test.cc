#include <gtest/gtest.h>

#include "tests/protocols/smtp/server_harness.h"

namespace mailcosm::smtp {
namespace {

constexpr std::string_view kOneMessage =
    "EHLO mail.red.com\r\nMAIL FROM:<alice@red.com>\r\nRCPT TO:<bob@blue.com>\r\nDATA\r\n"
    "Subject: Hi\r\n\r\n..dot\r\nbye\r\n.\r\nQUIT\r\n";

// RFC 5321 section 3.3: MAIL, RCPT, DATA, and 354 before the message.
TEST(ServerSessionTest, TakesAMessage) {
  const ServerRun run = serve(smtp_config(), {}, kOneMessage);
  EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 250, 354, 250, 221}));
  EXPECT_EQ(run.events, (std::vector<std::string>{
                            "ehlo mail.red.com", "mail alice@red.com size 0", "rcpt bob@blue.com",
                            "body Subject: Hi\r\n\r\n.dot\r\nbye\r\n", "message 26 for 1"}));
  EXPECT_TRUE(run.closed);
  EXPECT_EQ(run.reason, CloseReason::kQuit);
}

// RFC 5321 section 4.1.1.1: the answer to EHLO names the server and lists its extensions, one a
// line. RFC 2034 section 4: there and in the greeting stands no enhanced status code; elsewhere
// there does.
TEST(ServerSessionTest, ListsExtensions) {
  const ServerRun run = serve(smtp_config(), {}, "EHLO a.com\r\nNOOP\r\n");
  EXPECT_EQ(run.output,
            "220 mx.blue.com ESMTP Mailcosm\r\n"
            "250-mx.blue.com\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-8BITMIME\r\n"
            "250-ENHANCEDSTATUSCODES\r\n250 HELP\r\n250 2.0.0 OK\r\n");
}

TEST(ServerSessionTest, OffersNothingAfterHelo) {
  const ServerRun run = serve(smtp_config(), {}, "HELO a.com\r\nMAIL FROM:<a@b.c> SIZE=5\r\n");
  EXPECT_EQ(run.output.substr(32),
            "250 mx.blue.com\r\n555 5.5.4 Parameter not recognized or not implemented\r\n");
}

// RFC 5321 section 4.1.4: order of commands; RFC 5321 section 3.3: 503 when it is broken.
TEST(ServerSessionTest, RefusesCommandsOutOfOrder) {
  EXPECT_EQ(serve(smtp_config(), {}, "MAIL FROM:<a@b.c>\r\n").codes(), (Codes{220, 503}));
  EXPECT_EQ(serve(smtp_config(), {}, "HELO x.y\r\nRCPT TO:<a@b.c>\r\nDATA\r\n").codes(),
            (Codes{220, 250, 503, 503}));
  EXPECT_EQ(
      serve(smtp_config(), {}, "HELO x.y\r\nMAIL FROM:<a@b.c>\r\nDATA\r\nMAIL FROM:<>\r\n").codes(),
      (Codes{220, 250, 250, 503, 503}));
}

// RFC 5321 section 4.1.4: NOOP, HELP, EXPN, VRFY and RSET can be used at any time, also before
// HELO.
TEST(ServerSessionTest, TakesSomeCommandsAtAnyTime) {
  const std::string any = "NOOP\r\nHELP\r\nVRFY bob\r\nEXPN list\r\nRSET\r\n";
  const ServerRun run =
      serve(smtp_config(), {},
            any + "EHLO a.b\r\n" + any + "MAIL FROM:<>\r\nNOOP x\r\nHELP\r\nVRFY x\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 250, 214, 252, 252, 250, 250, 250, 214, 252, 252, 250, 250,
                                250, 214, 252}));
}

// RFC 5321 section 4.1.1.5: RSET forgets the transaction, and is answered 250 with or without one.
TEST(ServerSessionTest, ResetForgetsTheTransaction) {
  const ServerRun run =
      serve(smtp_config(), {},
            "EHLO a.b\r\nRSET\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nRSET\r\nDATA\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 250, 250, 250, 503}));
  EXPECT_EQ(run.events,
            (std::vector<std::string>{"ehlo a.b", "mail a@b.c size 0", "rcpt d@e.f", "reset"}));
}

// RFC 5321 section 4.1.4: EHLO in the middle of a session clears all buffers, as RSET does.
TEST(ServerSessionTest, SecondEhloResets) {
  const ServerRun run =
      serve(smtp_config(), {}, "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nEHLO a.b\r\nRCPT TO:<d@e.f>\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 250, 503}));
  EXPECT_EQ(run.events.back(), "reset");
}

// RFC 5321 section 4.1.1.1: the argument is a domain or an address literal.
TEST(ServerSessionTest, ChecksTheArgumentOfHelo) {
  EXPECT_EQ(serve(smtp_config(), {},
                  "EHLO\r\nHELO a_b!\r\nEHLO [192.0.2.1]\r\nEHLO [IPv6:2001:db8::1]\r\n")
                .codes(),
            (Codes{220, 501, 501, 250, 250}));
}

// RFC 5321 section 4.5.3.1.2.
TEST(ServerSessionTest, LimitsTheDomainOfHelo) {
  const std::string label(63, 'a');
  const std::string domain = label + '.' + label + '.' + label + '.';
  EXPECT_EQ(serve(smtp_config(), {}, "HELO " + domain + std::string(62, 'b') + "\r\n").codes(),
            (Codes{220, 250}));
  EXPECT_EQ(serve(smtp_config(), {}, "HELO " + domain + std::string(63, 'b') + "\r\n").codes(),
            (Codes{220, 250}));
  EXPECT_EQ(serve(smtp_config(), {}, "HELO " + domain + std::string(61, 'b') + ".cc\r\n").codes(),
            (Codes{220, 501}));
}

// RFC 5321 section 2.4: verbs and keywords are taken in any case; RFC 5321 section 4.1.1: trailing
// white space too.
TEST(ServerSessionTest, IgnoresCaseAndTrailingSpace) {
  EXPECT_EQ(serve(smtp_config(), {},
                  "eHlO a.b  \r\nmail from:<a@b.c> size=3\r\nRcpt To:<d@e.f>\t\r\ndata \r\n")
                .codes(),
            (Codes{220, 250, 250, 250, 354}));
}

// RFC 5321 section 4.2.4: 500 for what is not recognised.
TEST(ServerSessionTest, RefusesUnknownCommands) {
  EXPECT_EQ(serve(smtp_config(), {}, "WHAT\r\n\r\nLHLO a.b\r\nSTARTTLS\r\nBDAT 4 LAST\r\n").codes(),
            (Codes{220, 500, 500, 500, 500, 500}));
}

// RFC 5321 section 4.1.1.4, RFC 5321 section 4.1.1.5 and RFC 5321 section 4.1.1.10: no parameters.
TEST(ServerSessionTest, RefusesParametersWhereThereAreNone) {
  EXPECT_EQ(
      serve(smtp_config(), {},
            "EHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nDATA x\r\nRSET x\r\nQUIT x\r\nVRFY\r\n")
          .codes(),
      (Codes{220, 250, 250, 250, 501, 501, 501, 501}));
}

// RFC 5321 section 2.3.8: CR and LF only as CRLF; a command with a bare one is not taken apart.
TEST(ServerSessionTest, RefusesBareLineEndsInCommands) {
  EXPECT_EQ(serve(smtp_config(), {}, "HELO a.b\nNOOP\r\nNO\rOP\r\nNOOP\r\n").codes(),
            (Codes{220, 500, 500, 250}));
}

// RFC 5321 section 4.5.3.1.4: 512 octets with CRLF; RFC 5321 section 4.5.3.1.10: 500 beyond.
TEST(ServerSessionTest, LimitsTheCommandLine) {
  for (std::size_t excess = 0; excess < 3; ++excess) {
    const std::string line = "NOOP " + std::string(512 - 2 - 5 - 1 + excess, 'x') + "\r\n";
    EXPECT_EQ(serve(smtp_config(), {}, line + "NOOP\r\n").codes(),
              (Codes{220, excess == 2 ? 500 : 250, 250}));
  }
}

// RFC 1870 section 3, RFC 6152 section 2: these lengthen the MAIL command; RFC 5321
// section 4.5.3.1.4.
TEST(ServerSessionTest, ExtensionsLengthenMail) {
  const std::size_t limit = 512 + 26 + 17;
  for (std::size_t excess = 0; excess < 3; ++excess) {
    std::string line = "MAIL FROM:<a@b.c> SIZE=1";
    line += std::string(limit - 2 - line.size() - 1 + excess, ' ') + "\r\n";
    EXPECT_EQ(serve(smtp_config(), {}, "EHLO a.b\r\n" + line).codes(),
              (Codes{220, 250, excess == 2 ? 500 : 250}));
  }
}

TEST(ServerSessionTest, AnEndlessLineNeedsNoMemory) {
  const ServerConfig config = smtp_config();
  ServerSession session(config, {});
  std::string output;
  (void)session.next(output);
  session.answer(accept(), {}, output);
  const std::string piece(100'000, 'x');
  for (int i = 0; i < 1000; ++i) {
    session.receive(piece, {});
    EXPECT_TRUE(std::holds_alternative<NeedMore>(session.next(output)));
  }
  session.receive("\r\n", {});
  (void)session.next(output);
  EXPECT_TRUE(output.ends_with("500 5.5.2 Line too long\r\n"));
}

// RFC 5321 section 4.3.2: 421 may answer any command. The refused command with the number of the
// limit ends it.
TEST(ServerSessionTest, HangsUpAfterTooManyErrors) {
  ServerConfig config = smtp_config();
  config.limits.errors_max = 3;
  EXPECT_FALSE(run_server(config, {}, {"A\r\nB\r\n"}).reason == CloseReason::kTooManyErrors);
  const ServerRun run = serve(config, {}, "A\r\nB\r\nC\r\nNOOP\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 500, 500, 421}));
  EXPECT_EQ(run.reason, CloseReason::kTooManyErrors);
}

// RFC 5321 section 3.1: after 554 the server waits for QUIT and answers 503 to all else.
TEST(ServerSessionTest, RefusedGreetingLeavesOnlyQuit) {
  Policy policy;
  policy.connect = {554, {}, "mx.blue.com no service"};
  const ServerRun run = serve(smtp_config(), policy, "EHLO a.b\r\nNOOP\r\nQUIT\r\n");
  EXPECT_EQ(run.codes(), (Codes{554, 503, 503, 221}));
}

// RFC 5321 section 3.8: after 421 the server closes the channel.
TEST(ServerSessionTest, ClosesAfter421) {
  Policy policy;
  policy.connect = {421, {}, "mx.blue.com come back later"};
  ServerRun run = serve(smtp_config(), policy, "EHLO a.b\r\n");
  EXPECT_EQ(run.codes(), (Codes{421}));
  EXPECT_EQ(run.reason, CloseReason::kRefused);
  policy = {};
  policy.rcpt["b@c.d"] = {421, {4, 3, 2}, "Shutting down"};
  run = serve(smtp_config(), policy, "EHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<b@c.d>\r\nNOOP\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 421}));
  EXPECT_EQ(run.events.back(), "reset");
}

TEST(ServerSessionTest, HangsUpOnWebBrowsers) {
  const ServerRun run = serve(smtp_config(), {}, "POST / HTTP/1.1\r\nEHLO a.b\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 502}));
  EXPECT_EQ(run.reason, CloseReason::kProtocolError);
}

// RFC 5321 section 4.5.3.2.7: at least five minutes for the next command, then 421 (RFC 5321
// section 3.8).
TEST(ServerSessionTest, ClosesAfterFiveIdleMinutes) {
  ServerConfig config = smtp_config();
  ServerRunner idle(config, {});
  idle.pump();
  EXPECT_EQ(idle.session().deadline(), Instant{} + std::chrono::minutes(5));
  idle.feed("EHLO a.b\r\nMAIL FROM:<>\r\n");
  idle.expire();
  EXPECT_TRUE(idle.take_output().ends_with("421 4.4.2 Timeout, closing connection\r\n"));
  EXPECT_EQ(idle.run().reason, CloseReason::kTimeout);
  EXPECT_EQ(idle.run().events.back(), "reset");
  EXPECT_TRUE(idle.session().deadline().is_never());
}

TEST(ServerSessionTest, HasNoDeadlineWhileAQuestionIsOpen) {
  const ServerConfig config = smtp_config();
  ServerSession session(config, {});
  std::string output;
  EXPECT_TRUE(std::holds_alternative<ConnectAsked>(session.next(output)));
  EXPECT_TRUE(session.deadline().is_never());
  EXPECT_TRUE(std::holds_alternative<NeedMore>(session.next(output)));
  const Instant later = Instant{} + std::chrono::hours(1);
  session.answer(accept(), later, output);
  EXPECT_EQ(session.deadline(), later + std::chrono::minutes(5));
}

TEST(ServerSessionTest, LimitsWhatWaitsBehindAQuestion) {
  ServerConfig config = smtp_config();
  config.limits.input_waiting_max = 100;
  for (std::size_t excess = 0; excess < 3; ++excess) {
    ServerSession session(config, {});
    std::string output;
    (void)session.next(output);
    session.receive(std::string(99 + excess, '\r'), {});
    session.answer(accept(), {}, output);
    const ServerEvent event = session.next(output);
    EXPECT_EQ(std::holds_alternative<Closed>(event), excess == 2) << excess;
  }
}

TEST(ServerSessionTest, TellsTheOwnerWhenThePeerVanishes) {
  const ServerRun run =
      serve(smtp_config(), {}, "EHLO a.b\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nDATA\r\nhalf");
  EXPECT_EQ(run.reason, CloseReason::kEndOfInput);
  EXPECT_EQ(run.events.back(), "reset");
}

// RFC 2920 section 3.2: commands that were sent ahead are all answered, in order.
TEST(ServerSessionTest, AnswersAPipelinedGroupInOrder) {
  Policy policy;
  policy.rcpt["no@b.c"] = {550, {5, 1, 1}, "No such user"};
  const ServerRun run = serve(smtp_config(), policy,
                              "EHLO a.b\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<no@b.c>\r\nRCPT "
                              "TO:<yes@b.c>\r\nDATA\r\n.\r\nMAIL FROM:<a@b.c>\r\n"
                              "RCPT TO:<no@b.c>\r\nDATA\r\nQUIT\r\n");
  EXPECT_EQ(run.codes(), (Codes{220, 250, 250, 550, 250, 354, 250, 250, 550, 554, 221}));
}

// RFC 5321 section 3.5.3: 252 by default, or what the owner knows.
TEST(ServerSessionTest, VerifiesAsTheOwnerSays) {
  Policy policy;
  policy.vrfy = {250, {}, "Bob <bob@blue.com>"};
  const ServerRun run = serve(smtp_config(), policy, "VRFY bob\r\nEXPN staff\r\n");
  EXPECT_TRUE(
      run.output.ends_with("250 2.5.0 Bob <bob@blue.com>\r\n250 2.5.0 Bob <bob@blue.com>\r\n"));
  EXPECT_TRUE(run.has_event("vrfy bob"));
  EXPECT_TRUE(run.has_event("expn staff"));
}

}  // namespace
}  // namespace mailcosm::smtp
