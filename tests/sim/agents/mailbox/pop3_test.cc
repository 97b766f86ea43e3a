#include <gtest/gtest.h>

#include "tests/sim/agents/mailbox/mailbox_bench.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kLogin = "USER bob\r\nPASS secret\r\n";

TEST(Pop3ServiceTest, HandsOverWhatLmtpDelivered) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  const std::string content = bench.inbox("bob").messages()[0].content.text();
  const std::string size = std::to_string(content.size());
  bench.world.clear_records();
  LineClient client(bench.world, bench.desk, 110);
  EXPECT_EQ(client.heard, "+OK mail.blue.com POP3 server ready\r\n");
  EXPECT_EQ(client.ask(kLogin),
            "+OK send PASS\r\n+OK maildrop has 1 message (" + size + " octets)\r\n");
  EXPECT_EQ(client.ask("RETR 1\r\n"), "+OK " + size + " octets\r\n" + content + ".\r\n");
  EXPECT_EQ(client.ask("UIDL 1\r\n"),
            "+OK 1 " + std::to_string(bench.inbox("bob").uid_validity()) + ".1\r\n");
  EXPECT_EQ(client.ask("DELE 1\r\n"), "+OK message 1 marked as deleted\r\n");
  EXPECT_EQ(bench.inbox("bob").messages().size(), 1u);
  EXPECT_EQ(client.ask("QUIT\r\n"),
            "+OK mail.blue.com POP3 server signing off (0 messages left)\r\n");
  EXPECT_TRUE(client.ended);
  EXPECT_TRUE(bench.inbox("bob").messages().empty());
  const auto data = bench.world.records_of(Kind::kDataSent);
  ASSERT_EQ(data.size(), 1u);
  EXPECT_EQ(data[0].message, "<1@red.com>");
  EXPECT_EQ(data[0].value("bytes"), content);
  EXPECT_EQ(bench.world.records_of(Kind::kMessageExpunged).size(), 1u);
  bench.crash();
  EXPECT_TRUE(bench.inbox("bob").messages().empty());
}

// RFC 1939 section 4: the maildrop is locked for one session.
TEST(Pop3ServiceTest, LocksTheMaildropUntilTheSessionEnds) {
  MailboxBench bench;
  auto first = std::make_unique<LineClient>(bench.world, bench.desk, 110);
  first->ask(kLogin);
  LineClient second(bench.world, bench.desk, 110);
  EXPECT_NE(second.ask(kLogin).find("-ERR [IN-USE]"), std::string::npos);
  first.reset();
  second.settle();
  EXPECT_NE(second.ask(kLogin).find("+OK maildrop has 0 messages"), std::string::npos);
}

// RFC 1939 section 6: without QUIT nothing is removed.
TEST(Pop3ServiceTest, RemovesNothingWhenTheClientGoesAway) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  {
    LineClient client(bench.world, bench.desk, 110);
    client.ask(std::string(kLogin) + "DELE 1\r\n");
  }
  bench.world.run_for(1s);
  EXPECT_EQ(bench.inbox("bob").messages().size(), 1u);
  EXPECT_FALSE(bench.server->store().find_account("bob")->maildrop_locked());
}

// RFC 1939 section 3: the autologout closes without a word and removes nothing.
TEST(Pop3ServiceTest, LogsOutIdleClients) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  LineClient client(bench.world, bench.desk, 110);
  client.ask(std::string(kLogin) + "DELE 1\r\n");
  client.heard.clear();
  bench.world.run_for(11min);
  EXPECT_TRUE(client.ended);
  EXPECT_EQ(client.heard, "");
  EXPECT_EQ(bench.inbox("bob").messages().size(), 1u);
}

TEST(Pop3ServiceTest, RefusesWrongPasswords) {
  MailboxBench bench;
  LineClient client(bench.world, bench.desk, 110);
  EXPECT_EQ(client.ask("USER bob\r\nPASS word\r\n"),
            "+OK send PASS\r\n-ERR [AUTH] login refused\r\n");
  EXPECT_EQ(client.ask("USER Bob@blue.com\r\nPASS secret\r\n"),
            "+OK send PASS\r\n+OK maildrop has 0 messages (0 octets)\r\n");
}

TEST(Pop3ServiceTest, SendsALongMessageInPieces) {
  MailboxBench bench;
  std::string body = "Subject: long\r\n\r\n";
  for (int i = 0; i < 30'000; ++i) body.append(".line ").append(std::to_string(i)).append("\r\n");
  std::string stuffed = body;
  for (std::size_t at = 0; (at = stuffed.find("\r\n.", at)) != std::string::npos; at += 4) {
    stuffed.insert(at + 2, ".");
  }
  bench.deliver("bob@blue.com", stuffed);
  LineClient client(bench.world, bench.desk, 110);
  client.ask(kLogin);
  const std::string answer = client.ask("RETR 1\r\n");
  EXPECT_GT(answer.size(), body.size());
  EXPECT_TRUE(answer.ends_with("\r\n..line 29999\r\n.\r\n"));
  std::string sent;
  for (const KeptRecord& record : bench.world.records_of(Kind::kDataSent)) {
    EXPECT_LE(record.value("bytes").size(), 16u * 1024);
    sent.append(record.value("bytes"));
  }
  EXPECT_TRUE(sent.ends_with(body));
}

TEST(Pop3ServiceTest, SaysThatAMessageIsGone) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  LineClient client(bench.world, bench.desk, 110);
  client.ask(kLogin);
  Mailbox& inbox = bench.server->store().find_account("bob")->inbox();
  struct Nobody final : StoreHandler {
    void on_stored(std::uint64_t, StoreError, std::span<const Uid>) override {}
  } nobody;
  bench.server->store().expunge(inbox, std::vector<Uid>{1});
  bench.server->store().sync(nobody, 1);
  bench.world.run_for(std::chrono::milliseconds(100));
  EXPECT_EQ(client.ask("RETR 1\r\n"), "-ERR [SYS/PERM] message cannot be read\r\n");
  EXPECT_EQ(client.ask("STAT\r\n").substr(0, 5), "+OK 1");
}

}  // namespace
}  // namespace mailcosm::sim
