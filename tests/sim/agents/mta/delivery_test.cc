#include "tests/sim/agents/mta/mta_bench.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// RFC 5321 section 5.1: in order of preference, the next if one cannot be reached.
TEST_F(MtaBench, FallsBackToTheNextMx) {
  TestServer& mx2 = listen(mx2_host);
  boot();
  submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(mx2.got.size(), 1u);
  const auto choices = world.records_of(Kind::kMxSelected);
  ASSERT_EQ(choices.size(), 2u);
  EXPECT_EQ(choices[0].value("host"), "mx1.blue.com");
  EXPECT_EQ(choices[1].value("host"), "mx2.blue.com");
  expect_empty_queue();
}

TEST_F(MtaBench, FallsBackWhenAHostIsDown) {
  TestServer& mx2 = listen(mx2_host);
  mx1_host.set_down(true);
  boot();
  submit({"bob@blue.com"});
  world.run_for(5min);
  EXPECT_EQ(mx2.got.size(), 1u);
}

// A server that accepts connections and says nothing, as a peer seems that has given up a handshake
// whose last segment was lost.
class SilentServer final : ListenHandler, StreamHandler {
 public:
  explicit SilentServer(FakeHost& host) : listener_(host.listen({{}, 25}, *this)) {}

 private:
  void on_accepted(std::unique_ptr<Stream> stream) override {
    stream->set_handler(*this);
    streams_.push_back(std::move(stream));
  }
  void on_received(std::string_view) override {}
  void on_end() override {}
  void on_closed(StreamError) override {}

  std::vector<std::unique_ptr<Stream>> streams_;
  std::unique_ptr<Listener> listener_;
};

// RFC 5321 section 4.5.3.2.1: five minutes for the greeting.
TEST_F(MtaBench, LeavesAServerThatNeverGreets) {
  SilentServer mx1(mx1_host);
  TestServer& mx2 = listen(mx2_host);
  boot();
  submit({"bob@blue.com"});
  world.run_for(299s);
  EXPECT_EQ(count(Kind::kMxSelected), 1u);
  EXPECT_TRUE(mx2.got.empty());
  world.run_for(3s);
  EXPECT_EQ(count(Kind::kMxSelected), 2u);
  EXPECT_EQ(mx2.got.size(), 1u);
  expect_empty_queue();
}

TEST_F(MtaBench, FallsBackWhenAServerTurnsItAway) {
  TestServer& mx1 = listen(mx1_host);
  mx1.connect_reply = {554, {}, "no service"};
  TestServer& mx2 = listen(mx2_host);
  boot();
  submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(mx2.got.size(), 1u);
}

TEST_F(MtaBench, TransientRefusalsOfRecipientsAreTakenToTheNextMx) {
  TestServer& mx1 = listen(mx1_host);
  mx1.rcpt_replies["carol@blue.com"] = {450, {4, 2, 0}, "Greylisted"};
  TestServer& mx2 = listen(mx2_host);
  boot();
  submit({"bob@blue.com", "carol@blue.com"});
  world.run_for(1min);
  ASSERT_EQ(mx1.got.size(), 1u);
  EXPECT_EQ(mx1.got[0].recipients, (std::vector<std::string>{"bob@blue.com"}));
  ASSERT_EQ(mx2.got.size(), 1u);
  EXPECT_EQ(mx2.got[0].recipients, (std::vector<std::string>{"carol@blue.com"}));
  expect_empty_queue();
}

