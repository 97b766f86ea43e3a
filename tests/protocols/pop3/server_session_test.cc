#include "protocols/pop3/server_session.h"

#include <gtest/gtest.h>

#include "tests/protocols/pop3/server_bench.h"

namespace mailcosm::pop3 {
namespace {

using namespace std::chrono_literals;

// RFC 1939 section 4: the server issues a one line greeting, which can be any positive response.
TEST(Pop3ServerTest, GreetsOnce) {
  ServerBench bench;
  EXPECT_EQ(bench.take(), "+OK pop.blue.com POP3 server ready\r\n");
  bench.run();
  EXPECT_EQ(bench.take(), "");
}

// RFC 1939 section 10: the example session.
TEST(Pop3ServerTest, HoldsAWholeSession) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("USER bob\r\n"), "+OK send PASS\r\n");
  EXPECT_EQ(bench.ask("PASS secret\r\n"), "+OK maildrop has 2 messages (74 octets)\r\n");
  EXPECT_EQ(bench.ask("STAT\r\n"), "+OK 2 74\r\n");
  EXPECT_EQ(bench.ask("LIST\r\n"), "+OK 2 messages (74 octets)\r\n1 50\r\n2 24\r\n.\r\n");
  EXPECT_EQ(
      bench.ask("RETR 1\r\n"),
      "+OK 50 octets\r\nSubject: one\r\n\r\nline 1\r\n..dotted\r\n...twice\r\nline 4\r\n.\r\n");
  EXPECT_EQ(bench.ask("DELE 1\r\n"), "+OK message 1 marked as deleted\r\n");
  EXPECT_EQ(bench.ask("QUIT\r\n"), "+OK pop.blue.com POP3 server signing off (1 message left)\r\n");
  EXPECT_EQ(bench.removed, std::vector<MessageNumber>{1});
  EXPECT_EQ(bench.log.back(), "closed: quit");
  EXPECT_EQ(bench.session.state(), State::kClosed);
}

// RFC 1939 section 3: a multi-line response whose last line lacks CRLF still ends with CRLF "."
// CRLF.
TEST(Pop3ServerTest, EndsTheLastLineOfAMessageThatHasNone) {
  ServerBench bench;
  bench.log_in();
  EXPECT_EQ(bench.ask("RETR 2\r\n"), "+OK 24 octets\r\nSubject: two\r\n\r\nno end\r\n.\r\n");
}

// RFC 1939 section 3: keywords are case-insensitive.
TEST(Pop3ServerTest, TakesKeywordsInAnyCase) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("uSeR bob\r\npass secret\r\nStat\r\n"),
            "+OK send PASS\r\n+OK maildrop has 2 messages (74 octets)\r\n+OK 2 74\r\n");
}

struct Exchange {
  std::string_view said;
  std::string_view answered;
};

// RFC 1939 section 3: a server MUST respond to an unrecognized, unimplemented, or syntactically
// invalid command with a negative status indicator.
TEST(Pop3ServerTest, RefusesWhatIsNoCommand) {
  constexpr Exchange kTable[] = {
      {"HELO x\r\n", "-ERR unknown command\r\n"},
      {"\r\n", "-ERR unknown command\r\n"},
      {" STAT\r\n", "-ERR unknown command\r\n"},
      {"APOP bob c4c9334bac560ecc979e58001b3e22fb\r\n", "-ERR unknown command\r\n"},
      {"SASL response\r\n", "-ERR unknown command\r\n"},
      {"unknown\r\n", "-ERR unknown command\r\n"},
      {"STAT 1\r\n", "-ERR this command has no argument\r\n"},
      {"STAT \r\n", "-ERR this command has no argument\r\n"},
      {"RETR\r\n", "-ERR argument is missing\r\n"},
      {"RETR x\r\n", "-ERR message number expected\r\n"},
      {"RETR -1\r\n", "-ERR message number expected\r\n"},
      {"RETR 1 2\r\n", "-ERR message number expected\r\n"},
      {"RETR  1\r\n", "-ERR message number expected\r\n"},
      {"RETR 99999999999999999999\r\n", "-ERR message number expected\r\n"},
      {"TOP 1\r\n", "-ERR message number and number of lines expected\r\n"},
      {"TOP 1 -1\r\n", "-ERR message number and number of lines expected\r\n"},
      {"LIST \r\n", "-ERR message number expected\r\n"},
      {"ST\tAT\r\n", "-ERR only printable ASCII is allowed\r\n"},
      {"STAT\n\r\n", "-ERR only printable ASCII is allowed\r\n"},
      {"ST\xc3\xa4T\r\n", "-ERR only printable ASCII is allowed\r\n"},
  };
  for (const Exchange& exchange : kTable) {
    ServerBench bench;
    bench.log_in();
    EXPECT_EQ(bench.ask(exchange.said), exchange.answered) << exchange.said;
    EXPECT_EQ(bench.ask("NOOP\r\n"), "+OK\r\n");
  }
}

