// Two devices of one person and a real mailbox server.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "protocols/base/random.h"
#include "sim/agents/client/local_store.h"
#include "sim/agents/client/mail_client.h"
#include "tests/sim/agents/mailbox/mailbox_bench.h"

namespace mailcosm::sim {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string letter(const std::string& subject, const std::string& more = {}) {
  return "From: Alice <alice@red.com>\r\nTo: bob@blue.com\r\nMessage-ID: <" + subject +
         "@red.com>\r\nSubject: " + subject + "\r\n" + more + "\r\ntext\r\n";
}

MessageChoice with_subject(const std::string& subject, const std::string& mailbox = "INBOX") {
  MessageChoice choice;
  choice.mailbox = mailbox;
  choice.subject = subject;
  return choice;
}

// One device and its mail program.
struct Device {
  Device(MailboxBench& bench, const std::string& name, const std::string& address)
      : host(bench.world.add_host("bob-" + name + ".blue.com", address)) {
    config.address = {"bob", "blue.com"};
    config.login = "bob";
    config.password = "secret";
    config.device = name;
    config.submission_server = "192.0.2.9";
    config.retrieval = RetrievalProtocol::kImap;
    config.retrieval_server = "192.0.2.1";
    config.syncs_all = true;
  }
  void start() {
    client = std::make_unique<MailClient>(host, config);
    client->start();
  }
  void crash() {
    client.reset();
    host.crash();
    start();
  }
  // What lies on the device: subject and flags of each message.
  std::vector<std::string> shows(const std::string& mailbox = "INBOX") {
    LocalStore store(host.disk(), "client/" + config.device);
    store.load();
    std::vector<std::string> shown;
    for (const std::string& id : store.ids(mailbox)) {
      const std::string content = store.find(mailbox, id).text();
      const std::size_t at = content.find("Subject: ") + 9;
      std::string text = content.substr(at, content.find("\r\n", at) - at);
      const std::string flags = store.flags(mailbox, id).to_string();
      shown.push_back(flags.empty() ? text : text + " " + flags);
    }
    return shown;
  }

  FakeHost& host;
  MailClientConfig config;
  std::unique_ptr<MailClient> client;
};

using Shown = std::vector<std::string>;

class DevicesTest : public testing::Test {
 protected:
  DevicesTest() {
    bench.deliver("bob@blue.com", letter("one"));
    bench.deliver("bob@blue.com", letter("two"));
    phone.start();
    laptop.start();
    check(phone);
    check(laptop);
    bench.world.clear_records();
  }
  void settle() { bench.world.run_for(seconds(2)); }
  void check(Device& device) {
    device.client->check_mail();
    settle();
  }
  std::size_t count(Kind kind) const { return bench.world.records_of(kind).size(); }
  std::vector<std::string> on_server(const std::string& mailbox = "INBOX") {
    const Account& account = *bench.server->store().find_account("bob");
    const Mailbox* found = account.find(mailbox);
    std::vector<std::string> shown;
    if (found == nullptr) return shown;
    for (const StoredMessage& message : found->messages()) {
      const std::string_view head = message.content.head();
      const std::size_t at = head.find("Subject: ") + 9;
      std::string text(head.substr(at, head.find("\r\n", at) - at));
      const std::string flags = to_string(message.flags, found->keywords());
      shown.push_back(flags.empty() ? text : text + " " + flags);
    }
    return shown;
  }

