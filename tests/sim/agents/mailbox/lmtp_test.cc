#include <gtest/gtest.h>

#include "tests/sim/agents/mailbox/mailbox_bench.h"

namespace mailcosm::sim {
namespace {

// RFC 5321 section 4.4: the server that makes final delivery inserts Return-Path at the beginning.
TEST(LmtpServiceTest, StoresTheMessageBelowItsTraceFields) {
  MailboxBench bench;
  EXPECT_EQ(bench.deliver("bob@blue.com", kLetter), "250 2.1.5 Delivered\r\n");
  ASSERT_EQ(bench.inbox("bob").messages().size(), 1u);
  const std::string content = bench.inbox("bob").messages()[0].content.text();
  EXPECT_TRUE(content.starts_with("Return-Path: <alice@red.com>\r\nReceived: from mx.blue.com"))
      << content;
  EXPECT_TRUE(content.ends_with(kLetter));
  EXPECT_NE(content.find("by mail.blue.com"), std::string::npos);
  EXPECT_NE(content.find("with LMTP"), std::string::npos);
  EXPECT_NE(content.find("for <bob@blue.com>"), std::string::npos);
  const auto stored = bench.world.records_of(Kind::kMessageStored);
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored[0].value("user"), "bob");
  EXPECT_EQ(stored[0].message, "<1@red.com>");
}

// RFC 2033 section 4.2: after the final dot, one reply for each recipient in order.
TEST(LmtpServiceTest, AnswersForEachRecipient) {
  MailboxBench bench;
  LineClient client(bench.world, bench.mta, 24);
  client.ask("LHLO mx\r\n");
  EXPECT_EQ(client.ask("MAIL FROM:<>\r\nRCPT TO:<ann@blue.com>\r\nRCPT TO:<nobody@blue.com>\r\n"
                       "RCPT TO:<ROBERT@Blue.com>\r\nDATA\r\n"),
            "250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n550 5.1.1 No such user here\r\n250 "
            "2.1.5 Recipient OK\r\n"
            "354 End the message with a dot on a line of its own\r\n");
  EXPECT_EQ(client.ask(std::string(kLetter) + ".\r\n"),
            "250 2.1.5 Delivered\r\n250 2.1.5 Delivered\r\n");
  const StoredMessage& one = bench.inbox("ann").messages()[0];
  const StoredMessage& other = bench.inbox("bob").messages()[0];
  EXPECT_EQ(one.content.head().data(), other.content.head().data());
  EXPECT_TRUE(one.content.head().starts_with("Return-Path: <>\r\n"));
  // RFC 5321 section 7.2: a "for" clause would tell one recipient of the other.
  EXPECT_EQ(one.content.text().find(" for <"), std::string::npos);
  EXPECT_EQ(client.ask("QUIT\r\n").substr(0, 3), "221");
  EXPECT_EQ(client.ended, true);
}

TEST(LmtpServiceTest, RepliesOnlyWhenTheMessageIsSafe) {
  MailboxBench bench;
  bench.host.virtual_disk().set_options({.sync_latency = std::chrono::seconds(1)});
  LineClient client(bench.world, bench.mta, 24);
  client.ask("LHLO mx\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@blue.com>\r\nDATA\r\n");
  EXPECT_EQ(client.ask(std::string(kLetter) + ".\r\n"), "");
  bench.world.run_for(std::chrono::seconds(1));
  EXPECT_EQ(client.heard, "250 2.1.5 Delivered\r\n");
  bench.crash();
  EXPECT_EQ(bench.inbox("bob").messages().size(), 1u);
}

TEST(LmtpServiceTest, LosesOnlyWhatItHasNotAcknowledged) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  bench.host.virtual_disk().set_options({.sync_latency = std::chrono::seconds(1)});
  EXPECT_EQ(bench.deliver("bob@blue.com", "Subject: lost\r\n\r\n"), "");
  bench.crash();
  ASSERT_EQ(bench.inbox("bob").messages().size(), 1u);
  EXPECT_TRUE(bench.inbox("bob").messages()[0].content.ends_with(kLetter));
}

TEST(LmtpServiceTest, ReplacesAReturnPathThatCameAlong) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", "Return-Path: <forged@red.com>\r\nSubject: x\r\n\r\n");
  const std::string content = bench.inbox("bob").messages()[0].content.text();
  EXPECT_TRUE(content.starts_with("Return-Path: <alice@red.com>\r\nReceived:"));
  EXPECT_EQ(content.find("forged"), std::string::npos);
}

