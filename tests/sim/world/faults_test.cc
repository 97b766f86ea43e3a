// Each kind of fault in a whole world: what it does to a mail from Alice to Bob, that the trace
// says so, and that the same run comes out twice.
#include <gtest/gtest.h>

#include <string>

#include "tests/sim/world/world_run.h"

namespace mailcosm::sim {
namespace {

struct Story {
  std::string faults;  // the list, indented by two
  std::string mail = {};
  std::string to = "bob@blue.com";
  int phone = 1;  // copies that Bob's phone and desktop get
  int desktop = 1;
};

std::string text_of(const Story& story) {
  return R"(mailcosm: 1
title: A fault
organisations:
  red.com:
    users:
      alice: {devices: {laptop: imap}}
  blue.com:
    mail: {)" +
         story.mail + R"(}
    users:
      bob: {devices: {phone: imap, desktop: pop3}}
story:
  - at: 0 s
    alice writes: {to: )" +
         story.to + R"(, subject: Lunch, body: Noon.}
  - at: 5 h
    bob checks mail: phone
  - at: 6 h
    bob checks mail: desktop
faults:
)" + story.faults +
         R"(
expect:
  - received: {user: bob, device: phone, subject: Lunch}
    has: {count: )" +
         std::to_string(story.phone) + R"(}
  - received: {user: bob, device: desktop, subject: Lunch}
    has: {count: )" +
         std::to_string(story.desktop) + "}\n";
}

// The run of a story whose expectations hold, twice the same.
WorldRun played(const Story& story) {
  WorldRun run(text_of(story));
  EXPECT_EQ(run.failures, "");
  EXPECT_EQ(WorldRun(text_of(story)).digest, run.digest);
  return run;
}

std::size_t lines_starting(const WorldRun& run, std::string_view host, std::string_view start) {
  std::size_t count = 0;
  for (const auto& entry : run.entries) {
    const bool sent = entry.kind == Kind::kLineSent && run.host_of(entry) == host;
    count += sent && entry.texts[1].starts_with(start) ? 1 : 0;
  }
  return count;
}

bool is_caused_by_fault(const WorldRun& run, Kind kind) {
  const auto* entry = run.first(kind);
  EXPECT_NE(entry, nullptr) << info_of(kind).name;
  return entry != nullptr && run.leads_back(*entry, Kind::kFaultBegan);
}

TEST(FaultsTest, ALinkThatIsCutDelaysTheMailAndReturnsToItsSettings) {
  const WorldRun run = played(
      {"  - {at: 100 ms, for: 1 h, link: {between: [router.red.com, internet], up: false}}"});
  ASSERT_EQ(run.count(Kind::kLinkChanged), 2u);
  EXPECT_EQ(run.first(Kind::kLinkChanged)->texts[2], "down");
  EXPECT_EQ(run.first(Kind::kFaultEnded)->time,
            Instant{} + std::chrono::hours(1) + std::chrono::milliseconds(100));
  EXPECT_GE(run.count(Kind::kRecipientDeferred), 1u);
}

TEST(FaultsTest, AConnectionThatCannotBeOpenedNamesWhatIsDown) {
  for (const std::string fault :
       {"link: {between: [mx1.blue.com, router.blue.com], up: false}",
        "host: {name: mx1.blue.com, loses: power}", "partition: {cuts_off: [mx1.blue.com]}"}) {
    SCOPED_TRACE(fault);
    const WorldRun run = played({"  - {for: 1 h, " + fault + "}"});
    EXPECT_TRUE(is_caused_by_fault(run, Kind::kRecipientDeferred));
  }
}

TEST(FaultsTest, APartitionCutsOffAnOrganisationUntilItHeals) {
  const WorldRun run = played({"  - {for: 1 h, partition: {cuts_off: [blue.com]}}"});
  // Its uplink only: what lies within stays connected.
  EXPECT_EQ(run.count(Kind::kLinkChanged), 2u);
  EXPECT_GE(run.count(Kind::kRecipientDeferred), 1u);
}

TEST(FaultsTest, ALinkThatFlapsDuringDataLosesNothing) {
  const WorldRun run =
      played({"  - when: {line: {host: mx1.blue.com, text: DATA}}\n"
              "    for: 1 min\n"
              "    link: {between: [router.blue.com, internet], flaps: {down: 5 s, up: 20 s}}"});
  // Down and up at 0, 5, 25, 30, 50 and 55 s; at the end it is up already.
  EXPECT_EQ(run.count(Kind::kLinkChanged), 6u);
  EXPECT_EQ(run.count(Kind::kMessageStored), 1u);
}

TEST(FaultsTest, ASettingOfOneWayLeavesTheOtherAlone) {
  const WorldRun run = played(
      {"  - {at: 1 ms, link: {between: [router.blue.com, internet], latency: 300 ms, one_way: "
       "true}}"});
  ASSERT_EQ(run.count(Kind::kLinkChanged), 1u);
  EXPECT_EQ(run.first(Kind::kLinkChanged)->texts[0], "router.blue.com");
  EXPECT_EQ(run.first(Kind::kLinkChanged)->texts[2], "latency 300 ms");
}

TEST(FaultsTest, OfTwoFaultsOfOneLinkTheEndOfOneDoesNotUndoTheOther) {
  const WorldRun run = played(
      {"  - {at: 1 s, for: 10 s, link: {between: [router.red.com, internet], up: false}}\n"
       "  - {at: 5 s, for: 10 s, link: {between: [internet, router.red.com], up: false, loss: 1 "
       "%}}"});
  std::vector<std::string> changes;
  for (const auto& entry : run.entries) {
    if (entry.kind == Kind::kLinkChanged) changes.push_back(entry.texts[2]);
  }
  EXPECT_EQ(changes, (std::vector<std::string>{"down", "loss 1 %", "up, loss 0 %"}));
}

TEST(FaultsTest, TheNextThreeRecipientsAreRefusedForNow) {
  const WorldRun run =
      played({"  - {replies: {host: mx1.blue.com, command: RCPT, text: {contains: bob@}, count: 3, "
              "answers: \"451 4.3.0 Try again later\"}}"});
  EXPECT_EQ(run.count(Kind::kFaultApplied), 3u);
  EXPECT_EQ(run.count(Kind::kRecipientDeferred), 3u);
  EXPECT_EQ(lines_starting(run, "mx1.blue.com", "451 4.3.0 Try again later"), 3u);
  EXPECT_TRUE(is_caused_by_fault(run, Kind::kRecipientDeferred));
  EXPECT_TRUE(is_caused_by_fault(run, Kind::kMessageRejected));
}

TEST(FaultsTest, ARefusalForGoodComesBackToTheSender) {
  const WorldRun run = played(
      {"  - {replies: {host: store.blue.com, command: message, answers: \"552 5.2.2 Full\"}}", "",
       "bob@blue.com", 0, 0});
  EXPECT_EQ(run.count(Kind::kMessageStored), 1u) << "the notification in Alice's mailbox";
  EXPECT_TRUE(is_caused_by_fault(run, Kind::kBounceCreated));
}

TEST(FaultsTest, AConnectionDroppedBeforeTheMessageIsTakenLeavesNothingBehind) {
  const WorldRun run =
      played({"  - {replies: {host: mx1.blue.com, command: message, count: 1, drops: true}}"});
  EXPECT_EQ(run.count(Kind::kRecipientDeferred), 1u);
  EXPECT_EQ(run.count(Kind::kMessageStored), 1u);
}

TEST(FaultsTest, EveryServerCanDropAConnectionAtOnce) {
  for (const std::string host : {"mail.red.com", "mx1.blue.com", "store.blue.com"}) {
    SCOPED_TRACE(host);
    const WorldRun run =
        played({"  - {replies: {host: " + host + ", command: connect, count: 1, drops: true}}"});
    EXPECT_EQ(run.count(Kind::kFaultApplied), 1u);
  }
}

TEST(FaultsTest, EveryServerCanTurnConnectionsAway) {
  for (const std::string host : {"mail.red.com", "mx1.blue.com", "store.blue.com"}) {
    SCOPED_TRACE(host);
    const WorldRun run = played({"  - {for: 1 min, replies: {host: " + host +
                                 ", command: connect, answers: \"421 4.3.2 Not now\"}}"});
    EXPECT_GE(run.count(Kind::kFaultApplied), 1u);
  }
}

TEST(FaultsTest, EveryServerCanBeSlowAtEachCommand) {
  for (const std::string host : {"mail.red.com", "mx1.blue.com", "store.blue.com"}) {
    SCOPED_TRACE(host);
    const WorldRun run = played({"  - {replies: {host: " + host + ", delay: 5 s}}"});
    EXPECT_GE(run.count(Kind::kFaultApplied), 5u);
  }
}

TEST(FaultsTest, APop3LoginIsRefused) {
  const WorldRun run = played(
      {"  - {replies: {host: store.blue.com, command: PASS, answers: \"-ERR [SYS/TEMP] Later\"}}",
       "", "bob@blue.com", 1, 0});
  EXPECT_EQ(lines_starting(run, "store.blue.com", "-ERR [SYS/TEMP]"), 1u);
}

TEST(FaultsTest, AnImapSelectIsRefused) {
  const WorldRun run =
      played({"  - {replies: {host: store.blue.com, command: SELECT, answers: \"NO [UNAVAILABLE] "
              "Later\"}}",
              "", "bob@blue.com", 0, 1});
  EXPECT_EQ(lines_starting(run, "store.blue.com", "A2 NO [UNAVAILABLE] Later"), 1u);
}

TEST(FaultsTest, WhatGoesBeyondARateIsPutOff) {
  const WorldRun run =
      played({"  - {replies: {host: mx1.blue.com, command: RCPT, over: 1, per: 1 h}}", "",
              "[bob@blue.com, postmaster@blue.com]", 2, 2});
  EXPECT_EQ(lines_starting(run, "mx1.blue.com", "450 4.7.1"), 3u) << "at 0, 15 and 45 min";
}

TEST(FaultsTest, ADnsServerAnswersOtherwise) {
  for (const std::string answer : {"servfail", "refused", "nothing", "lame"}) {
    SCOPED_TRACE(answer);
    const WorldRun run =
        played({"  - {for: 1 h, dns: {host: ns1.blue.com, answers: " + answer + "}}"});
    EXPECT_GE(run.count(Kind::kRecipientDeferred), 1u);
    EXPECT_GE(run.count(Kind::kFaultApplied), 1u);
  }
}

TEST(FaultsTest, AServerFailureIsTheCauseOfTheDelay) {
  const WorldRun run = played({"  - {for: 1 h, dns: {host: ns1.blue.com, answers: servfail}}"});
  EXPECT_TRUE(is_caused_by_fault(run, Kind::kRecipientDeferred));
}

TEST(FaultsTest, ATruncatedAnswerIsAskedForAgainOverTcp) {
  const WorldRun run =
      played({"  - {for: 1 h, dns: {host: ns1.blue.com, type: MX, answers: truncated}}"});
  EXPECT_EQ(run.count(Kind::kRecipientDeferred), 0u);
  EXPECT_EQ(run.count(Kind::kFaultApplied), 1u);
  bool tcp = false;
  for (const auto& entry : run.entries)
    tcp = tcp || (entry.kind == Kind::kDnsReceived && entry.texts[1] == "tcp");
  EXPECT_TRUE(tcp);
}

TEST(FaultsTest, ASlowResolverAnswersLate) {
  const WorldRun run =
      played({"  - {for: 1 h, dns: {host: resolver.red.com, type: MX, count: 1, delay: 3 s}}"});
  ASSERT_NE(run.first(Kind::kMxSelected), nullptr);
  EXPECT_GE(run.first(Kind::kMxSelected)->time, Instant{} + std::chrono::seconds(3));
}

TEST(FaultsTest, AResolverThatFailsPutsTheMailOff) {
  const WorldRun run =
      played({"  - {for: 1 h, dns: {host: resolver.red.com, name: blue.com, answers: servfail}}"});
  EXPECT_GE(run.count(Kind::kRecipientDeferred), 1u);
}

TEST(FaultsTest, AFullDiskRefusesMailForNow) {
  const WorldRun run = played({"  - {for: 1 h, disk: {host: mx1.blue.com, full: true}}"});
  EXPECT_TRUE(is_caused_by_fault(run, Kind::kRecipientDeferred));
  EXPECT_GE(lines_starting(run, "mx1.blue.com", "452 "), 1u);
}

TEST(FaultsTest, NothingIsPromisedByADiskWhoseSyncsFail) {
  for (const std::string host : {"mail.red.com", "mx1.blue.com", "store.blue.com"}) {
    SCOPED_TRACE(host);
    const WorldRun run = played({"  - {for: 1 h, disk: {host: " + host + ", fails: true}}"});
    EXPECT_GE(run.count(Kind::kFaultApplied), 1u);
    EXPECT_EQ(run.count(Kind::kMessageStored) >= 1, true);
  }
}

TEST(FaultsTest, ASlowDiskDelaysThe250) {
  const WorldRun run = played({"  - {disk: {host: mx1.blue.com, slow: 2 s}}"});
  const auto* delivered = run.first(Kind::kMessageStored);
  ASSERT_NE(delivered, nullptr);
  EXPECT_GE(delivered->time, Instant{} + std::chrono::seconds(2));
}

TEST(FaultsTest, ADestroyedDeviceLosesItsCopiesAndStepsForItAreSkipped) {
  const WorldRun run =
      played({"  - {at: 5.5 h, host: {name: bob-desktop.blue.com, loses: everything}}", "",
              "bob@blue.com", 1, 0});
  ASSERT_EQ(run.count(Kind::kStorySkipped), 1u);
  const auto* skipped = run.first(Kind::kStorySkipped);
  EXPECT_EQ(skipped->numbers[0], 3);
  EXPECT_EQ(skipped->texts[1], "bob-desktop.blue.com is destroyed");
}

TEST(FaultsTest, ANewDeviceInPlaceOfADestroyedOneFetchesAllAgain) {
  Story story{"  - {at: 5.5 h, for: 1 min, host: {name: bob-phone.blue.com, loses: everything}}"};
  std::string text = text_of(story);
  text.replace(text.find("bob checks mail: desktop"), 24, "bob checks mail: phone  ");
  text.replace(text.find("{count: 1}"), 10, "{count: 2}");
  text.replace(text.rfind("{count: 1}"), 10, "{count: 0}");
  EXPECT_EQ(WorldRun(text).failures, "");
}

TEST(FaultsTest, AHostThatIsCutOffByTwoFaultsComesBackWhenBothAreOver) {
  const WorldRun run =
      played({"  - {at: 1 s, for: 10 s, host: {name: mx1.blue.com, loses: power}}\n"
              "  - {at: 5 s, for: 10 s, host: {name: mx1.blue.com, loses: power}}"});
  EXPECT_EQ(run.count(Kind::kHostCrashed), 1u);
  ASSERT_EQ(run.count(Kind::kHostRestarted), 1u);
  EXPECT_EQ(run.first(Kind::kHostRestarted)->time, Instant{} + std::chrono::seconds(15));
}

TEST(FaultsTest, AConditionThatIsNeverMetLetsNothingHappen) {
  const WorldRun run =
      played({"  - when: {line: {host: mx1.blue.com, text: {starts_with: RCPT}}, nth: 3}\n"
              "    host: {name: mx1.blue.com, loses: power}"});
  EXPECT_EQ(run.count(Kind::kFaultBegan), 0u);
}

TEST(FaultsTest, AConditionNamesItsRecordAsCauseAndWaits) {
  const WorldRun run = played(
      {"  - when: {event: {kind: message.stored, fields: {user: bob@blue.com}}, after: 3 s}\n"
       "    for: 1 s\n"
       "    host: {name: bob-phone.blue.com, loses: power}"});
  const auto* began = run.first(Kind::kFaultBegan);
  ASSERT_NE(began, nullptr);
  ASSERT_EQ(began->causes.size(), 1u);
  const auto* cause = run.find(began->causes[0]);
  ASSERT_NE(cause, nullptr);
  EXPECT_EQ(cause->kind, Kind::kMessageStored);
  EXPECT_EQ(began->time, cause->time + std::chrono::seconds(3) + Duration(1));
}

TEST(FaultsTest, MagicAddressesNeedNoFaults) {
  const std::string fault =
      "  - {at: 20 days, link: {between: [router.red.com, internet], up: true}}";
  const WorldRun refused =
      played({fault, "magic_addresses: true", "[451@blue.com, 550@blue.com]", 0, 0});
  EXPECT_GE(lines_starting(refused, "mx1.blue.com", "451 4.0.0"), 2u);
  EXPECT_GE(lines_starting(refused, "mx1.blue.com", "550 5.0.0"), 1u);
  const WorldRun dropped = played({fault, "magic_addresses: true", "drop@blue.com", 0, 0});
  EXPECT_GE(dropped.count(Kind::kRecipientDeferred), 2u);
  const WorldRun grey = played({fault, "magic_addresses: true", "greylist@blue.com", 1, 1});
  EXPECT_EQ(grey.count(Kind::kRecipientDeferred), 1u);
  const WorldRun slow = played({fault, "magic_addresses: true", "slow@blue.com", 1, 1});
  EXPECT_GE(slow.first(Kind::kMessageStored)->time, Instant{} + std::chrono::seconds(30));
  const WorldRun bounce = played({fault, "magic_addresses: true", "bounce@blue.com", 0, 0});
  EXPECT_EQ(bounce.count(Kind::kBounceCreated), 1u);
}

TEST(FaultsTest, WithoutTheKeyNoAddressIsMagic) {
  const WorldRun run =
      played({"  - {at: 20 days, link: {between: [router.red.com, internet], up: true}}", "",
              "451@blue.com", 0, 0});
  EXPECT_EQ(lines_starting(run, "mx1.blue.com", "550 5.1.1"), 1u);
}

}  // namespace
}  // namespace mailcosm::sim