  MailboxBench bench;
  Device phone{bench, "phone", "192.0.2.11"};
  Device laptop{bench, "laptop", "192.0.2.12"};
};

TEST_F(DevicesTest, FetchingMarksNothingAsRead) {
  EXPECT_EQ(phone.shows(), (Shown{"one", "two"}));
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
}

// RFC 3501 section 2.3.2: flags are kept by the server, for all who look.
TEST_F(DevicesTest, ReadingOnOneShowsOnTheOther) {
  phone.client->read(with_subject("one"));
  EXPECT_EQ(phone.shows(), (Shown{"one \\Seen", "two"}));
  settle();
  EXPECT_EQ(on_server(), (Shown{"one \\Seen", "two"}));
  EXPECT_EQ(laptop.shows(), (Shown{"one", "two"}));
  check(laptop);
  EXPECT_EQ(laptop.shows(), (Shown{"one \\Seen", "two"}));
  const auto changed = bench.world.records_of(Kind::kCopyChanged);
  ASSERT_EQ(changed.size(), 2u);
  EXPECT_EQ(changed[0].to_string(),
            "copy.changed user=bob device=phone mailbox=INBOX uid=1 flags=\\Seen by=user");
  EXPECT_EQ(changed[1].to_string(),
            "copy.changed user=bob device=laptop mailbox=INBOX uid=1 flags=\\Seen by=server");
  EXPECT_EQ(changed[1].message, "<one@red.com>");
  EXPECT_EQ(count(Kind::kMessageFetched), 0u);
}

TEST_F(DevicesTest, ReadingAgainTellsTheServerNothing) {
  phone.client->read(with_subject("one"));
  settle();
  bench.world.clear_records();
  phone.client->read(with_subject("one"));
  settle();
  EXPECT_EQ(count(Kind::kMessageRead), 1u);
  EXPECT_EQ(count(Kind::kSessionOpened), 0u);
}

TEST_F(DevicesTest, WhatIsNotOnTheDeviceCannotBeRead) {
  bench.deliver("bob@blue.com", letter("three"));
  bench.world.clear_records();
  phone.client->read(with_subject("three"));
  phone.client->reply(with_subject("three"), "Yes.");
  settle();
  EXPECT_EQ(count(Kind::kMessageMissed), 2u);
  EXPECT_EQ(count(Kind::kMessageRead), 0u);
  EXPECT_EQ(count(Kind::kMessageComposed), 0u);
  EXPECT_EQ(bench.world.records_of(Kind::kMessageMissed)[0].value("wanted"), "\"three\"");
}

TEST_F(DevicesTest, MarkingCountsHereAtOnceAndThereSoon) {
  phone.client->mark(with_subject("two"), {"\\Flagged", "work"}, {});
  EXPECT_EQ(phone.shows(), (Shown{"one", "two \\Flagged work"}));
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
  settle();
  EXPECT_EQ(on_server(), (Shown{"one", "two \\Flagged work"}));
  check(laptop);
  laptop.client->mark(with_subject("two"), {}, {"\\Flagged"});
  settle();
  check(phone);
  EXPECT_EQ(phone.shows(), (Shown{"one", "two work"}));
}

// RFC 4315 section 3: COPYUID saves the device from fetching again what it has moved itself.
TEST_F(DevicesTest, AMovedCopyLearnsItsUid) {
  phone.client->move(with_subject("one"), "Archive");
  EXPECT_EQ(phone.shows(), Shown{"two"});
  EXPECT_EQ(phone.shows("Archive"), Shown{"one"});
  settle();
  EXPECT_EQ(on_server("Archive"), Shown{"one"});
  const auto numbered = bench.world.records_of(Kind::kCopyNumbered);
  ASSERT_EQ(numbered.size(), 1u);
  EXPECT_EQ(numbered[0].to_string(), "copy.numbered user=bob device=phone mailbox=Archive uid=1");
  check(phone);
  EXPECT_EQ(phone.shows("Archive"), Shown{"one"});
  EXPECT_EQ(count(Kind::kMessageFetched), 0u);
  check(laptop);
  EXPECT_EQ(laptop.shows(), Shown{"two"});
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one"});
}

TEST_F(DevicesTest, DeletingOnOneRemovesTheOthersCopy) {
  phone.client->remove(with_subject("one"));
  EXPECT_EQ(phone.shows(), Shown{"two"});
  settle();
  EXPECT_EQ(on_server(), Shown{"two"});
  EXPECT_EQ(count(Kind::kMessageDeleted), 1u);
  EXPECT_EQ(bench.world.records_of(Kind::kMessageDeleted)[0].message, "<one@red.com>");
  check(laptop);
  EXPECT_EQ(laptop.shows(), Shown{"two"});
  EXPECT_EQ(bench.world.records_of(Kind::kCopyRemoved).back().to_string(),
            "copy.removed user=bob device=laptop mailbox=INBOX uid=1 by=server");
}

TEST_F(DevicesTest, OneThatSyncsOnlyInboxAsksForNothingElse) {
  Device tablet(bench, "tablet", "192.0.2.13");
  tablet.config.syncs_all = false;
  tablet.start();
  phone.client->move(with_subject("one"), "Archive");
  settle();
  bench.world.clear_records();
  check(tablet);
  EXPECT_EQ(tablet.shows(), Shown{"two"});
  EXPECT_TRUE(tablet.shows("Archive").empty());
  for (const KeptRecord& line : bench.world.records_of(Kind::kLineSent))
    EXPECT_EQ(line.value("text").find("LIST"), std::string::npos);
}

class IdleDevicesTest : public DevicesTest {
 protected:
  IdleDevicesTest() {
    laptop.config.idles = true;
    laptop.start();
    check(laptop);
    bench.world.clear_records();
  }
  std::size_t checks() const {
    std::size_t checks = 0;
    for (const KeptRecord& record : bench.world.records_of(Kind::kMailChecked))
      checks += record.value("device") == "laptop" ? 1 : 0;
    return checks;
  }
};

// RFC 2177 section 1, RFC 3501 section 7.4.2: flags that change elsewhere come unasked.
TEST_F(IdleDevicesTest, FlagsComeUnasked) {
  phone.client->read(with_subject("two"));
  settle();
  EXPECT_EQ(laptop.shows(), (Shown{"one", "two \\Seen"}));
  EXPECT_EQ(checks(), 0u);
}

// RFC 3501 section 7.4.1: numbers above an expunged message go down by one.
TEST_F(IdleDevicesTest, RemovalsComeUnaskedAndNumbersMove) {
  phone.client->remove(with_subject("one"));
  settle();
  EXPECT_EQ(laptop.shows(), Shown{"two"});
  phone.client->mark(with_subject("two"), {"\\Flagged"}, {});
  settle();
  EXPECT_EQ(laptop.shows(), Shown{"two \\Flagged"});
  EXPECT_EQ(checks(), 0u);
}

TEST_F(IdleDevicesTest, NewMailIsFetchedAtOnce) {
  bench.deliver("bob@blue.com", letter("three"));
  settle();
  EXPECT_EQ(laptop.shows(), (Shown{"one", "two", "three"}));
  phone.client->check_mail();
  settle();
  phone.client->remove(with_subject("three"));
  settle();
  EXPECT_EQ(laptop.shows(), (Shown{"one", "two"}));
  EXPECT_EQ(checks(), 1u);
}

TEST_F(IdleDevicesTest, OwnChangesGoThroughTheSameConnection) {
  laptop.client->move(with_subject("one"), "Archive");
  laptop.client->mark(with_subject("two"), {"\\Flagged"}, {});
  settle();
  EXPECT_EQ(on_server(), Shown{"two \\Flagged"});
  EXPECT_EQ(on_server("Archive"), Shown{"one"});
  bench.deliver("bob@blue.com", letter("three"));
  settle();
  EXPECT_EQ(laptop.shows(), (Shown{"two \\Flagged", "three"}));
  std::size_t opened = 0;
  for (const KeptRecord& record : bench.world.records_of(Kind::kSessionOpened))
    opened += record.value("side") == "client" && record.value("protocol") == "imap" ? 1 : 0;
  EXPECT_EQ(opened, 0u);
}

class OfflineDevicesTest : public DevicesTest {
 protected:
  OfflineDevicesTest() { set_offline(true); }
  // Nobody reaches the server; who has tried tries again after two minutes.
  void set_offline(bool offline) { bench.host.set_down(offline); }
  void come_back() {
    set_offline(false);
    bench.world.run_for(minutes(10));
    check(laptop);
  }
};

TEST_F(OfflineDevicesTest, ChangesAreTellableLater) {
  laptop.client->read(with_subject("one"));
  laptop.client->move(with_subject("one"), "Archive");
  laptop.client->remove(with_subject("two"));
  EXPECT_TRUE(laptop.shows().empty());
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one \\Seen"});
  bench.world.run_for(minutes(3));
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
  come_back();
  EXPECT_TRUE(on_server().empty());
  EXPECT_EQ(on_server("Archive"), Shown{"one \\Seen"});
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one \\Seen"});
  check(phone);
  EXPECT_EQ(phone.shows("Archive"), Shown{"one \\Seen"});
  EXPECT_TRUE(phone.shows().empty());
}

TEST_F(OfflineDevicesTest, WhatWasMovedCanBeChangedAgainBeforeTheServerKnows) {
  laptop.client->move(with_subject("one"), "Archive");
  laptop.client->mark(with_subject("one", "Archive"), {"\\Flagged"}, {});
  laptop.client->move(with_subject("two"), "Archive");
  laptop.client->move(with_subject("two", "Archive"), "Later");
  laptop.client->read(with_subject("two", "Later"));
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one \\Flagged"});
  EXPECT_EQ(laptop.shows("Later"), Shown{"two \\Seen"});
  come_back();
  EXPECT_EQ(on_server("Archive"), Shown{"one \\Flagged"});
  EXPECT_EQ(on_server("Later"), Shown{"two \\Seen"});
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one \\Flagged"});
  EXPECT_EQ(laptop.shows("Later"), Shown{"two \\Seen"});
  EXPECT_EQ(count(Kind::kMessageFetched), 0u);
}

// Choosing again on the server would hit mail that the person has not seen.
TEST_F(OfflineDevicesTest, WhatCameMeanwhileIsNotMeant) {
  laptop.client->remove({});
  set_offline(false);
  bench.deliver("bob@blue.com", letter("three"));
  come_back();
  EXPECT_EQ(on_server(), Shown{"three"});
  EXPECT_EQ(laptop.shows(), Shown{"three"});
}

// RFC 3501 section 6.4.8: a UID that does not exist is ignored without any error.
TEST_F(OfflineDevicesTest, WhatIsGoneMeanwhileStaysGone) {
  laptop.client->move(with_subject("one"), "Archive");
  laptop.client->mark(with_subject("two"), {"\\Flagged"}, {});
  set_offline(false);
  phone.client->remove({});
  settle();
  EXPECT_EQ(laptop.shows(), Shown{"two \\Flagged"});
  come_back();
  EXPECT_TRUE(on_server().empty());
  EXPECT_TRUE(on_server("Archive").empty());
  EXPECT_TRUE(laptop.shows().empty());
  EXPECT_TRUE(laptop.shows("Archive").empty());
}

TEST_F(OfflineDevicesTest, ACheckDoesNotUndoWhatTheServerDoesNotKnowYet) {
  set_offline(false);
  laptop.client->check_mail();
  laptop.client->mark(with_subject("one"), {"\\Flagged"}, {});
  laptop.client->remove(with_subject("two"));
  bench.world.run_for(minutes(5));
  EXPECT_EQ(laptop.shows(), Shown{"one \\Flagged"});
  EXPECT_EQ(on_server(), Shown{"one \\Flagged"});
  EXPECT_EQ(count(Kind::kMessageFetched), 0u);
  for (const KeptRecord& record : bench.world.records_of(Kind::kCopyChanged))
    EXPECT_EQ(record.value("by"), "user");
}

TEST_F(OfflineDevicesTest, ChangesOutliveAPowerFailure) {
  laptop.client->read(with_subject("one"));
  laptop.client->move(with_subject("one"), "Archive");
  laptop.client->mark(with_subject("one", "Archive"), {"\\Flagged"}, {"\\Seen"});
  laptop.client->remove(with_subject("two"));
  bench.world.run_for(minutes(1));
  laptop.crash();
  EXPECT_TRUE(laptop.shows().empty());
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one \\Flagged"});
  come_back();
  EXPECT_TRUE(on_server().empty());
  EXPECT_EQ(on_server("Archive"), Shown{"one \\Flagged"});
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one \\Flagged"});
  EXPECT_TRUE(laptop.host.disk().list("client/laptop/changes/").empty());
  EXPECT_EQ(count(Kind::kMessageFetched), 0u);
}

TEST_F(OfflineDevicesTest, WhatIsNotOnTheDiskYetNeverHappened) {
  laptop.client->move(with_subject("one"), "Archive");
  laptop.crash();
  come_back();
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
  Shown shown = laptop.shows();
  std::sort(shown.begin(), shown.end());
  EXPECT_EQ(shown, (Shown{"one", "two"}));
  EXPECT_TRUE(laptop.shows("Archive").empty());
}

TEST_F(DevicesTest, NonsenseInTheChangeLogIsRemoved) {
  const auto write = [&](const std::string& file, const std::string& text) {
    ASSERT_TRUE(laptop.host.disk().write("client/laptop/changes/" + file, Content(text)));
  };
  write("00000001", "");
  write("00000002", "forget\nINBOX\n\n\n\n1.0000000001\n");
  write("00000003", "mark\nINBOX\n\n\\Seen\n\n");
  write("other", "mark\nINBOX\n\n\\Seen\n\n1.0000000001\n");
  laptop.client.reset();
  laptop.start();
  EXPECT_TRUE(laptop.host.disk().list("client/laptop/changes/").empty());
  settle();
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
}

// RFC 3501 section 2.3.1.1: with another UIDVALIDITY all is new.
TEST_F(DevicesTest, AMailboxThatWasMadeAnewIsCopiedAnew) {
  phone.client->move(with_subject("one"), "Archive");
  settle();
  check(laptop);
  EXPECT_EQ(laptop.shows("Archive"), Shown{"one"});
  Account& account = *bench.server->store().find_account("bob");
  ASSERT_EQ(bench.server->store().remove(account, "Archive"), StoreError::kNone);
  bench.world.run_for(seconds(5));
  laptop.client->move(with_subject("two"), "Archive");
  settle();
  check(laptop);
  EXPECT_EQ(laptop.shows("Archive"), Shown{"two"});
}

// RFC 5322 section 3.6.4: In-Reply-To and References.
TEST_F(DevicesTest, AReplyNamesWhatItAnswers) {
  bench.deliver("bob@blue.com",
                letter("Re: plan", "References: <a@red.com>\r\nReply-To: list@red.com\r\n"));
  check(phone);
  bench.world.clear_records();
  phone.client->reply(with_subject("one"), "Yes.");
  phone.client->reply(with_subject("Re: plan"), "No.");
  const auto composed = bench.world.records_of(Kind::kMessageComposed);
  ASSERT_EQ(composed.size(), 2u);
  EXPECT_EQ(composed[0].value("recipients"), "alice@red.com");
  EXPECT_EQ(composed[0].value("subject"), "Re: one");
  const std::string& first = composed[0].value("content");
  EXPECT_NE(first.find("In-Reply-To: <one@red.com>\r\nReferences: <one@red.com>\r\n"),
            std::string::npos)
      << first;
  EXPECT_EQ(composed[1].value("recipients"), "list@red.com");
  EXPECT_EQ(composed[1].value("subject"), "Re: plan");
  const std::string& second = composed[1].value("content");
  EXPECT_NE(second.find("References: <a@red.com> <Re: plan@red.com>"), std::string::npos) << second;
  settle();
  EXPECT_EQ(on_server()[0], "one \\Answered");
}

TEST_F(DevicesTest, ALostDeviceSaysSoOnceAndDoesNothingMore) {
  laptop.client->lose();
  laptop.client->lose();
  laptop.client->read(with_subject("one"));
  laptop.client->check_mail();
  settle();
  EXPECT_TRUE(laptop.shows().empty());
  EXPECT_EQ(count(Kind::kDeviceLost), 1u);
  EXPECT_EQ(count(Kind::kMessageMissed), 0u);
  EXPECT_EQ(count(Kind::kSessionOpened), 0u);
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
}

// Whatever two devices do, with and without a connection: in the end both show what the server has.
class AnythingTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(AnythingTest, EndsInAgreement) {
  MailboxBench bench;
  Device phone(bench, "phone", "192.0.2.11"), laptop(bench, "laptop", "192.0.2.12");
  laptop.config.idles = GetParam() % 2 == 0;
  phone.start();
  laptop.start();
  Random random(GetParam());
  const std::vector<std::string> mailboxes = {"INBOX", "Archive", "Later"};
  const auto any_choice = [&] {
    MessageChoice choice;
    choice.mailbox = mailboxes[random.below(3)];
    if (random.below(2) == 0) choice.subject = "mail" + std::to_string(random.below(6));
    choice.newest = random.below(2) == 0;
    return choice;
  };
  for (int step = 0; step < 60; ++step) {
    Device& device = random.below(2) == 0 ? phone : laptop;
    switch (random.below(9)) {
      case 0:
        bench.host.set_down(false);
        bench.deliver("bob@blue.com", letter("mail" + std::to_string(random.below(6))));
        break;
      case 1:
        device.client->read(any_choice());
        break;
      case 2:
        device.client->mark(any_choice(), {"\\Flagged"}, {"\\Seen"});
        break;
      case 3:
      case 4:
        device.client->move(any_choice(), mailboxes[random.below(3)]);
        break;
      case 5:
        device.client->remove(any_choice());
        break;
      case 6:
        device.client->check_mail();
        break;
      case 7:
        if (random.below(3) == 0) device.crash();
        break;
      default:
        bench.host.set_down(random.below(2) == 0);
    }
    bench.world.run_for(std::chrono::milliseconds(static_cast<int>(random.below(30'000))));
  }
  bench.host.set_down(false);
  bench.world.run_for(minutes(120));
  const Account& account = *bench.server->store().find_account("bob");
  for (Device* device : {&phone, &laptop}) {
    device->client->check_mail();
    bench.world.run_for(minutes(1));
  }
  for (const std::string& name : mailboxes) {
    Shown on_server;
    if (const Mailbox* mailbox = account.find(name)) {
      for (const StoredMessage& message : mailbox->messages()) {
        const std::string_view head = message.content.head();
        const std::size_t at = head.find("Subject: ") + 9;
        std::string text(head.substr(at, head.find("\r\n", at) - at));
        const std::string flags = to_string(message.flags, mailbox->keywords());
        on_server.push_back(flags.empty() ? text : text + " " + flags);
      }
    }
    std::sort(on_server.begin(), on_server.end());
    for (Device* device : {&phone, &laptop}) {
      Shown shown = device->shows(name);
      std::sort(shown.begin(), shown.end());
      EXPECT_EQ(shown, on_server) << device->config.device << " " << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnythingTest, testing::Range<std::uint64_t>(1, 25));

class Pop3DeviceTest : public DevicesTest {
 protected:
  Pop3DeviceTest() {
    desktop.config.retrieval = RetrievalProtocol::kPop3;
    desktop.config.leave_on_server = true;
    desktop.start();
    check(desktop);
    bench.world.clear_records();
  }
  Device desktop{bench, "desktop", "192.0.2.14"};
};

// RFC 1939 has no flags.
TEST_F(Pop3DeviceTest, ReadingStaysOnTheDevice) {
  desktop.client->read(with_subject("one"));
  settle();
  EXPECT_EQ(desktop.shows()[0], "one \\Seen");
  EXPECT_EQ(on_server(), (Shown{"one", "two"}));
  EXPECT_EQ(count(Kind::kSessionOpened), 0u);
}

TEST_F(Pop3DeviceTest, ADeletionWithoutConnectionIsSaidWithTheNextSession) {
  bench.host.set_down(true);
  desktop.client->remove(with_subject("one"));
  EXPECT_EQ(desktop.shows(), Shown{"two"});
  bench.world.run_for(minutes(3));
  EXPECT_EQ(on_server().size(), 2u);
  bench.host.set_down(false);
  bench.world.run_for(minutes(10));
  check(desktop);
  EXPECT_EQ(on_server(), Shown{"two"});
  EXPECT_EQ(desktop.shows(), Shown{"two"});
  EXPECT_EQ(count(Kind::kMessageFetched), 0u);
}

}  // namespace
}  // namespace mailcosm::sim
