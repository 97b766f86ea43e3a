#include "tests/sim/agents/mta/mta_bench.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

TEST_F(MtaBench, SubmittedMailReachesTheMxOfItsDomain) {
  TestServer& mx1 = listen(mx1_host);
  boot();
  TestClient& client = submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_TRUE(client.results[0].starts_with("250 2.0.0 Queued as ")) << client.results[0];
  ASSERT_EQ(mx1.got.size(), 1u);
  EXPECT_EQ(mx1.got[0].reverse_path, "alice@red.com");
  EXPECT_EQ(mx1.got[0].recipients, (std::vector<std::string>{"bob@blue.com"}));
  EXPECT_TRUE(mx1.got[0].content.ends_with(kMessage)) << mx1.got[0].content;
  EXPECT_TRUE(mx1.got[0].content.starts_with("Received: from laptop.red.com ([192.0.2.9])"))
      << mx1.got[0].content;
  for (const char* part :
       {"by mail.red.com", "with ESMTPA", "id ", "for <bob@blue.com>", "Date: "}) {
    EXPECT_NE(mx1.got[0].content.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(only(Kind::kMessageAccepted, "protocol"), "ESMTPA");
  EXPECT_EQ(only(Kind::kMessageAccepted, "client"), "laptop.red.com [192.0.2.9]");
  EXPECT_EQ(only(Kind::kMxSelected, "host"), "mx1.blue.com");
  EXPECT_EQ(only(Kind::kMxSelected, "candidates"), "10 mx1.blue.com, 20 mx2.blue.com");
  EXPECT_EQ(only(Kind::kRecipientDelivered, "server"), "mx1.blue.com");
  EXPECT_EQ(count(Kind::kMessageRemoved), 1u);
  expect_empty_queue();
}

// The message's identity stands on every record about it.
TEST_F(MtaBench, RecordsCarryTheMessageId) {
  listen(mx1_host);
  boot();
  submit({"bob@blue.com"});
  world.run_for(1min);
  for (const Kind kind : {Kind::kMessageAccepted, Kind::kQueueMoved, Kind::kMxSelected,
                          Kind::kRecipientDelivered, Kind::kMessageRemoved}) {
    EXPECT_GE(count(kind), 1u);
    for (const KeptRecord& record : world.records_of(kind))
      EXPECT_EQ(record.message, "<1@red.com>") << record.to_string();
  }
}

// RFC 5321 section 4.2.5: 250 after the message means that it is safe.
TEST_F(MtaBench, AnswersOnlyWhenTheMessageIsOnTheDisk) {
  VirtualDisk::Options slow;
  slow.sync_latency = 10s;
  mta_host.virtual_disk().set_options(slow);
  boot();
  TestClient& client = submit({"bob@blue.com"});
  world.run_for(9s);
  EXPECT_TRUE(client.results.empty());
  EXPECT_EQ(count(Kind::kMessageAccepted), 0u);
  world.run_for(2s);
  EXPECT_TRUE(client.results[0].starts_with("250 "));
  EXPECT_EQ(count(Kind::kMessageAccepted), 1u);
}

TEST_F(MtaBench, SaysSoWhenTheDiskIsFull) {
  VirtualDisk::Options tiny;
  tiny.capacity_max = 100;
  mta_host.virtual_disk().set_options(tiny);
  boot();
  TestClient& client = submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(client.results[0], "452 4.3.1 Not enough room in the queue");
}

// RFC 6409 section 4.3 and RFC 6409 section 6.1: authentication, and as oneself.
TEST_F(MtaBench, SubmissionNeedsGoodCredentialsAndAnOwnSender) {
  boot();
  TestClient& wrong = submit({"bob@blue.com"}, std::string(kMessage), "alice@red.com", "wrong");
  TestClient& other = submit({"bob@blue.com"}, std::string(kMessage), "boss@red.com");
  world.run_for(1min);
  EXPECT_EQ(wrong.refused, "535 5.7.8 Login or password is wrong");
  EXPECT_TRUE(other.results[0].starts_with("553 5.7.1 "));
  EXPECT_EQ(count(Kind::kMessageAccepted), 0u);
  EXPECT_EQ(only(Kind::kMessageRejected, "reverse_path"), "boss@red.com");
}

// RFC 5321 section 3.6.2 and RFC 5321 section 7.9: no relaying for strangers.
TEST_F(MtaBench, StrangersReachOnlyKnownLocalRecipients) {
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  boot();
  TestClient& client = deliver({"bob@blue.com", "nobody@red.com", "rob@red.com"});
  world.run_for(1min);
  EXPECT_EQ(client.results[0], "550 5.7.1 Relaying denied");
  EXPECT_EQ(client.results[1], "550 5.1.1 No such user here");
  EXPECT_TRUE(client.results[2].starts_with("250 "));
  EXPECT_EQ(count(Kind::kMessageRejected), 2u);
  ASSERT_EQ(store.got.size(), 1u);
  EXPECT_EQ(store.got[0].recipients, (std::vector<std::string>{"rob@red.com"}));
}

// RFC 5321 section 4.1.1.3: <Postmaster> without a domain.
TEST_F(MtaBench, PostmasterIsReached) {
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  boot();
  deliver({"Postmaster"});
  world.run_for(1min);
  ASSERT_EQ(store.got.size(), 1u);
  EXPECT_EQ(store.got[0].recipients, (std::vector<std::string>{"postmaster@red.com"}));
}

// RFC 5321 section 6.4: a relay does not touch the message but for its trace field.
TEST_F(MtaBench, RelaysAddOnlyTheirTraceField) {
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  boot();
  const std::string message = "From: x\r\n\r\nno Date, no Message-ID\r\n";
  deliver({"rob@red.com"}, message);
  world.run_for(1min);
  ASSERT_EQ(store.got.size(), 1u);
  const std::string& content = store.got[0].content;
  ASSERT_TRUE(content.ends_with(message));
  const std::string added = content.substr(0, content.size() - message.size());
  EXPECT_TRUE(added.starts_with("Received: "));
  EXPECT_EQ(added.find("Message-ID"), std::string::npos);
  EXPECT_NE(added.find("with ESMTP id "), std::string::npos) << added;
}

// RFC 5321 section 6.3: too many Received fields mean a loop.
TEST_F(MtaBench, CountsHops) {
  config.hops_max = 5;
  listen(store_host, smtp::Service::kLmtp, 24);
  boot();
  std::vector<TestClient*> sent;
  for (int hops = 4; hops < 7; ++hops) {
    std::string message;
    for (int i = 0; i < hops; ++i)
      message += "Received: from a by b; Mon, 5 Jan 2026 09:00:00 +0000\r\n";
    sent.push_back(&deliver({"rob@red.com"}, message + std::string(kMessage)));
  }
  world.run_for(1min);
  EXPECT_TRUE(sent[0]->results[0].starts_with("250 "));
  EXPECT_EQ(sent[1]->results[0], "554 5.4.6 Too many hops");
  EXPECT_EQ(sent[2]->results[0], "554 5.4.6 Too many hops");
  EXPECT_EQ(count(Kind::kLoopDetected), 2u);
}

TEST_F(MtaBench, AliasesAreReplaced) {
  config.aliases = {{at("team@red.com"), {at("rob@red.com"), at("bob@blue.com")}}};
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  TestServer& mx1 = listen(mx1_host);
  boot();
  deliver({"team@red.com"});
  world.run_for(1min);
  ASSERT_EQ(store.got.size(), 1u);
  ASSERT_EQ(mx1.got.size(), 1u);
  EXPECT_EQ(mx1.got[0].recipients, (std::vector<std::string>{"bob@blue.com"}));
  EXPECT_EQ(mx1.got[0].reverse_path, "eve@green.com");
  EXPECT_EQ(only(Kind::kRecipientExpanded, "targets"), "rob@red.com bob@blue.com");
  expect_empty_queue();
}

TEST_F(MtaBench, AliasLoopsAreRefused) {
  config.aliases = {{at("a@red.com"), {at("b@red.com")}}, {at("b@red.com"), {at("a@red.com")}}};
  boot();
  TestClient& client = deliver({"a@red.com"});
  world.run_for(1min);
  EXPECT_EQ(client.results[0], "550 5.4.6 Alias loop");
  EXPECT_EQ(only(Kind::kLoopDetected, "recipient"), "a@red.com");
}

TEST_F(MtaBench, TurnsAwayWhatItCannotServe) {
  config.sessions_max = 0;
  boot();
  TestClient& client = deliver({"rob@red.com"});
  world.run_for(1min);
  EXPECT_TRUE(client.refused.starts_with("421 ")) << client.refused;
}

TEST_F(MtaBench, KeepsAMessageWhoseClientVanishedDuringTheSync) {
  VirtualDisk::Options slow;
  slow.sync_latency = 10s;
  mta_host.virtual_disk().set_options(slow);
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  boot();
  deliver({"rob@red.com"});
  world.run_for(5s);
  clients.clear();
  world.run_for(1min);
  EXPECT_EQ(store.got.size(), 1u);
}

TEST_F(MtaBench, SessionsTimeOut) {
  boot();
  class Silent final : public StreamHandler {
   public:
    void on_received(std::string_view bytes) override { heard += bytes; }
    void on_end() override { ended = true; }
    void on_closed(StreamError) override {}
    std::string heard;
    bool ended = false;
  } silent;
  auto stream = client_host.connect({ip("192.0.2.1"), 25}, silent);
  world.run_for(6min);
  EXPECT_NE(silent.heard.find("421 4.4.2"), std::string::npos);
  EXPECT_TRUE(silent.ended);
}

}  // namespace
}  // namespace mailcosm::sim
