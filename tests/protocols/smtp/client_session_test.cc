#include <gtest/gtest.h>

#include <algorithm>

#include "tests/protocols/smtp/client_harness.h"

namespace mailcosm::smtp {
namespace {

constexpr std::string_view kGreeting = "220 mx ESMTP\r\n";
constexpr std::string_view kEhlo = "250-mx\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250 8BITMIME\r\n";

std::string replies(std::string_view rest) {
  return std::string(kGreeting) + std::string(kEhlo) + std::string(rest);
}

// RFC 5321 section 3.1 and RFC 5321 section 3.2: waits for the greeting, then EHLO with the own
// name; QUIT at the end.
TEST(ClientSessionTest, OpensAndQuits) {
  ClientRunner runner(client_config(), {});
  runner.pump();
  EXPECT_EQ(runner.take_output(), "");
  runner.feed(kGreeting);
  EXPECT_EQ(runner.take_output(), "EHLO mail.red.com\r\n");
  runner.feed(kEhlo);
  EXPECT_EQ(runner.take_output(), "QUIT\r\n");
  EXPECT_EQ(runner.session().extensions().size_max, 1000u);
  EXPECT_TRUE(runner.session().extensions().offered.has(Extension::kPipelining));
  EXPECT_FALSE(runner.session().extensions().offered.has(Extension::kAuth));
  runner.feed("221 bye\r\n");
  EXPECT_EQ(runner.run().events.back(), "closed: QUIT");
}

// RFC 5321 section 3.2: HELO where EHLO is not known.
TEST(ClientSessionTest, FallsBackToHelo) {
  const ClientRun run = talk(
      client_config(), {Mail{}},
      "220 mx\r\n500 what?\r\n250 mx\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n221 bye\r\n");
  EXPECT_EQ(run.output,
            "EHLO mail.red.com\r\nHELO mail.red.com\r\nMAIL FROM:<alice@red.com>\r\nRCPT "
            "TO:<bob@blue.com>\r\n"
            "DATA\r\nSubject: Hi\r\n\r\n..dot\r\n.\r\nQUIT\r\n");
  EXPECT_EQ(run.events, (Events{"greeting 0: 220 mx", "EHLO 0: 500 what?", "HELO 0: 250 mx",
                                "ready", "MAIL 0: 250 ok", "RCPT 0: 250 ok", "DATA 0: 354 go",
                                "end of DATA 0: 250 taken", "done 0 at end of DATA: 250 taken",
                                "transaction done", "ready", "QUIT 0: 221 bye", "closed: QUIT"}));
}

// RFC 5321 section 3.1: a client that is greeted with 554 says QUIT.
TEST(ClientSessionTest, LeavesARefusingServer) {
  const ClientRun run = talk(client_config(), {Mail{}}, "554 no service\r\n221 bye\r\n");
  EXPECT_EQ(run.output, "QUIT\r\n");
  EXPECT_EQ(run.events, (Events{"greeting 0: 554 no service", "refused at greeting: 554 no service",
                                "QUIT 0: 221 bye", "closed: refused"}));
  EXPECT_EQ(talk(client_config(), {Mail{}}, "421 busy\r\n").output, "");
  EXPECT_EQ(talk(client_config(), {Mail{}}, "220 x\r\n450 later\r\n221 bye\r\n").output,
            "EHLO mail.red.com\r\nQUIT\r\n");
  EXPECT_EQ(talk(client_config(), {Mail{}}, "220 x\r\n500 no\r\n500 no\r\n").events.back(),
            "closed: refused");
}

// RFC 2920 section 3.1: MAIL, RCPT and DATA go together; replies are matched in order.
TEST(ClientSessionTest, RunsAhead) {
  ClientRunner runner(client_config(), {Mail{.recipients = {"a@b.c", "d@e.f"}}});
  runner.feed(replies(""));
  runner.take_output();
  EXPECT_EQ(runner.session().body_wanted(), false);
  ClientRunner again(client_config(), {Mail{.recipients = {"a@b.c", "d@e.f"}, .size = 500}});
  again.feed(kGreeting);
  again.take_output();
  again.feed(kEhlo);
  EXPECT_EQ(again.take_output(),
            "MAIL FROM:<alice@red.com> SIZE=500\r\nRCPT TO:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n");
  again.feed("250 ok\r\n250 ok\r\n550 no\r\n354 go\r\n");
  EXPECT_EQ(again.take_output(), "Subject: Hi\r\n\r\n..dot\r\n.\r\n");
  again.feed("250 taken\r\n");
  EXPECT_EQ(again.take_output(), "QUIT\r\n");
}

TEST(ClientSessionTest, DoesNotRunAheadUnlessOffered) {
  ClientConfig config = client_config();
  config.pipelining = false;
  ClientRunner runner(config, {Mail{.recipients = {"a@b.c", "d@e.f"}}});
  runner.feed(kGreeting);
  runner.take_output();
  runner.feed(kEhlo);
  EXPECT_EQ(runner.take_output(), "MAIL FROM:<alice@red.com>\r\n");
  runner.feed("250 ok\r\n");
  EXPECT_EQ(runner.take_output(), "RCPT TO:<a@b.c>\r\n");
  runner.feed("550 no\r\n");
  EXPECT_EQ(runner.take_output(), "RCPT TO:<d@e.f>\r\n");
  runner.feed("550 no\r\n");
  EXPECT_EQ(runner.take_output(), "RSET\r\n") << "no DATA without a recipient";
  runner.feed("250 ok\r\n");
  EXPECT_EQ(runner.take_output(), "QUIT\r\n");
}

// RFC 2920 section 3.1: when DATA is accepted although no recipient was, the client sends a lone
// dot.
TEST(ClientSessionTest, SendsAnEmptyMessageAfterAnUnwanted354) {
  const ClientRun run =
      talk(client_config(), {Mail{}},
           replies("250 ok\r\n550 no\r\n354 go\r\n554 no recipients\r\n221 bye\r\n"));
  EXPECT_TRUE(run.output.ends_with("DATA\r\n.\r\nQUIT\r\n"));
  EXPECT_EQ(std::count(run.events.begin(), run.events.end(), "done 0 at RCPT: 550 no"), 1);
}

TEST(ClientSessionTest, ResetsAfterARefusedData) {
  const ClientRun run = talk(client_config(), {Mail{}, Mail{}},
                             replies("250 ok\r\n550 no\r\n554 no recipients\r\n250 reset\r\n450 "
                                     "later\r\n503 no\r\n503 no\r\n221 bye\r\n"));
  EXPECT_TRUE(run.output.ends_with(
      "DATA\r\nRSET\r\nMAIL FROM:<alice@red.com>\r\nRCPT TO:<bob@blue.com>\r\nDATA\r\nQUIT\r\n"));
  EXPECT_EQ(std::count(run.events.begin(), run.events.end(), "done 0 at MAIL: 450 later"), 1);
  EXPECT_EQ(std::count(run.events.begin(), run.events.end(), "transaction done"), 2);
}

TEST(ClientSessionTest, GivesEachRecipientItsReply) {
  const ClientRun run = talk(client_config(), {Mail{.recipients = {"a@b", "c@d", "e@f"}}},
                             replies("250 ok\r\n250 ok\r\n550 5.1.1 who?\r\n250 ok\r\n354 "
                                     "go\r\n451 4.3.0 disk\r\n221 bye\r\n"));
  Events done;
  for (const std::string& event : run.events) {
    if (event.starts_with("done")) done.push_back(event);
  }
  EXPECT_EQ(done, (Events{"done 1 at RCPT: 550 5.1.1 who?", "done 0 at end of DATA: 451 4.3.0 disk",
                          "done 2 at end of DATA: 451 4.3.0 disk"}));
}

// RFC 5321 section 4.5.3.1.10: 552 to RCPT counts as 452.
TEST(ClientSessionTest, Takes552ToRcptForTransient) {
  const ClientRun run =
      talk(client_config(), {Mail{.recipients = {"a@b", "c@d"}}},
           replies("250 ok\r\n250 ok\r\n552 too many\r\n354 go\r\n250 ok\r\n221 bye\r\n"));
  EXPECT_EQ(std::count(run.events.begin(), run.events.end(), "done 1 at RCPT: 452 4.5.3 too many"),
            1);
}

// RFC 5321 section 4.5.3.1.10: only where 552 may mean too many recipients; RFC 3463
// section 3.3: 5.2.2 means that the mailbox is full.
TEST(ClientSessionTest, Believes552WhoseStatusSaysWhatIsMeant) {
  const ClientRun full =
      talk(client_config(), {Mail{.recipients = {"a@b", "c@d"}}},
           replies("250 ok\r\n250 ok\r\n552 5.2.2 full\r\n354 go\r\n250 ok\r\n221 bye\r\n"));
  EXPECT_EQ(std::count(full.events.begin(), full.events.end(), "done 1 at RCPT: 552 5.2.2 full"),
            1);
  const ClientRun many =
      talk(client_config(), {Mail{.recipients = {"a@b", "c@d"}}},
           replies("250 ok\r\n250 ok\r\n552 5.5.3 many\r\n354 go\r\n250 ok\r\n221 bye\r\n"));
  EXPECT_EQ(std::count(many.events.begin(), many.events.end(), "done 1 at RCPT: 452 4.5.3 many"),
            1);
}

// RFC 2033 section 4.2: one reply for each accepted recipient after the message.
TEST(ClientSessionTest, ReadsOneReplyPerRecipientUnderLmtp) {
  const ClientRun run =
      talk(client_config(Service::kLmtp), {Mail{.recipients = {"a@b", "c@d", "e@f"}}},
           replies("250 ok\r\n250 ok\r\n550 who?\r\n250 ok\r\n354 go\r\n250 first\r\n452 4.2.2 "
                   "full\r\n221 bye\r\n"));
  EXPECT_TRUE(run.output.starts_with("LHLO mail.red.com\r\n"));
  EXPECT_EQ(Events(run.events.begin() + 7, run.events.end()),
            (Events{"RCPT 2: 250 ok", "DATA 0: 354 go", "end of DATA 0: 250 first",
                    "done 0 at end of DATA: 250 first", "end of DATA 2: 452 4.2.2 full",
                    "done 2 at end of DATA: 452 4.2.2 full", "transaction done", "ready",
                    "QUIT 0: 221 bye", "closed: QUIT"}));
}

// RFC 5321 section 3.8: a lost connection decides nothing about a message whose reply has not come.
TEST(ClientSessionTest, TellsEveryRecipientWhenTheSessionBreaks) {
  const ClientRun run = talk(client_config(), {Mail{.recipients = {"a@b", "c@d"}}},
                             replies("250 ok\r\n250 ok\r\n550 no\r\n354 go\r\n"));
  EXPECT_EQ(Events(run.events.end() - 3, run.events.end()),
            (Events{"done 0 at end of DATA: 0", "transaction done",
                    "closed: connection closed by peer"}));
}

TEST(ClientSessionTest, StopsAt421) {
  ClientRun run = talk(client_config(), {Mail{}}, replies("250 ok\r\n421 4.3.2 shutting down\r\n"));
  EXPECT_EQ(
      Events(run.events.end() - 3, run.events.end()),
      (Events{"done 0 at RCPT: 421 4.3.2 shutting down", "transaction done", "closed: refused"}));
}

TEST(ClientSessionTest, HearsA421BetweenTransactions) {
  const ClientConfig config = client_config();
  ClientSession session(config, {});
  std::string output;
  session.receive(replies(""), {});
  while (!std::holds_alternative<NeedMore>(session.next(output))) {
  }
  session.receive("421 bye\r\n", {});
  EXPECT_TRUE(std::holds_alternative<LineReceived>(session.next(output)));
  const ClientEvent event = session.next(output);
  ASSERT_TRUE(std::holds_alternative<Closed>(event));
  EXPECT_EQ(std::get<Closed>(event).reason, CloseReason::kRefused);
}

// RFC 1870 section 6.1 and RFC 6152 section 3: what the server cannot take is not sent.
TEST(ClientSessionTest, RefusesLocallyWhatTheServerCannotTake) {
  ClientRun run = talk(client_config(), {Mail{.size = 1000}},
                       replies("250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n221 bye\r\n"));
  EXPECT_NE(run.output.find("SIZE=1000"), std::string::npos);
  run = talk(client_config(), {Mail{.size = 1001}}, replies("221 bye\r\n"));
  EXPECT_TRUE(run.output.ends_with("com\r\nQUIT\r\n"));
  EXPECT_EQ(run.events[3],
            "done 0 at MAIL: 552 5.3.4 Message size exceeds the limit of the server locally");
  run = talk(client_config(), {Mail{.eight_bit = true}}, "220 x\r\n250 y\r\n221 bye\r\n");
  EXPECT_EQ(run.events[3],
            "done 0 at MAIL: 554 5.6.3 The server does not take 8-bit messages locally");
  run = talk(client_config(), {Mail{.eight_bit = true}}, replies("250 ok\r\n"));
  EXPECT_NE(run.output.find("MAIL FROM:<alice@red.com> BODY=8BITMIME\r\n"), std::string::npos);
}

// RFC 5321 section 4.5.3.2.1 to RFC 5321 section 4.5.3.2.6: a time to wait for each stage.
TEST(ClientSessionTest, WaitsAsLongAsEachStageDeserves) {
  const auto minutes = [](int n) { return Instant{} + std::chrono::minutes(n); };
  ClientRunner runner(client_config(), {Mail{}});
  runner.hold_body();
  runner.pump();
  EXPECT_EQ(runner.session().deadline(), minutes(5)) << "greeting";
  runner.feed(replies(""));
  EXPECT_EQ(runner.session().deadline(), minutes(5)) << "MAIL";
  runner.feed("250 ok\r\n");
  EXPECT_EQ(runner.session().deadline(), minutes(5)) << "RCPT";
  runner.feed("250 ok\r\n");
  EXPECT_EQ(runner.session().deadline(), minutes(2)) << "DATA initiation";
  runner.feed("354 go\r\n");
  EXPECT_EQ(runner.session().deadline(), minutes(3)) << "data block";
  std::string output;
  runner.session().body("x", minutes(1), output);
  EXPECT_EQ(runner.session().deadline(), minutes(4)) << "next data block";
  runner.session().end_body(minutes(2), output);
  EXPECT_EQ(runner.session().deadline(), minutes(12)) << "DATA termination";
  runner.expire();
  EXPECT_EQ(Events(runner.run().events.end() - 3, runner.run().events.end()),
            (Events{"done 0 at end of DATA: 0", "transaction done", "closed: timeout"}));
}

TEST(ClientSessionTest, HasNoDeadlineBetweenTransactions) {
  const ClientConfig config = client_config();
  ClientSession session(config, {});
  std::string output;
  session.receive(replies(""), {});
  while (!std::holds_alternative<NeedMore>(session.next(output))) {
  }
  EXPECT_TRUE(session.ready());
  EXPECT_TRUE(session.deadline().is_never());
}

// RFC 5321 section 4.2.1: replies of several lines have one code; anything else is not SMTP.
TEST(ClientSessionTest, LeavesWhatIsNoSmtp) {
  for (const char* bad :
       {"HTTP/1.1 400\r\n", "220-a\r\n221 b\r\n", "12\r\n", "620 x\r\n", "220_x\r\n", "\r\n"}) {
    EXPECT_EQ(talk(client_config(), {}, bad).events, (Events{"closed: protocol error"})) << bad;
  }
  EXPECT_EQ(talk(client_config(), {}, "220\r\n").output, "EHLO mail.red.com\r\n")
      << "text is optional";
}

// RFC 5321 section 4.5.3.1.5: reply lines are limited, and so is their number.
TEST(ClientSessionTest, LimitsReplies) {
  ClientConfig config = client_config();
  config.limits.reply_line_length_max = 20;
  config.limits.reply_lines_max = 3;
  for (std::size_t length = 19; length < 22; ++length) {
    const std::string line = "220 " + std::string(length - 6, 'x') + "\r\n";
    EXPECT_EQ(talk(config, {}, line).output.empty(), length == 21) << length;
  }
  for (int lines = 2; lines < 5; ++lines) {
    std::string greeting;
    for (int i = 1; i < lines; ++i) greeting += "220-x\r\n";
    EXPECT_EQ(talk(config, {}, greeting + "220 x\r\n").output.empty(), lines == 4) << lines;
  }
}

// RFC 4954 section 4: the initial response goes with the command.
TEST(ClientSessionTest, LogsIn) {
  ClientConfig config = client_config(Service::kSubmission);
  config.credentials = sasl::Credentials{"", "tim", "secret"};
  ClientRun run =
      talk(config, {}, "220 x\r\n250-x\r\n250 AUTH LOGIN PLAIN\r\n235 2.7.0 ok\r\n221 bye\r\n");
  EXPECT_EQ(run.output, "EHLO mail.red.com\r\nAUTH PLAIN AHRpbQBzZWNyZXQ=\r\nQUIT\r\n");
  run = talk(config, {},
             "220 x\r\n250-x\r\n250 AUTH LOGIN\r\n334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n235 "
             "ok\r\n221 bye\r\n");
  EXPECT_EQ(run.output, "EHLO mail.red.com\r\nAUTH LOGIN\r\ndGlt\r\nc2VjcmV0\r\nQUIT\r\n");
}

TEST(ClientSessionTest, LeavesWhenItCannotLogIn) {
  ClientConfig config = client_config(Service::kSubmission);
  config.credentials = sasl::Credentials{"", "tim", "secret"};
  EXPECT_EQ(
      talk(config, {}, "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n535 5.7.8 no\r\n221 bye\r\n").events,
      (Events{"greeting 0: 220 x", "EHLO 0: 250 x AUTH PLAIN", "AUTH 0: 535 5.7.8 no",
              "refused at AUTH: 535 5.7.8 no", "QUIT 0: 221 bye", "closed: refused"}));
  EXPECT_EQ(talk(config, {}, "220 x\r\n250-x\r\n250 AUTH GSSAPI\r\n221 bye\r\n").events[2],
            "refused at AUTH: 0");
  // RFC 4954 section 4: a challenge that makes no sense is answered with a cancellation.
  EXPECT_EQ(talk(config, {},
                 "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334 d2hvPw==\r\n501 cancelled\r\n221 bye\r\n")
                .output,
            "EHLO mail.red.com\r\nAUTH PLAIN AHRpbQBzZWNyZXQ=\r\n*\r\nQUIT\r\n");
}

// RFC 4954 section 4: an initial response that makes the command longer than 512 octets waits for
// the challenge.
TEST(ClientSessionTest, SendsALongResponseByItself) {
  ClientConfig config = client_config(Service::kSubmission);
  config.credentials = sasl::Credentials{"", std::string(200, 'u'), std::string(200, 'p')};
  const ClientRun run =
      talk(config, {}, "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334 \r\n235 ok\r\n221 bye\r\n");
  EXPECT_TRUE(run.output.starts_with("EHLO mail.red.com\r\nAUTH PLAIN\r\nAHV1")) << run.output;
}

}  // namespace
}  // namespace mailcosm::smtp