// RFC 1939 section 3: a server MUST respond to a command issued when the session is in an incorrect
// state with a negative status indicator.
TEST(Pop3ServerTest, ObeysTheTableOfItsAutomaton) {
  constexpr std::pair<Command, std::string_view> kLines[] = {
      {Command::kUser, "USER bob\r\n"}, {Command::kPass, "PASS secret\r\n"},
      {Command::kAuth, "AUTH X\r\n"},   {Command::kCapa, "CAPA\r\n"},
      {Command::kStat, "STAT\r\n"},     {Command::kList, "LIST\r\n"},
      {Command::kRetr, "RETR 1\r\n"},   {Command::kDele, "DELE 1\r\n"},
      {Command::kNoop, "NOOP\r\n"},     {Command::kRset, "RSET\r\n"},
      {Command::kTop, "TOP 1 1\r\n"},   {Command::kUidl, "UIDL\r\n"},
      {Command::kQuit, "QUIT\r\n"}};
  constexpr std::string_view kWrongState = "-ERR command is not valid in this state\r\n";
  for (const State state : {State::kAuthorization, State::kUserGiven, State::kTransaction}) {
    for (const auto& [command, line] : kLines) {
      ServerBench bench;
      if (state == State::kUserGiven) bench.send("USER bob\r\n");
      if (state == State::kTransaction) bench.log_in();
      ASSERT_EQ(bench.session.state(), state);
      const std::string answer = bench.ask(line);
      const Transition* transition = find_transition(state, command);
      EXPECT_EQ(transition == nullptr, answer == kWrongState) << to_string(state) << ": " << line;
      if (transition == nullptr) {
        EXPECT_EQ(bench.session.state(), state);
      } else if (command != Command::kAuth) {
        const State next = transition->on_ok == State::kUpdate ? State::kClosed : transition->on_ok;
        EXPECT_EQ(bench.session.state(), next) << line;
      }
    }
  }
}

// RFC 1939 section 4: message-numbers are assigned from 1; a deleted or unknown one gives an error.
TEST(Pop3ServerTest, RefusesNumbersThatNameNoMessage) {
  ServerBench bench;
  bench.log_in();
  bench.ask("DELE 1\r\n");
  for (const std::string command : {"RETR ", "DELE ", "LIST ", "UIDL "}) {
    EXPECT_EQ(bench.ask(command + "1\r\n"), "-ERR message is marked as deleted\r\n");
    EXPECT_EQ(bench.ask(command + "0\r\n"), "-ERR no such message\r\n");
    EXPECT_EQ(bench.ask(command + "3\r\n"), "-ERR no such message\r\n");
    EXPECT_EQ(bench.ask(command + "4294967298\r\n"), "-ERR no such message\r\n");
  }
  EXPECT_EQ(bench.ask("TOP 1 0\r\n"), "-ERR message is marked as deleted\r\n");
}