// RFC 5321 section 5.1: without MX the domain's own address is used.
TEST_F(MtaBench, FallsBackToTheAddressOfTheDomain) {
  TestServer& mx1 = listen(mx1_host);
  boot();
  submit({"bob@implicit.com"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 1u);
  EXPECT_EQ(only(Kind::kMxSelected, "preference"), "-1");
}

TEST_F(MtaBench, DeliversToAddressLiterals) {
  TestServer& mx1 = listen(mx1_host);
  boot();
  submit({"bob@[198.51.100.1]"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 1u);
}

TEST_F(MtaBench, RoutesToASmartHost) {
  TestServer& smart = listen(mx2_host, smtp::Service::kSmtp, 2525);
  config.routes.push_back({"*", MtaRoute::Transport::kRelay, "mx2.blue.com", 2525});
  boot();
  submit({"bob@blue.com", "x@elsewhere.org"});
  world.run_for(1min);
  ASSERT_EQ(smart.got.size(), 1u);
  EXPECT_EQ(smart.got[0].recipients.size(), 2u) << "one transaction for one destination";
}

// RFC 2033 section 4.2: every recipient has a result of his own.
TEST_F(MtaBench, LmtpRecipientsHaveTheirOwnFate) {
  config.recipients.push_back(at("full@red.com"));
  config.recipients.push_back(at("gone@red.com"));
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  store.message_replies = {
      smtp::accept(), {452, {4, 2, 2}, "Mailbox full"}, {550, {5, 2, 1}, "Disabled"}};
  boot();
  deliver({"rob@red.com", "full@red.com", "gone@red.com"}, std::string(kMessage), "");
  world.run_for(1min);
  EXPECT_EQ(only(Kind::kRecipientDelivered, "recipient"), "rob@red.com");
  EXPECT_EQ(only(Kind::kRecipientDeferred, "reply"), "452 4.2.2 Mailbox full");
  EXPECT_EQ(only(Kind::kRecipientBounced, "status"), "5.2.1");
  store.message_replies.clear();
  world.run_for(10min);
  ASSERT_EQ(store.got.size(), 2u);
  EXPECT_EQ(store.got[1].recipients, (std::vector<std::string>{"full@red.com"}));
  expect_empty_queue();
}

TEST_F(MtaBench, ReusesAConnection) {
  TestServer& mx1 = listen(mx1_host);
  config.connections_max = 1;
  boot();
  for (int i = 0; i < 5; ++i) submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 5u);
  EXPECT_EQ(mx1.connections, 1);
  expect_empty_queue();
}

TEST_F(MtaBench, LimitsConnectionsToADestination) {
  TestServer& mx1 = listen(mx1_host);
  config.connections_max = 2;
  boot();
  for (int i = 0; i < 10; ++i) submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 10u);
  EXPECT_LE(mx1.connections, 2);
}

class DeliveriesMax : public MtaBench, public testing::WithParamInterface<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Limits, DeliveriesMax, testing::Values(1, 2, 3, 11, 12, 13));

