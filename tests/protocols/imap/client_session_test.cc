#include "protocols/imap/client_session.h"

#include <gtest/gtest.h>

#include "protocols/imap/value.h"
#include "tests/protocols/imap/event_log.h"

namespace mailcosm::imap::testing {
namespace {

constexpr std::string_view kGreeting =
    "* OK [CAPABILITY IMAP4rev1 IDLE LITERAL- SASL-IR AUTH=PLAIN] ready\r\n";

class ClientSessionTest : public ::testing::Test {
 protected:
  // What the client says, and what it tells its owner, in one text: `>` lines are output.
  std::string feed(std::string_view bytes) {
    client_.receive(bytes, Instant{1});
    return pull();
  }
  std::string pull() { return pull_events(client_); }
  void log_in() {
    feed(kGreeting);
    client_.log_in("alice", "secret");
    pull();
    feed("A1 OK [CAPABILITY IMAP4rev1 IDLE LITERAL- UIDPLUS MOVE] hello\r\n");
  }

  ClientSession client_{Instant{}};
};

TEST_F(ClientSessionTest, AsksForCapabilitiesIfTheGreetingTellsNone) {
  EXPECT_EQ(feed("* OK ready\r\n"), "greeted OK ready\n>A1 CAPABILITY\n");
  EXPECT_EQ(feed("* CAPABILITY IMAP4rev1 IDLE\r\nA1 OK done\r\n"), "capabilities IMAP4rev1 IDLE\n");
  EXPECT_TRUE(client_.has_capability("idle"));
  EXPECT_FALSE(client_.has_capability("ID"));
}

TEST_F(ClientSessionTest, LogsIn) {
  EXPECT_EQ(feed(kGreeting),
            "greeted OK ready\ncapabilities IMAP4rev1 IDLE LITERAL- SASL-IR AUTH=PLAIN\n");
  EXPECT_EQ(client_.log_in("al\"ice", "s{3}"), 1u);
  EXPECT_EQ(pull(), ">A1 LOGIN \"al\\\"ice\" \"s{3}\"\n");
  EXPECT_EQ(feed("A1 OK [CAPABILITY IMAP4rev1] hello\r\n"),
            "capabilities IMAP4rev1\ncompleted 1 LOGIN OK [CAPABILITY] hello\n");
  EXPECT_EQ(client_.pending(), 0u);
  EXPECT_TRUE(client_.deadline().is_never());
}

// RFC 3501 section 6.1.1: capabilities may change with the login, so they are asked for again.
TEST_F(ClientSessionTest, AsksForCapabilitiesAfterTheLogin) {
  feed(kGreeting);
  client_.log_in("alice", "secret");
  pull();
  EXPECT_EQ(feed("A1 OK hello\r\n"), "completed 1 LOGIN OK hello\n>A2 CAPABILITY\n");
}

TEST_F(ClientSessionTest, AuthenticatesWithAnInitialResponse) {
  feed(kGreeting);
  client_.log_in("alice", "secret", ClientSession::LoginMethod::kSasl);
  EXPECT_EQ(pull(), ">A1 AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==\n");
  EXPECT_EQ(feed("A1 NO [AUTHENTICATIONFAILED] no\r\n"),
            "completed 1 AUTHENTICATE NO [AUTHENTICATIONFAILED] no\n");
}

TEST_F(ClientSessionTest, AuthenticatesWithoutOne) {
  feed("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n");
  client_.log_in("alice", "secret", ClientSession::LoginMethod::kSasl);
  EXPECT_EQ(pull(), ">A1 AUTHENTICATE PLAIN\n");
  EXPECT_EQ(feed("+ \r\n"), ">AGFsaWNlAHNlY3JldA==\n");
  EXPECT_EQ(feed("+ \r\n"), ">*\n");
}

// RFC 3501 section 4.3: strings that cannot be quoted are literals, for which the server must ask.
TEST_F(ClientSessionTest, WaitsForTheServerToAskForLiterals) {
  feed("* OK [CAPABILITY IMAP4rev1] ready\r\n");
  client_.log_in("al\xc3\xad", "se\xc3\xa7");
  EXPECT_EQ(pull(), ">A1 LOGIN {4}\n");
  EXPECT_EQ(feed("+ go\r\n"), ">al\xc3\xad {4}\n");
  EXPECT_EQ(feed("+ go\r\n"), ">se\xc3\xa7\n");
}

// RFC 7888 section 5: with LITERAL- literals of up to 4096 octets need not be asked for.
TEST_F(ClientSessionTest, SendsShortLiteralsUnasked) {
  log_in();
  for (std::size_t size : {4095u, 4096u, 4097u}) {
    client_.append("Sent", SystemFlag::kSeen, std::nullopt, Content(std::string(size, 'x')));
    const std::string output = pull();
    const std::string count = std::to_string(size);
    if (size <= 4096) {
      EXPECT_EQ(output, ">A" + std::to_string(size - 4093) + " APPEND Sent (\\Seen) {" + count +
                            "+}\n>" + std::string(size, 'x') + "\n");
    } else {
      EXPECT_EQ(output, ">A4 APPEND Sent (\\Seen) {" + count + "}\n");
      EXPECT_EQ(feed("+ go\r\n"), ">" + std::string(size, 'x') + "\n");
    }
    feed("A" + std::to_string(size - 4093) + " OK [APPENDUID 7 9] stored\r\n");
  }
}

TEST_F(ClientSessionTest, SelectsAMailbox) {
  log_in();
  EXPECT_EQ(client_.select("Entw\u00fcrfe"), 2u);
  EXPECT_EQ(pull(), ">A2 SELECT Entw&APw-rfe\n");
  EXPECT_EQ(feed("* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* 1 RECENT\r\n* OK [UNSEEN 2] x\r\n* OK "
                 "[UIDVALIDITY 7] x\r\n"
                 "* OK [UIDNEXT 9] x\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\nA2 OK [READ-ONLY] "
                 "done\r\n"),
            "selected Entw\u00fcrfe read-only 3 1 7 9 2\ncompleted 2 SELECT OK [READ-ONLY] done\n");
}

TEST_F(ClientSessionTest, FetchesByUid) {
  log_in();
  client_.uid_fetch(SequenceSet::range(5, SequenceSet::kLargest), "(FLAGS BODY.PEEK[])");
  EXPECT_EQ(pull(), ">A2 UID FETCH 5:* (FLAGS BODY.PEEK[])\n");
  EXPECT_EQ(feed("* 2 FETCH (UID 5 FLAGS (\\Seen \\Recent x) RFC822.SIZE 7 INTERNALDATE \" "
                 "5-Jan-2026 09:00:00 +0000\" "
                 "BODY[] {5}\r\na(\"\r\n BODY[HEADER.FIELDS (\"a]\")]<3> \"q\\\"\" BODY[9] NIL "
                 "X-NEW (1 (2)))\r\nA2 OK done\r\n"),
            "fetched 2 uid=5 flags=(\\Seen \\Recent x) date=1767603600 size=7 []={a(\"\r\n} "
            "[HEADER.FIELDS (\"a]\")]<3>={q\"} "
            "[9]=NIL\ncompleted 2 FETCH OK done\n");
}

TEST_F(ClientSessionTest, HandsEnvelopesOverAsTheyCame) {
  log_in();
  client_.fetch(SequenceSet::of(1), "(ENVELOPE BODYSTRUCTURE)");
  pull();
  EXPECT_EQ(
      feed("* 1 FETCH (ENVELOPE (NIL {1}\r\na ((NIL NIL \"b\" \"c\"))) BODYSTRUCTURE (\"TEXT\" "
           "\"PLAIN\"))\r\n"),
      "fetched 1 envelope=(NIL {1}\r\na ((NIL NIL \"b\" \"c\"))) structure=(\"TEXT\" \"PLAIN\")\n");
}

TEST_F(ClientSessionTest, TellsMailboxDataAndNews) {
  log_in();
  client_.list("", "*");
  client_.status("INBOX", "MESSAGES UNSEEN");
  EXPECT_EQ(pull(), ">A2 LIST \"\" \"*\"\n>A3 STATUS INBOX (MESSAGES UNSEEN)\n");
  EXPECT_EQ(feed("* LIST (\\Noselect \\HasChildren) \"/\" foo\r\n* LIST () NIL {5}\r\nin&-x\r\n* "
                 "LSUB () \"/\" inbox\r\n"),
            "listed foo / noselect (\\Noselect \\HasChildren)\nlisted in&x \\0 ()\nsubscribed "
            "INBOX / ()\n");
  EXPECT_EQ(feed("* STATUS INBOX (MESSAGES 3 UNSEEN 1)\r\n* SEARCH 1 2\r\n* SEARCH\r\n* 4 "
                 "EXISTS\r\n* 1 RECENT\r\n* 2 EXPUNGE\r\n"
                 "* OK [ALERT] disk is full\r\n* X-FOO bar\r\n"),
            "status INBOX messages=3 unseen=1\nsearch 1 2\nsearch\nexists 4\nrecent 1\nexpunged "
            "2\nnotice OK [ALERT] disk is full\n");
}

// RFC 3501 section 5.5: only what cannot be misunderstood is sent before what precedes it is
// answered.
TEST_F(ClientSessionTest, PipelinesWhereItMay) {
  log_in();
  client_.select("INBOX");
  client_.uid_store(SequenceSet::of(5), StoreMode::kAdd, SystemFlag::kSeen, true);
  client_.uid_copy(SequenceSet::of(5), "Archive");
  client_.fetch(SequenceSet::of(1), "FLAGS");
  EXPECT_EQ(pull(), ">A2 SELECT INBOX\n");
  EXPECT_EQ(
      feed("A2 OK x\r\n"),
      "selected INBOX 0 0 0 0 0\ncompleted 2 SELECT OK x\n>A3 UID STORE 5 +FLAGS.SILENT (\\Seen)\n"
      ">A4 UID COPY 5 Archive\n");
  EXPECT_EQ(feed("A3 OK x\r\n"), "completed 3 STORE OK x\n");
  EXPECT_EQ(feed("A4 OK [COPYUID 3 5 17] x\r\n"),
            "completed 4 COPY OK [COPYUID] 3 5 17 x\n>A5 FETCH 1 FLAGS\n");
}

// RFC 6851 section 4.3: COPYUID comes in an untagged OK, in front of the EXPUNGEs.
TEST_F(ClientSessionTest, TellsUidsOfMovedMessagesInFrontOfTheAnswer) {
  log_in();
  client_.select("INBOX");
  pull();
  feed("A2 OK x\r\n");
  client_.uid_move(SequenceSet::range(5, 6), "Archive");
  EXPECT_NE(pull().find("UID MOVE 5:6 Archive"), std::string::npos);
  EXPECT_EQ(feed("* OK [COPYUID 3 5:6 17:18] Moved\r\n"), "moved 3 5:6 17:18\n");
  EXPECT_EQ(feed("* 1 EXPUNGE\r\n"), "expunged 1\n");
}

// RFC 2177 section 3: DONE ends IDLE before anything else is said.
TEST_F(ClientSessionTest, Idles) {
  log_in();
  client_.idle();
  EXPECT_EQ(pull(), ">A2 IDLE\n");
  EXPECT_EQ(feed("+ idling\r\n"), "idle started\n");
  EXPECT_TRUE(client_.idling());
  EXPECT_EQ(feed("* 5 EXISTS\r\n"), "exists 5\n");
  client_.uid_search("UNSEEN");
  EXPECT_EQ(pull(), ">DONE\n");
  EXPECT_EQ(feed("A2 OK x\r\n"), "completed 2 IDLE OK x\n>A3 UID SEARCH UNSEEN\n");
  client_.done();
  EXPECT_EQ(pull(), "");
}

TEST_F(ClientSessionTest, EndsIdleThatHasNotYetBegun) {
  log_in();
  client_.idle();
  client_.done();
  EXPECT_EQ(pull(), ">A2 IDLE\n");
  EXPECT_EQ(feed("+ idling\r\n"), "idle started\n>DONE\n");
  EXPECT_EQ(feed("A2 OK x\r\n"), "completed 2 IDLE OK x\n");
  client_.idle();
  pull();
  EXPECT_EQ(feed("+ idling\r\n"), "idle started\n");
}

TEST_F(ClientSessionTest, LogsOut) {
  log_in();
  EXPECT_EQ(client_.log_out(), 2u);
  EXPECT_EQ(client_.noop(), 0u);
  EXPECT_EQ(pull(), ">A2 LOGOUT\n");
  EXPECT_EQ(feed("* BYE bye\r\nA2 OK x\r\n"), "completed 2 LOGOUT OK x\nclosed logout\n");
  EXPECT_TRUE(client_.closed());
}

TEST_F(ClientSessionTest, EndsWhenTheServerDoes) {
  EXPECT_EQ(feed("* BYE too busy\r\n"), "greeted BYE too busy\nclosed refused by the server\n");
  ClientSession other{Instant{}};
  other.receive(kGreeting, Instant{1});
  pull_events(other);
  other.receive("* BYE [UNAVAILABLE] restart\r\n", Instant{1});
  EXPECT_EQ(pull_events(other), "notice BYE [UNAVAILABLE] restart\nclosed refused by the server\n");
  ClientSession third{Instant{}};
  third.end_of_input(Instant{1});
  EXPECT_EQ(pull_events(third), "closed peer closed\n");
}

TEST_F(ClientSessionTest, TreatsWhatIsNoResponseAsProtocolError) {
  for (std::string_view bytes :
       {"* NO no\r\n", "A1 OK x\r\n", "+ x\r\n", "hello\r\n", "\r\n", "* 3 EXISTS\r\n"}) {
    ClientSession client{Instant{}};
    client.receive(bytes, Instant{1});
    EXPECT_TRUE(pull_events(client).ends_with("closed protocol error\n")) << bytes;
  }
  for (std::string_view bytes :
       {"A9 OK x\r\n", "+ x\r\n", "* 1 FETCH UID 1\r\n", "* 1 FETCH (UID 0)\r\n", "* 0 EXPUNGE\r\n",
        "* 1 FETCH (BODY[] x)\r\n", "* 99999999999 EXISTS\r\n", "* LIST foo\r\n", "* SEARCH x\r\n",
        "* STATUS a (MESSAGES)\r\n", "* 1 FETCH (FLAGS (\\Seen)\r\n", "A1 FOO x\r\n"}) {
    ClientSession client{Instant{}};
    client.receive(kGreeting, Instant{1});
    pull_events(client);
    client.receive(bytes, Instant{1});
    EXPECT_TRUE(pull_events(client).ends_with("closed protocol error\n")) << bytes;
  }
}

TEST_F(ClientSessionTest, LimitsResponses) {
  ClientLimits limits;
  limits.line_length_max = 100;
  limits.response_length_max = 100;
  const auto fed = [&](const std::string& bytes) {
    ClientSession client(Instant{}, limits);
    client.receive(std::string(kGreeting) + bytes, Instant{1});
    return pull_events(client).ends_with("closed protocol error\n");
  };
  EXPECT_FALSE(fed("* OK " + std::string(95, 'x') + "\r\n"));
  EXPECT_TRUE(fed("* OK " + std::string(96, 'x') + "\r\n"));
  EXPECT_FALSE(fed("* 1 FETCH (BODY[] {78}\r\n"));
  EXPECT_TRUE(fed("* 1 FETCH (BODY[] {79}\r\n"));
  EXPECT_TRUE(fed("* 1 FETCH (BODY[] {18446744073709551615}\r\n"));
}

TEST_F(ClientSessionTest, GivesUpOnASilentServer) {
  EXPECT_EQ(client_.deadline() - Instant{}, std::chrono::minutes(10));
  log_in();
  EXPECT_TRUE(client_.deadline().is_never());
  client_.noop();
  pull();
  // The request was made at an unknown instant: the first expiry starts the clock.
  const Instant later{1'000'000'000'000'000};
  client_.expire(later);
  EXPECT_EQ(pull(), "");
  EXPECT_EQ(client_.deadline() - later, std::chrono::minutes(10));
  client_.expire(client_.deadline());
  EXPECT_EQ(pull(), "closed timeout\n");
}

TEST_F(ClientSessionTest, RefusesWhatCannotBeSaid) {
  log_in();
  EXPECT_EQ(client_.select(""), 0u);
  EXPECT_EQ(client_.select("a\nb"), 0u);
  EXPECT_EQ(client_.log_in(std::string_view("a\0", 2), "b"), 0u);
  EXPECT_EQ(client_.search("ALL\r\nA9 LOGOUT"), 0u);
  EXPECT_EQ(client_.uid_fetch(SequenceSet(), "FLAGS"), 0u);
  EXPECT_EQ(client_.append("a", {}, std::nullopt, nullptr), 0u);
  EXPECT_EQ(pull(), "");
}

TEST_F(ClientSessionTest, GivesTheSameForInputCutAnywhere) {
  const std::string input =
      std::string(kGreeting) +
      "A1 OK hello\r\n* CAPABILITY IMAP4rev1\r\nA4 OK x\r\n* LIST () \"/\" {1}\r\na\r\nA2 OK x\r\n"
      "* 1 FETCH (BODY[] {4}\r\n\r\n\r\n FLAGS ())\r\nA3 OK x\r\n* BYE x\r\n";
  const auto run = [&input](std::size_t cut, bool singly) {
    ClientSession client{Instant{}};
    client.log_in("alice", "secret");
    client.list("", "*");
    client.fetch(SequenceSet::of(1), "BODY[]");
    std::string log;
    for (std::string_view part :
         {std::string_view(input).substr(0, cut), std::string_view(input).substr(cut)}) {
      for (std::size_t i = 0; i < part.size(); i += singly ? 1 : part.size()) {
        client.receive(part.substr(i, singly ? 1 : part.size()), Instant{1});
        log += pull_events(client);
      }
    }
    return log;
  };
  const std::string whole = run(0, true);
  EXPECT_TRUE(whole.ends_with("closed refused by the server\n"));
  for (std::size_t cut = 0; cut <= input.size(); ++cut)
    EXPECT_EQ(run(cut, false), run(0, false)) << cut;
}

}  // namespace
}  // namespace mailcosm::imap::testing