// RFC 1939 section 5: messages marked as deleted are not counted and not listed; RSET unmarks them.
TEST(Pop3ServerTest, LeavesDeletedMessagesOutOfListingsUntilReset) {
  ServerBench bench;
  bench.log_in();
  bench.ask("DELE 1\r\n");
  EXPECT_EQ(bench.ask("STAT\r\n"), "+OK 1 24\r\n");
  EXPECT_EQ(bench.ask("LIST\r\n"), "+OK 1 message (24 octets)\r\n2 24\r\n.\r\n");
  EXPECT_EQ(bench.ask("UIDL\r\n"), "+OK 1 message (24 octets)\r\n2 7.2\r\n.\r\n");
  EXPECT_EQ(bench.ask("RSET\r\n"), "+OK maildrop has 2 messages (74 octets)\r\n");
  EXPECT_EQ(bench.ask("STAT\r\n"), "+OK 2 74\r\n");
  bench.ask("QUIT\r\n");
  EXPECT_TRUE(bench.removed.empty());
}

// RFC 1939 section 5: an empty maildrop lists nothing but the terminating line.
TEST(Pop3ServerTest, ListsAnEmptyMaildrop) {
  ServerBench bench;
  bench.contents.clear();
  bench.log_in();
  EXPECT_EQ(bench.ask("STAT\r\n"), "+OK 0 0\r\n");
  EXPECT_EQ(bench.ask("LIST\r\n"), "+OK 0 messages (0 octets)\r\n.\r\n");
  EXPECT_EQ(bench.ask("LIST 1\r\n"), "-ERR no such message\r\n");
}

TEST(Pop3ServerTest, ListsOneMessage) {
  ServerBench bench;
  bench.log_in();
  EXPECT_EQ(bench.ask("LIST 2\r\n"), "+OK 2 24\r\n");
  EXPECT_EQ(bench.ask("LIST 002\r\n"), "+OK 2 24\r\n");
  EXPECT_EQ(bench.ask("UIDL 2\r\n"), "+OK 2 7.2\r\n");
}

// RFC 1939 section 7: TOP sends the headers, the blank line and the number of lines asked for; all
// if there are fewer.
TEST(Pop3ServerTest, SendsTheTopOfAMessageWhateverThePieces) {
  const std::string begin = "+OK top of message follows\r\nSubject: one\r\n\r\n";
  for (std::size_t chunk = 1; chunk <= kFirst.size(); ++chunk) {
    ServerBench bench;
    bench.chunk = chunk;
    bench.log_in();
    EXPECT_EQ(bench.ask("TOP 1 0\r\n"), begin + ".\r\n");
    EXPECT_EQ(bench.ask("TOP 1 2\r\n"), begin + "line 1\r\n..dotted\r\n.\r\n");
    EXPECT_EQ(bench.ask("TOP 1 99\r\n"),
              begin + "line 1\r\n..dotted\r\n...twice\r\nline 4\r\n.\r\n");
  }
}

// RFC 1939 section 7: PASS may only be given immediately after a successful USER.
TEST(Pop3ServerTest, WantsUserAgainAfterARefusedPass) {
  ServerBench bench;
  EXPECT_EQ(bench.ask("USER bob\r\nPASS wrong\r\n"),
            "+OK send PASS\r\n-ERR [AUTH] login refused\r\n");
  EXPECT_EQ(bench.ask("PASS secret\r\n"), "-ERR command is not valid in this state\r\n");
  bench.log_in();
  EXPECT_EQ(bench.session.state(), State::kTransaction);
}

// RFC 1939 section 7: a server may treat spaces in the argument of PASS as part of the password.
TEST(Pop3ServerTest, TakesSpacesAsPartOfThePassword) {
  ServerBench bench;
  bench.ask("USER bob\r\nPASS a  b \r\n");
  EXPECT_EQ(bench.log.back(), "login bob a  b ");
}