// So many connections at once to all destinations together, and no more.
TEST_P(DeliveriesMax, LimitsConnectionsToAllDestinationsTogether) {
  TestServer::Load load;
  TestServer& mx1 = listen(mx1_host);
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  mx1.load = store.load = &load;
  config.deliveries_max = GetParam();
  boot();
  for (int i = 0; i < 6; ++i) submit({"bob@blue.com", "rob@red.com"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 6u);
  EXPECT_EQ(store.got.size(), 6u);
  EXPECT_EQ(load.most, std::min<std::size_t>(GetParam(), 12));
  expect_empty_queue();
}

// A destination with much mail gives its connection away after each job.
TEST_F(MtaBench, DestinationsThatWaitTakeTurns) {
  TestServer& mx1 = listen(mx1_host);
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  config.deliveries_max = 1;
  config.connections_max = 1;
  boot();
  for (int i = 0; i < 4; ++i) submit({"bob@blue.com"});
  for (int i = 0; i < 2; ++i) submit({"rob@red.com"});
  world.run_for(1min);
  std::string order;
  for (const KeptRecord& record : world.records_of(Kind::kRecipientDelivered))
    order += record.value("recipient")[0];
  EXPECT_EQ(order, "brbrbb");
  EXPECT_EQ(mx1.connections, 3) << "the last two need not make way";
  EXPECT_EQ(store.connections, 2);
}

TEST_F(MtaBench, CutsManyRecipientsIntoTransactions) {
  TestServer& mx1 = listen(mx1_host);
  config.delivery_recipients_max = 10;
  boot();
  std::vector<std::string> recipients;
  for (int i = 0; i < 25; ++i) recipients.push_back("u" + std::to_string(i) + "@blue.com");
  submit(recipients);
  world.run_for(1min);
  std::size_t total = 0;
  for (const auto& got : mx1.got) {
    EXPECT_LE(got.recipients.size(), 10u);
    total += got.recipients.size();
  }
  EXPECT_EQ(total, 25u);
  EXPECT_EQ(count(Kind::kRecipientDelivered), 25u);
  expect_empty_queue();
}

// RFC 7505 section 3: a null MX means that the domain takes no mail.
TEST_F(MtaBench, NullMxFailsAtOnce) {
  boot();
  submit({"bob@null.com"});
  world.run_for(1min);
  EXPECT_EQ(only(Kind::kRecipientBounced, "status"), "5.1.10");
}

TEST_F(MtaBench, UnknownDomainsFailAtOnce) {
  boot();
  submit({"bob@no-such.com", "bob@nothing.com", "bob@broken.com"});
  world.run_for(1min);
  std::vector<std::string> statuses;
  for (const KeptRecord& record : world.records_of(Kind::kRecipientBounced))
    statuses.push_back(record.value("status"));
  EXPECT_EQ(statuses, (std::vector<std::string>{"5.1.2", "5.1.2", "5.4.4"}));
}

TEST_F(MtaBench, LookUpsThatFailAreTriedAgain) {
  TestServer& mx1 = listen(mx1_host);
  resolver.reset();
  boot();
  submit({"bob@blue.com"});
  world.run_for(2min);
  EXPECT_EQ(only(Kind::kRecipientDeferred, "reply"), "the look-up of blue.com failed");
  resolver = std::make_unique<AllKnowingResolver>(ns, std::string(kRecords));
  world.run_for(10min);
  EXPECT_EQ(mx1.got.size(), 1u);
}

// RFC 5321 section 5.1: a host that finds itself in the MX list drops itself and what is not
// better.
TEST_F(MtaBench, BackupMxDeliversOnlyToBetterOnes) {
  TestServer& mx1 = listen(mx1_host);
  TestServer& mx2 = listen(mx2_host);
  config.relay_domains = {"backup.com"};
  boot();
  deliver({"bob@backup.com"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 1u);
  EXPECT_EQ(only(Kind::kMxSelected, "candidates"), "10 mx1.blue.com");
  mx1.connect_reply = {421, {}, "mx1 is busy"};
  deliver({"bob@backup.com"});
  world.run_for(1min);
  EXPECT_EQ(mx2.got.size(), 0u);
  EXPECT_EQ(count(Kind::kRecipientDeferred), 1u);
}

TEST_F(MtaBench, MailThatComesBackIsALoop) {
  listen(mx2_host);
  boot();
  submit({"bob@loop.com", "bob@alias-loop.com"});
  world.run_for(1min);
  EXPECT_EQ(count(Kind::kLoopDetected), 2u);
  for (const KeptRecord& record : world.records_of(Kind::kRecipientBounced))
    EXPECT_EQ(record.value("status"), "5.4.6");
  EXPECT_EQ(count(Kind::kRecipientBounced), 2u);
}

// The reply to the message is lost: it may have been taken, so no other server gets it right away.
TEST_F(MtaBench, ALostReplyIsNotTakenElsewhereAtOnce) {
  TestServer& mx1 = listen(mx1_host);
  mx1.vanish_at_message = true;
  TestServer& mx2 = listen(mx2_host);
  boot();
  submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(mx2.got.size(), 0u);
  EXPECT_EQ(only(Kind::kRecipientDeferred, "reply"), "the connection was lost");
  mx1.vanish_at_message = false;
  world.run_for(10min);
  EXPECT_EQ(mx1.got.size(), 1u);
}

TEST_F(MtaBench, LargeMessagesGoInPieces) {
  TestServer& mx1 = listen(mx1_host);
  boot();
  std::string message(kMessage);
  for (int i = 0; i < 20'000; ++i) message += ".a line of text that begins with a dot\r\n";
  submit({"bob@blue.com"}, message);
  world.run_for(1min);
  ASSERT_EQ(mx1.got.size(), 1u);
  EXPECT_TRUE(mx1.got[0].content.ends_with(message));
}

// RFC 1870 section 6.1: what is too large for the other side is not tried again and again.
TEST_F(MtaBench, ATooLargeMessageBounces) {
  TestServer& mx1 = listen(mx1_host);
  mx1.config().limits.message_size_max = 100;
  boot();
  submit({"bob@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(only(Kind::kRecipientBounced, "status"), "5.3.4");
  EXPECT_TRUE(mx1.got.empty());
}

}  // namespace
}  // namespace mailcosm::sim
