#include "protocols/pop3/client_session.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace mailcosm::pop3 {
namespace {

using namespace std::chrono_literals;
using Method = ClientSession::LoginMethod;

class ClientBench {
 public:
  explicit ClientBench(const ClientLimits& limits = {}) : session(Instant{}, limits) {}

  void run() {
    for (;;) {
      const client::Event event = session.next(output);
      if (std::holds_alternative<client::NeedMore>(event)) return;
      note(event);
    }
  }
  // What the client says after these bytes have come.
  std::string hear(std::string_view bytes) {
    session.receive(bytes, now);
    run();
    return std::exchange(output, {});
  }
  std::string said() {
    run();
    return std::exchange(output, {});
  }

  ClientSession session;
  Instant now;
  std::string output;
  std::vector<std::string> log;

 private:
  static std::string text_of(const Response& response) {
    return std::string(response.ok ? "ok " : "err ") + std::string(to_string(response.code)) +
           std::string(response.text);
  }

  void note(const client::Event& event) {
    if (const auto* greeted = std::get_if<client::Greeted>(&event)) {
      log.push_back("greeted " + text_of(greeted->response));
    } else if (const auto* capabilities = std::get_if<client::CapabilitiesReceived>(&event)) {
      log.push_back(std::string("capabilities ") + (capabilities->ok ? "ok" : "err"));
    } else if (const auto* login = std::get_if<client::LoginDecided>(&event)) {
      log.push_back("login " + text_of(login->response));
    } else if (const auto* stat = std::get_if<client::StatReceived>(&event)) {
      log.push_back("stat " + std::to_string(stat->messages) + " " + std::to_string(stat->size));
    } else if (const auto* item = std::get_if<client::ListItem>(&event)) {
      log.push_back("list " + std::to_string(item->number) + " " + std::to_string(item->size));
    } else if (const auto* uidl = std::get_if<client::UidlItem>(&event)) {
      log.push_back("uidl " + std::to_string(uidl->number) + " " + std::string(uidl->unique_id));
    } else if (const auto* content = std::get_if<client::ContentReceived>(&event)) {
      const std::string prefix = "content " + std::to_string(content->number) + " ";
      if (log.empty() || !log.back().starts_with(prefix)) log.push_back(prefix);
      log.back().append(content->bytes);
    } else if (const auto* done = std::get_if<client::RequestDone>(&event)) {
      log.push_back("done " + std::string(to_string(done->command)) + " " +
                    std::to_string(done->number) + (done->response.ok ? " ok" : " err"));
    } else if (const auto* closed = std::get_if<client::Closed>(&event)) {
      log.push_back("closed: " + std::string(to_string(closed->reason)));
    }
  }
};

using Log = std::vector<std::string>;

TEST(Pop3ClientTest, WaitsForTheGreeting) {
  ClientBench bench;
  ASSERT_TRUE(bench.session.log_in("bob", "secret", Method::kUserPass, bench.now));
  EXPECT_EQ(bench.said(), "");
  EXPECT_EQ(bench.hear("+OK ready\r\n"), "USER bob\r\n");
  EXPECT_EQ(bench.hear("+OK\r\n"), "PASS secret\r\n");
  bench.hear("+OK welcome\r\n");
  EXPECT_EQ(bench.log, (Log{"greeted ok ready", "login ok welcome"}));
}

// RFC 2449 section 6.6: without PIPELINING the client waits for each response.
TEST(Pop3ClientTest, SaysOneThingAtATimeWithoutPipelining) {
  ClientBench bench;
  bench.hear("+OK\r\n");
  ASSERT_TRUE(bench.session.stat(bench.now) && bench.session.dele(2, bench.now));
  EXPECT_EQ(bench.said(), "STAT\r\n");
  EXPECT_EQ(bench.hear("+OK 2 320\r\n"), "DELE 2\r\n");
  bench.hear("-ERR no\r\n");
  EXPECT_EQ(bench.log, (Log{"greeted ok ", "stat 2 320", "done STAT 0 ok", "done DELE 2 err"}));
}

// RFC 2449 section 6.6: a client that pipelines MUST match responses to commands in order.
TEST(Pop3ClientTest, PipelinesOnceTheServerHasAnnouncedIt) {
  ClientBench bench;
  ASSERT_TRUE(bench.session.capa(bench.now));
  ASSERT_TRUE(bench.session.log_in("bob", "secret", Method::kUserPass, bench.now));
  ASSERT_TRUE(bench.session.retr(1, bench.now) && bench.session.top(2, 5, bench.now));
  ASSERT_TRUE(bench.session.quit(bench.now));
  EXPECT_EQ(bench.hear("+OK\r\n"), "CAPA\r\n");
  EXPECT_EQ(bench.hear("+OK\r\nPIPELINING\r\nSASL PLAIN\r\nEXPIRE 5 USER\r\n.\r\n"),
            "USER bob\r\nPASS secret\r\nRETR 1\r\nTOP 2 5\r\nQUIT\r\n");
  EXPECT_EQ(bench.session.capabilities().expire_days, 5u);
  bench.hear("+OK\r\n+OK\r\n+OK\r\na\r\n..\r\n.\r\n-ERR none\r\n+OK bye\r\n");
  EXPECT_EQ(bench.log, (Log{"greeted ok ", "capabilities ok", "login ok ", "content 1 a\r\n.\r\n",
                            "done RETR 1 ok", "done TOP 2 err", "closed: quit"}));
}

TEST(Pop3ClientTest, DropsPassWhenUserIsRefused) {
  ClientBench bench;
  bench.hear("+OK\r\n");
  ASSERT_TRUE(bench.session.log_in("bob", "secret", Method::kUserPass, bench.now));
  ASSERT_TRUE(bench.session.quit(bench.now));
  EXPECT_EQ(bench.said(), "USER bob\r\n");
  EXPECT_EQ(bench.hear("-ERR [AUTH/x] never heard of\r\n"), "QUIT\r\n");
  EXPECT_EQ(bench.log.back(), "login err [AUTH]never heard of");
}

// RFC 5034 section 4: AUTH with an initial response where it fits.
TEST(Pop3ClientTest, LogsInBySaslAsTheServerOffers) {
  ClientBench bench;
  ASSERT_TRUE(bench.session.capa(bench.now));
  bench.hear("+OK\r\n");
  bench.hear("+OK\r\nSASL LOGIN PLAIN\r\nPIPELINING\r\n.\r\n");
  ASSERT_TRUE(bench.session.log_in("bob", "secret", Method::kSasl, bench.now));
  ASSERT_TRUE(bench.session.stat(bench.now));
  EXPECT_EQ(bench.said(), "AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n");
  EXPECT_EQ(bench.hear("+OK\r\n"), "STAT\r\n");
  EXPECT_EQ(bench.log.back(), "login ok ");
}

TEST(Pop3ClientTest, AnswersChallengesAndCancelsWhatItDoesNotKnow) {
  ClientBench bench;
  ASSERT_TRUE(bench.session.capa(bench.now));
  bench.hear("+OK\r\n");
  bench.hear("+OK\r\nSASL LOGIN\r\n.\r\n");
  ASSERT_TRUE(bench.session.log_in("bob", "secret", Method::kSasl, bench.now));
  EXPECT_EQ(bench.said(), "AUTH LOGIN\r\n");
  EXPECT_EQ(bench.hear("+ VXNlcm5hbWU6\r\n"), "Ym9i\r\n");
  EXPECT_EQ(bench.hear("+ UGFzc3dvcmQ6\r\n"), "c2VjcmV0\r\n");
  EXPECT_EQ(bench.hear("+ bW9yZQ==\r\n"), "*\r\n");
  bench.hear("-ERR\r\n");
  EXPECT_EQ(bench.log.back(), "login err ");
}

TEST(Pop3ClientTest, TakesListingsApart) {
  ClientBench bench;
  bench.hear("+OK\r\n");
  ASSERT_TRUE(bench.session.list(0, bench.now) && bench.session.uidl(0, bench.now));
  ASSERT_TRUE(bench.session.list(3, bench.now) && bench.session.uidl(3, bench.now));
  bench.hear("+OK\r\n1 120\r\n2 200 more\r\n.\r\n");
  bench.hear("+OK\r\n1 whqtswO00WBw418f9t5JxYwZ\r\n.\r\n");
  bench.hear("+OK 3 77\r\n");
  bench.hear("+OK 3 x.y\r\n");
  EXPECT_EQ(bench.log, (Log{"greeted ok ", "list 1 120", "list 2 200", "done LIST 0 ok",
                            "uidl 1 whqtswO00WBw418f9t5JxYwZ", "done UIDL 0 ok", "list 3 77",
                            "done LIST 3 ok", "uidl 3 x.y", "done UIDL 3 ok"}));
}

TEST(Pop3ClientTest, ClosesWhenTheServerBreaksTheProtocol) {
  for (const std::string answer :
       {"what?\r\n", "+OKAY\r\n", "+ok\r\n", "+OK x y\r\n", "+OK 1\r\n", "-\r\n", "+OK\r\n"}) {
    ClientBench bench;
    bench.hear("+OK\r\n");
    ASSERT_TRUE(bench.session.stat(bench.now));
    bench.hear(answer);
    EXPECT_EQ(bench.log.back(), "closed: protocol error") << answer;
    EXPECT_FALSE(bench.session.stat(bench.now));
  }
  ClientBench talkative;
  talkative.hear("+OK\r\n+OK\r\n");
  EXPECT_EQ(talkative.log.back(), "closed: protocol error");
}

// RFC 1939 section 3: responses may be up to 512 characters long, including the terminating CRLF.
TEST(Pop3ClientTest, TakesResponseLinesUpTo512Octets) {
  for (const std::size_t length : {511u, 512u, 513u}) {
    ClientBench bench;
    bench.hear("+OK " + std::string(length - 6, 'x') + "\r\n");
    EXPECT_EQ(bench.session.closed(), length > 512);
  }
}

// RFC 1939 section 7: a unique-id has one to 70 characters in the range 0x21 to 0x7E.
TEST(Pop3ClientTest, TakesUniqueIdsOfOneTo70Characters) {
  for (const std::size_t length : {0u, 1u, 69u, 70u, 71u}) {
    ClientBench bench;
    bench.hear("+OK\r\n");
    ASSERT_TRUE(bench.session.uidl(0, bench.now));
    bench.hear("+OK\r\n1 " + std::string(length, 'u') + "\r\n");
    EXPECT_EQ(bench.session.closed(), length < 1 || length > 70) << length;
  }
}

TEST(Pop3ClientTest, BoundsListingsAndMessagesAndInput) {
  ClientLimits limits;
  limits.listing_lines_max = 2;
  limits.content_size_max = 4;
  limits.input_length_max = 64;
  for (const int lines : {1, 2, 3}) {
    ClientBench bench(limits);
    bench.hear("+OK\r\n");
    ASSERT_TRUE(bench.session.list(0, bench.now));
    bench.hear("+OK\r\n");
    for (int i = 1; i <= lines; ++i) bench.hear("1 1\r\n");
    EXPECT_EQ(bench.session.closed(), lines > 2);
  }
  for (const std::size_t size : {3u, 4u, 5u}) {
    ClientBench bench(limits);
    bench.hear("+OK\r\n");
    ASSERT_TRUE(bench.session.retr(1, bench.now));
    bench.hear("+OK\r\n" + std::string(size, 'x'));
    EXPECT_EQ(bench.session.closed(), size > 4);
  }
  for (const std::size_t size : {63u, 64u, 65u}) {
    ClientBench bench(limits);
    bench.hear(std::string(size, 'x'));
    EXPECT_EQ(bench.session.closed(), size > 64);
  }
}

// RFC 1939 section 3: arguments consist of printable ASCII characters.
TEST(Pop3ClientTest, RefusesWhatCannotBeSaid) {
  ClientBench bench;
  const auto says = [&](std::string_view user, std::string_view password) {
    return bench.session.log_in(user, password, Method::kUserPass, bench.now);
  };
  EXPECT_FALSE(says("", "x"));
  EXPECT_FALSE(says("a b", "x"));
  EXPECT_FALSE(says("a\r\nQUIT", "x"));
  EXPECT_FALSE(says("bob", "x\r\nDELE 1"));
  EXPECT_FALSE(says("bob", "p\xc3\xa4ss"));
  EXPECT_FALSE(says("bob", std::string(249, 'x')));
  EXPECT_TRUE(says("bob", std::string(248, 'x')));
}

TEST(Pop3ClientTest, GivesUpWhenNoAnswerComes) {
  ClientBench bench;
  EXPECT_EQ(bench.session.deadline(), Instant{} + 10min);
  bench.hear("+OK\r\n");
  EXPECT_TRUE(bench.session.deadline().is_never());
  bench.now = Instant{} + 24h;
  ASSERT_TRUE(bench.session.noop(bench.now));
  EXPECT_EQ(bench.session.deadline(), bench.now + 10min);
  bench.session.expire(bench.now + 10min - 1ns);
  bench.run();
  EXPECT_FALSE(bench.session.closed());
  bench.session.expire(bench.now + 10min);
  bench.run();
  EXPECT_EQ(bench.log.back(), "closed: no answer in time");
}

TEST(Pop3ClientTest, TellsHowASessionEnds) {
  ClientBench refused;
  refused.hear("-ERR go away\r\n");
  EXPECT_EQ(refused.log.back(), "closed: greeting refused");
  ClientBench cut;
  cut.hear("+OK\r\n");
  ASSERT_TRUE(cut.session.retr(1, cut.now));
  cut.hear("+OK\r\nhalf");
  cut.session.end_of_input(cut.now);
  cut.run();
  EXPECT_EQ(cut.log.back(), "closed: closed by the server");
  ClientBench failed;
  failed.hear("+OK\r\n");
  ASSERT_TRUE(failed.session.quit(failed.now));
  EXPECT_FALSE(failed.session.stat(failed.now));
  failed.hear("-ERR some deleted messages not removed\r\n");
  EXPECT_EQ(failed.log.back(), "closed: quit; not all messages were removed");
}

TEST(Pop3ClientTest, DoesNotDependOnWhereInputIsCut) {
  const std::string heard =
      "+OK hi\r\n+OK\r\nTOP\r\nPIPELINING\r\n.\r\n+OK\r\n+OK in\r\n+OK 2 9\r\n+OK\r\n1 4\r\n2 "
      "5\r\n.\r\n"
      "+OK\r\na\r\n..b\r\n\r\n.\r\n-ERR [SYS/TEMP] no\r\n+OK bye\r\n";
  const auto start = [](ClientBench& bench) {
    ClientSession& session = bench.session;
    return session.capa(bench.now) && session.log_in("bob", "x", Method::kUserPass, bench.now) &&
           session.stat(bench.now) && session.list(0, bench.now) && session.retr(1, bench.now) &&
           session.retr(2, bench.now) && session.quit(bench.now);
  };
  ClientBench whole;
  ASSERT_TRUE(start(whole));
  whole.hear(heard);
  ASSERT_EQ(whole.log.back(), "closed: quit");
  for (std::size_t cut = 0; cut <= heard.size(); ++cut) {
    ClientBench bench;
    ASSERT_TRUE(start(bench));
    bench.hear(std::string_view(heard).substr(0, cut));
    bench.hear(std::string_view(heard).substr(cut));
    EXPECT_EQ(bench.log, whole.log) << cut;
  }
  ClientBench bytewise;
  ASSERT_TRUE(start(bytewise));
  for (const char c : heard) bytewise.hear(std::string_view(&c, 1));
  EXPECT_EQ(bytewise.log, whole.log);
}

}  // namespace
}  // namespace mailcosm::pop3