// RFC 1939 section 4: if the maildrop cannot be locked, the server responds with a negative status
// indicator. RFC 2449 section 8.1.2: IN-USE tells that the maildrop is in use.
TEST(Pop3ServerTest, TellsThatTheMaildropIsInUseAndAllowsAnotherTry) {
  ServerBench bench;
  bench.locked = true;
  EXPECT_EQ(bench.ask("USER bob\r\nPASS secret\r\n"),
            "+OK send PASS\r\n-ERR [IN-USE] maildrop is locked by another session\r\n");
  EXPECT_EQ(bench.session.state(), State::kAuthorization);
  bench.locked = false;
  bench.log_in();
  EXPECT_EQ(bench.session.state(), State::kTransaction);
}

// RFC 2449 section 8.1.1: LOGIN-DELAY on an -ERR response to PASS. RFC 3206 section 4: SYS/TEMP and
// SYS/PERM.
TEST(Pop3ServerTest, SaysWhyALoginIsNotPossible) {
  constexpr std::pair<ResponseCode, std::string_view> kTable[] = {
      {ResponseCode::kLoginDelay, "-ERR [LOGIN-DELAY] too soon after the last login\r\n"},
      {ResponseCode::kSysTemp, "-ERR [SYS/TEMP] try again later\r\n"},
      {ResponseCode::kSysPerm, "-ERR [SYS/PERM] maildrop cannot be opened\r\n"}};
  for (const auto& [code, answer] : kTable) {
    ServerBench bench;
    bench.login_refusal = code;
    bench.ask("USER bob\r\n");
    EXPECT_EQ(bench.ask("PASS secret\r\n"), answer);
  }
}

// RFC 1939 section 6: messages are removed only when QUIT is issued in the TRANSACTION state.
TEST(Pop3ServerTest, RemovesNothingWithoutQuit) {
  ServerBench bench;
  bench.log_in();
  bench.ask("DELE 1\r\n");
  bench.session.end_of_input(bench.now);
  bench.run();
  EXPECT_TRUE(bench.removed.empty());
  EXPECT_EQ(bench.log.back(), "closed: closed by the client without QUIT");
}

// RFC 1939 section 6: -ERR if some deleted messages were not removed.
TEST(Pop3ServerTest, AdmitsThatMessagesWereNotRemoved) {
  ServerBench bench;
  bench.removable = false;
  bench.log_in();
  EXPECT_EQ(bench.ask("DELE 1\r\nDELE 2\r\nQUIT\r\n"),
            "+OK message 1 marked as deleted\r\n+OK message 2 marked as deleted\r\n"
            "-ERR [SYS/TEMP] some deleted messages not removed\r\n");
  EXPECT_EQ(bench.removed, (std::vector<MessageNumber>{1, 2}));
  EXPECT_EQ(bench.log.back(), "closed: quit");
}

TEST(Pop3ServerTest, ProcessesWhatCameBeforeTheEndOfInput) {
  ServerBench bench;
  bench.log_in();
  bench.session.receive("DELE 2\r\nQUIT\r\nSTAT\r\n", bench.now);
  bench.session.end_of_input(bench.now);
  bench.run();
  EXPECT_EQ(bench.removed, std::vector<MessageNumber>{2});
  EXPECT_EQ(bench.log.back(), "closed: quit");
}

TEST(Pop3ServerTest, SaysThatAMessageCannotBeRead) {
  ServerBench bench;
  bench.readable = false;
  bench.log_in();
  EXPECT_EQ(bench.ask("RETR 1\r\n"), "-ERR [SYS/PERM] message cannot be read\r\n");
  EXPECT_EQ(bench.ask("NOOP\r\n"), "+OK\r\n");
}

// RFC 2449 section 5: CAPA is available in both states, and lists the same here.
TEST(Pop3ServerTest, ListsItsCapabilitiesInBothStates) {
  ServerBench bench;
  const std::string expected =
      "+OK capability list follows\r\nTOP\r\nUIDL\r\nUSER\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\n"
      "PIPELINING\r\nSASL PLAIN LOGIN\r\nEXPIRE NEVER\r\nIMPLEMENTATION Mailcosm\r\n.\r\n";
  EXPECT_EQ(bench.ask("CAPA\r\n"), expected);
  bench.log_in();
  EXPECT_EQ(bench.ask("CAPA\r\n"), expected);
}

