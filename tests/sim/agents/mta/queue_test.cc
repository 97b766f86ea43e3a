// Deferral, expiry, notifications, and the loss of power.
#include "protocols/dsn/notification.h"
#include "tests/sim/agents/mta/mta_bench.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

// RFC 5321 section 4.5.4.1: retries with growing delay.
TEST_F(MtaBench, WaitsTwiceAsLongEachTime) {
  config.delay_notice = 0s;
  boot();
  submit({"bob@blue.com"});
  world.run_for(5h);
  std::vector<std::int64_t> waits;
  for (const KeptRecord& record : world.records_of(Kind::kRecipientDeferred)) {
    EXPECT_EQ(record.value("attempt"), std::to_string(waits.size() + 1));
    waits.push_back((Instant{std::stoll(record.value("next_attempt"))} - record.time) / 1s);
  }
  ASSERT_GE(waits.size(), 6u);
  EXPECT_EQ(std::vector<std::int64_t>(waits.begin(), waits.begin() + 6),
            (std::vector<std::int64_t>{300, 600, 1200, 2400, 4000, 4000}));
}

TEST_F(MtaBench, DeliversWhenTheServerComesBack) {
  boot();
  submit({"bob@blue.com"});
  world.run_for(8min);
  TestServer& mx1 = listen(mx1_host);
  world.run_for(1h);
  EXPECT_EQ(mx1.got.size(), 1u);
  expect_empty_queue();
}

// RFC 5321 section 6.1: a notification to the reverse-path, from the null reverse-path. RFC 3464
// section 2.
TEST_F(MtaBench, BouncesToTheSender) {
  TestServer& mx1 = listen(mx1_host);
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  mx1.rcpt_replies["nobody@blue.com"] = {550, {5, 1, 1}, "No such user"};
  boot();
  submit({"bob@blue.com", "nobody@blue.com"});
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 1u);
  ASSERT_EQ(store.got.size(), 1u);
  EXPECT_EQ(store.got[0].reverse_path, "");
  EXPECT_EQ(store.got[0].recipients, (std::vector<std::string>{"alice@red.com"}));
  const auto notification = dsn::read_notification(store.got[0].content);
  ASSERT_TRUE(notification) << notification.error().what << '\n' << store.got[0].content;
  EXPECT_EQ(notification->report.reporting_mta, "mail.red.com");
  ASSERT_EQ(notification->report.recipients.size(), 1u);
  const dsn::RecipientStatus& recipient = notification->report.recipients[0];
  EXPECT_EQ(recipient.final_recipient, "nobody@blue.com");
  EXPECT_EQ(recipient.action, dsn::Action::kFailed);
  EXPECT_EQ(recipient.status, (dsn::StatusCode{5, 1, 1}));
  EXPECT_EQ(recipient.remote_mta, "mx1.blue.com");
  EXPECT_EQ(recipient.diagnostic, "550 5.1.1 No such user");
  EXPECT_NE(notification->returned.find("Message-ID: <1@red.com>"), std::string_view::npos);
  EXPECT_EQ(only(Kind::kRecipientBounced, "recipient"), "nobody@blue.com");
  EXPECT_EQ(only(Kind::kBounceCreated, "recipient"), "alice@red.com");
  EXPECT_NE(only(Kind::kBounceCreated, "bounce_queue_id"), "");
  expect_empty_queue();
}

// RFC 5321 section 6.1: no notification about a notification.
TEST_F(MtaBench, NeverBouncesABounce) {
  boot();
  submit({"bob@null.com"}, std::string(kMessage), "");
  world.run_for(1min);
  EXPECT_EQ(only(Kind::kBounceCreated, "bounce_queue_id"), "");
  EXPECT_EQ(count(Kind::kMessageAccepted), 1u);
  expect_empty_queue();
}

TEST_F(MtaBench, GivesUpAfterItsLifetime) {
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  config.queue_lifetime = 2h;
  config.delay_notice = 0s;
  boot();
  submit({"bob@blue.com"});
  world.run_for(119min);
  EXPECT_EQ(store.got.size(), 0u);
  world.run_for(4min);
  ASSERT_EQ(store.got.size(), 1u);
  const auto notification = dsn::read_notification(store.got[0].content);
  ASSERT_TRUE(notification);
  EXPECT_EQ(notification->report.recipients[0].action, dsn::Action::kFailed);
  EXPECT_EQ(notification->report.recipients[0].status, (dsn::StatusCode{4, 4, 7}));
  expect_empty_queue();
}

TEST_F(MtaBench, TellsOfADelayOnce) {
  TestServer& store = listen(store_host, smtp::Service::kLmtp, 24);
  boot();
  submit({"bob@blue.com"});
  world.run_for(3h);
  EXPECT_EQ(store.got.size(), 0u);
  world.run_for(48h);
  ASSERT_EQ(store.got.size(), 1u);
  const auto notification = dsn::read_notification(store.got[0].content);
  ASSERT_TRUE(notification);
  EXPECT_EQ(notification->report.recipients[0].action, dsn::Action::kDelayed);
  EXPECT_TRUE(notification->report.recipients[0].will_retry_until.has_value());
  EXPECT_EQ(only(Kind::kBounceCreated, "action"), "delayed");
}

TEST_F(MtaBench, AliasesStandInTheNotification) {
  config.aliases = {{at("team@red.com"), {at("bob@null.com")}}};
  TestServer& mx1 = listen(mx1_host);
  boot();
  deliver({"team@red.com"}, std::string(kMessage), "eve@implicit.com");
  world.run_for(1min);
  ASSERT_EQ(mx1.got.size(), 1u);
  const auto notification = dsn::read_notification(mx1.got[0].content);
  ASSERT_TRUE(notification);
  EXPECT_EQ(notification->report.recipients[0].original_recipient, "rfc822;team@red.com");
  EXPECT_EQ(notification->report.recipients[0].final_recipient, "bob@null.com");
}

// Nothing accepted with 250 is ever lost, whenever the power fails, and nothing comes that was
// never accepted.
TEST_F(MtaBench, SurvivesTheLossOfPowerAtAnyMoment) {
  for (int milliseconds = 0; milliseconds < 120; ++milliseconds) {
    TestServer& mx1 = listen(mx1_host, smtp::Service::kSmtp, 25);
    boot();
    TestClient& client = submit({"bob@blue.com"});
    world.run_for(std::chrono::milliseconds(milliseconds));
    crash();
    world.run_for(1s);
    const bool accepted = client.results.contains(0) && client.results[0].starts_with("250 ");
    boot();
    world.run_for(2h);
    if (accepted) {
      EXPECT_GE(mx1.got.size(), 1u) << milliseconds;
    }
    for (const auto& got : mx1.got) EXPECT_TRUE(got.content.ends_with(kMessage)) << milliseconds;
    EXPECT_LE(mx1.got.size(), 2u) << milliseconds;
    expect_empty_queue();
    mta.reset();
    clients.clear();
    servers.clear();
    world.clear_records();
  }
}

TEST_F(MtaBench, KeepsDeferredMailOverARestart) {
  boot();
  submit({"bob@blue.com"});
  world.run_for(2min);
  EXPECT_EQ(count(Kind::kRecipientDeferred), 1u);
  crash();
  TestServer& mx1 = listen(mx1_host);
  boot();
  world.run_for(1min);
  EXPECT_EQ(mx1.got.size(), 0u) << "its time has not come";
  world.run_for(10min);
  EXPECT_EQ(mx1.got.size(), 1u);
}

}  // namespace
}  // namespace mailcosm::sim