TEST(LmtpServiceTest, RefusesWhatDoesNotFitTheQuota) {
  MailboxBench bench;
  bench.config.accounts[0].quota_max = 1000;
  bench.restart();
  LineClient client(bench.world, bench.mta, 24);
  client.ask("LHLO mx\r\n");
  EXPECT_EQ(client.ask("MAIL FROM:<a@b> SIZE=2000\r\nRCPT TO:<bob@blue.com>\r\nRSET\r\n"),
            "250 2.1.0 Sender OK\r\n552 5.2.2 Larger than the mailbox\r\n250 2.0.0 OK\r\n");
  EXPECT_EQ(bench.deliver("bob@blue.com", kLetter), "250 2.1.5 Delivered\r\n");
  EXPECT_EQ(bench.deliver("bob@blue.com", std::string(700, 'x') + "\r\n"),
            "452 4.2.2 Mailbox is full\r\n");
  EXPECT_EQ(bench.deliver("bob@blue.com", std::string(998, 'x') + "\r\n"),
            "552 5.2.2 Larger than the mailbox\r\n");
  EXPECT_EQ(client.ask("MAIL FROM:<a@b> SIZE=900\r\nRCPT TO:<bob@blue.com>\r\n"),
            "250 2.1.0 Sender OK\r\n452 4.2.2 Mailbox is full\r\n");
  EXPECT_EQ(bench.inbox("bob").messages().size(), 1u);
}

std::string offer_too_much(MailboxBench& bench) {
  LineClient client(bench.world, bench.mta, 24);
  client.ask("LHLO mx\r\nMAIL FROM:<a@b> SIZE=900\r\n");
  return client.ask("RCPT TO:<bob@blue.com>\r\n").substr(0, 9);
}

void fill_bobs_mailbox(MailboxBench& bench) {
  bench.config.accounts[0].quota_max = 1000;
  bench.config.quota_grace = std::chrono::seconds(100);
  bench.restart();
  EXPECT_EQ(bench.deliver("bob@blue.com", kLetter), "250 2.1.5 Delivered\r\n");
}

// RFC 5321 section 4.2.3: 452 while room may come back, 552 when there is no more hope.
TEST(LmtpServiceTest, RefusesForGoodWhatHasFoundNoRoomForTheGrace) {
  using std::chrono::milliseconds;
  for (const auto& [between, reply] :
       {std::pair(milliseconds(99'999), "452 4.2.2"), std::pair(milliseconds(100'000), "552 5.2.2"),
        std::pair(milliseconds(100'001), "552 5.2.2")}) {
    MailboxBench bench;
    fill_bobs_mailbox(bench);
    const Instant begin = bench.world.now();
    EXPECT_EQ(offer_too_much(bench), "452 4.2.2");
    bench.world.run_for(begin + between - bench.world.now());
    EXPECT_EQ(offer_too_much(bench), reply);
  }
}

TEST(LmtpServiceTest, HasNewPatienceOnceTheAccountHasTakenMail) {
  MailboxBench bench;
  fill_bobs_mailbox(bench);
  EXPECT_EQ(offer_too_much(bench), "452 4.2.2");
  bench.world.run_for(std::chrono::seconds(200));
  EXPECT_EQ(bench.deliver("bob@blue.com", "Subject: short\r\n\r\n"), "250 2.1.5 Delivered\r\n");
  EXPECT_EQ(offer_too_much(bench), "452 4.2.2");
}

TEST(LmtpServiceTest, SaysThatItsDiskIsFull) {
  MailboxBench bench;
  bench.host.virtual_disk().set_options({.capacity_max = bench.host.disk().bytes_used() + 10});
  EXPECT_EQ(bench.deliver("bob@blue.com", kLetter), "452 4.3.1 No room on this host\r\n");
}

TEST(LmtpServiceTest, SurvivesAClientThatGoesAwayInTheMiddle) {
  MailboxBench bench;
  {
    LineClient client(bench.world, bench.mta, 24);
    client.ask("LHLO mx\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@blue.com>\r\nDATA\r\nhalf");
  }
  bench.world.run_for(std::chrono::seconds(1));
  {
    // The message arrives whole, but nobody waits for the reply: it is stored all the same.
    bench.host.virtual_disk().set_options({.sync_latency = std::chrono::seconds(1)});
    LineClient client(bench.world, bench.mta, 24);
    client.ask("LHLO mx\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@blue.com>\r\nDATA\r\nx\r\n.\r\n");
  }
  bench.world.run_for(std::chrono::seconds(2));
  EXPECT_EQ(bench.inbox("bob").messages().size(), 1u);
  EXPECT_EQ(bench.world.records_of(Kind::kSessionClosed).size(), 2u);
}

}  // namespace
}  // namespace mailcosm::sim