// RFC 2449 section 6.5: LOGIN-DELAY in seconds. RFC 2449 section 6.7: EXPIRE in days.
TEST(Pop3ServerTest, AnnouncesLoginDelayAndExpireAsConfigured) {
  ServerConfig config = ServerBench::default_config();
  config.login_delay_seconds = 900;
  config.expire_days = 30;
  config.implementation.clear();
  ServerBench bench(config);
  const std::string list = bench.ask("CAPA\r\n");
  EXPECT_NE(list.find("\r\nLOGIN-DELAY 900\r\nEXPIRE 30\r\n.\r\n"), std::string::npos) << list;
}

// RFC 2449 section 6.6: a server that supports PIPELINING MUST process each command in turn.
TEST(Pop3ServerTest, AnswersPipelinedCommandsInTurn) {
  ServerBench bench;
  bench.take();
  EXPECT_EQ(bench.ask("USER bob\r\nPASS secret\r\nRETR 2\r\nDELE 2\r\nSTAT\r\nQUIT\r\n"),
            "+OK send PASS\r\n+OK maildrop has 2 messages (74 octets)\r\n+OK 24 octets\r\n"
            "Subject: two\r\n\r\nno end\r\n.\r\n+OK message 2 marked as deleted\r\n+OK 1 50\r\n"
            "+OK pop.blue.com POP3 server signing off (1 message left)\r\n");
}

// RFC 1939 section 3: the autologout timer MUST be of at least 10 minutes; no message is removed,
// nothing is sent.
TEST(Pop3ServerTest, LogsOutAfterTenIdleMinutesWithoutAWord) {
  ServerBench bench;
  EXPECT_GE(bench.config.limits.autologout, 10min);
  bench.log_in();
  bench.ask("DELE 1\r\n");
  bench.now = Instant{} + 5min;
  bench.ask("NOOP\r\n");
  EXPECT_EQ(bench.session.deadline(), Instant{} + 15min);
  bench.session.expire(Instant{} + 15min - 1ns);
  bench.run();
  EXPECT_EQ(bench.session.state(), State::kTransaction);
  bench.session.expire(Instant{} + 15min);
  bench.run();
  EXPECT_EQ(bench.take(), "");
  EXPECT_EQ(bench.log.back(), "closed: autologout");
  EXPECT_TRUE(bench.removed.empty());
  EXPECT_TRUE(bench.session.deadline().is_never());
}

TEST(Pop3ServerTest, HasNoDeadlineWhileAQuestionIsOpen) {
  ServerBench bench;
  bench.answers_removal = false;
  bench.log_in();
  bench.ask("DELE 1\r\nQUIT\r\n");
  EXPECT_TRUE(bench.session.deadline().is_never());
  EXPECT_EQ(bench.ask("NOOP\r\n"), "");
  bench.session.answer(server::RemovalAnswer{true}, bench.now);
  bench.run();
  EXPECT_EQ(bench.log.back(), "closed: quit");
}

TEST(Pop3ServerTest, IgnoresAnswersThatComeAfterItsEnd) {
  ServerConfig config = ServerBench::default_config();
  config.limits.input_length_max = 64;
  ServerBench bench(config);
  bench.answers_removal = false;
  bench.log_in();
  bench.ask("DELE 1\r\nQUIT\r\n");
  bench.send(std::string(65, 'x'));
  EXPECT_EQ(bench.log.back(), "closed: too much input waiting");
  bench.session.answer(server::RemovalAnswer{true}, bench.now);
  bench.run();
  EXPECT_EQ(bench.log.back(), "closed: too much input waiting");
}

// RFC 2449 section 4: a server which supports CAPA MUST support commands up to 255 octets.
TEST(Pop3ServerTest, TakesCommandLinesUpTo255Octets) {
  for (const std::size_t length : {254u, 255u, 256u}) {
    ServerBench bench;
    std::string line = "USER ";
    line.append(length - line.size() - 2, 'u').append("\r\n");
    const std::string answer = bench.ask(line);
    EXPECT_EQ(answer, length <= 255 ? "+OK send PASS\r\n" : "-ERR line is too long\r\n") << length;
  }
}

TEST(Pop3ServerTest, ClosesAfterTheLastErrorAllowed) {
  for (const int errors : {19, 20, 21}) {
    ServerBench bench;
    for (int i = 0; i < errors; ++i) bench.send("X\r\n");
    const bool is_closed = bench.session.state() == State::kClosed;
    EXPECT_EQ(is_closed, errors >= bench.config.limits.errors_max);
  }
}

TEST(Pop3ServerTest, ClosesAfterTheLastRefusedLoginAllowed) {
  for (const int logins : {2, 3, 4}) {
    ServerBench bench;
    for (int i = 0; i < logins; ++i) bench.send("USER bob\r\nPASS wrong\r\n");
    EXPECT_EQ(bench.session.state() == State::kClosed, logins >= 3);
  }
}

TEST(Pop3ServerTest, BoundsWhatAClientMayPipeline) {
  for (const std::size_t length : {63u, 64u, 65u}) {
    ServerConfig config = ServerBench::default_config();
    config.limits.input_length_max = 64;
    ServerBench bench(config);
    bench.send(std::string(length, 'x'));
    EXPECT_EQ(bench.session.state() == State::kClosed, length > 64);
  }
}

TEST(Pop3ServerTest, WritesALongListingInPieces) {
  ServerConfig config = ServerBench::default_config();
  ServerBench bench(config);
  bench.contents.assign(2000, std::string(kFirst));
  bench.log_in();
  bench.session.receive("LIST\r\n", bench.now);
  std::size_t pieces = 0;
  std::string all;
  for (;;) {
    std::string piece;
    const server::Event event = bench.session.next(piece);
    EXPECT_LE(piece.size(), config.limits.output_chunk_length + 64);
    all.append(piece);
    if (std::holds_alternative<server::NeedMore>(event)) break;
    ++pieces;
  }
  EXPECT_GT(pieces, 3u);
  EXPECT_TRUE(all.ends_with("\r\n2000 50\r\n.\r\n"));
}

// The same dialogue, whole, cut in two at every octet, and octet by octet.
TEST(Pop3ServerTest, DoesNotDependOnWhereInputIsCut) {
  const std::string said =
      "CAPA\r\nUSER bob\r\nPASS bad\r\nAUTH PLAIN\r\nAGJvYgBzZWNyZXQ=\r\nSTAT\r\nLIST\r\nUIDL\r\n"
      "RETR 1\r\nTOP 2 0\r\nDELE 1\r\nbad\r\nA\rB\nC\r\nRSET\r\nDELE 2\r\nQUIT\r\n";
  ServerBench whole;
  whole.send(said);
  ASSERT_EQ(whole.log.back(), "closed: quit");
  for (std::size_t cut = 0; cut <= said.size(); ++cut) {
    ServerBench bench;
    bench.send(std::string_view(said).substr(0, cut));
    bench.send(std::string_view(said).substr(cut));
    EXPECT_EQ(bench.output, whole.output) << cut;
    EXPECT_EQ(bench.log, whole.log) << cut;
  }
  ServerBench bytewise;
  for (const char c : said) bytewise.send(std::string_view(&c, 1));
  EXPECT_EQ(bytewise.output, whole.output);
  EXPECT_EQ(bytewise.log, whole.log);
}

// More input between a reported line and its handling leaves the line as it was.
TEST(Pop3ServerTest, KeepsAReportedLineWhileMoreIsReceived) {
  ServerBench bench;
  bench.session.receive("USER bob\r\n", bench.now);
  std::string output;
  ASSERT_TRUE(std::holds_alternative<server::LineReceived>(bench.session.next(output)));
  bench.session.receive("PASS secret\r\n" + std::string(500, 'x'), bench.now);
  bench.run();
  EXPECT_EQ(bench.session.state(), State::kTransaction);
}

}  // namespace
}  // namespace mailcosm::pop3
