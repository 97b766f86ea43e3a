#include "sim/store/mailbox_store.h"

#include <gtest/gtest.h>

#include "tests/sim/store/store_bench.h"

namespace mailcosm::sim {
namespace {

using Uids = std::vector<Uid>;

TEST(MailboxStoreTest, MakesAnAccountWithItsUsualMailboxes) {
  StoreBench bench;
  EXPECT_EQ(bench.names(), "INBOX Sent Trash");
  EXPECT_EQ(bench.account->subscriptions().size(), 3u);
  EXPECT_EQ(bench.store->find_account("bob"), bench.account);
  EXPECT_EQ(bench.store->find_account("eve"), nullptr);
  EXPECT_EQ(bench.records(),
            "mailbox.created user=bob mailbox=INBOX\nmailbox.created user=bob mailbox=Sent\n"
            "mailbox.created user=bob mailbox=Trash\n");
}

// RFC 3501 section 5.1: INBOX is case-insensitive, other names are not.
TEST(MailboxStoreTest, FindsInboxInAnyCaseAndOthersAsTheyAre) {
  StoreBench bench;
  EXPECT_EQ(bench.account->find("inBox"), &bench.account->inbox());
  EXPECT_EQ(bench.account->find("sent"), nullptr);
}

// RFC 3501 section 2.3.1.1: UIDs are assigned in a strictly ascending fashion.
TEST(MailboxStoreTest, ShowsAMessageOnlyWhenItIsSafe) {
  StoreBench bench;
  bench.records();
  EXPECT_EQ(bench.append("INBOX", "a"), StoreError::kNone);
  EXPECT_EQ(bench.append("INBOX", "b"), StoreError::kNone);
  EXPECT_EQ(bench.show(), "");
  EXPECT_EQ(bench.account->inbox().uid_next(), 1u);
  EXPECT_TRUE(bench.stored.empty());
  bench.settle();
  EXPECT_EQ(bench.show(), "1:a 2:b");
  EXPECT_EQ(bench.account->inbox().uid_next(), 3u);
  EXPECT_EQ(bench.stored, (std::vector<std::string>{"1 ok 1", "2 ok 2"}));
  EXPECT_EQ(bench.world.records().front().message, "<a@x>");
  EXPECT_EQ(bench.records(),
            "message.stored user=bob mailbox=INBOX uid=1 flags=\n"
            "message.stored user=bob mailbox=INBOX uid=2 flags=\n");
}

TEST(MailboxStoreTest, KeepsWhatWasAcknowledgedThroughACrash) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.append("Sent", "s");
  bench.settle();
  bench.store->set_flags(bench.account->inbox(), 1, {MessageFlags::kSeen, 0});
  bench.store->create(*bench.account, "Lists/C++");
  bench.store->sync(bench, 99);
  bench.settle();
  EXPECT_EQ(bench.stored.back(), "99 ok");
  const std::uint32_t uid_validity = bench.account->inbox().uid_validity();
  bench.append("INBOX", "lost");
  bench.store->expunge(bench.account->inbox(), Uids{1});
  bench.crash();
  EXPECT_EQ(bench.show(), "1:a(\\Seen)");
  EXPECT_EQ(bench.show("Sent"), "1:s");
  EXPECT_EQ(bench.names(), "INBOX Lists Lists/C++ Sent Trash");
  EXPECT_EQ(bench.account->inbox().uid_validity(), uid_validity);
  EXPECT_EQ(bench.account->inbox().messages()[0].internal_date, WallTime{5});
  EXPECT_EQ(bench.host.disk().list("mail/bob/content/").size(), 2u);
  bench.append("INBOX", "b");
  bench.settle();
  EXPECT_EQ(bench.show(), "1:a(\\Seen) 2:b");
}

TEST(MailboxStoreTest, KeepsOneContentForAllItsCopies) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  EXPECT_EQ(
      bench.store->copy(bench.account->inbox(), Uids{1, 7}, *bench.account->find("Sent"), bench, 5),
      StoreError::kNone);
  EXPECT_EQ(bench.show("Sent"), "");
  bench.settle();
  EXPECT_EQ(bench.stored.back(), "5 ok 1");
  EXPECT_EQ(bench.show("Sent"), "1:a");
  const Content& content = bench.account->inbox().messages()[0].content;
  EXPECT_EQ(bench.account->find("Sent")->messages()[0].content, content);
  EXPECT_EQ(bench.host.disk().list("mail/bob/content/").size(), 1u);
  bench.expunge(bench.account->inbox(), Uids{1});
  EXPECT_EQ(bench.host.disk().list("mail/bob/content/").size(), 1u);
  bench.store->sync(bench, 6);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show("Sent"), "1:a");
  bench.expunge(*bench.account->find("Sent"), Uids{1});
  EXPECT_TRUE(bench.host.disk().list("mail/bob/content/").empty());
  EXPECT_EQ(bench.account->bytes_used(), 0u);
}

// RFC 6851 section 3.3: a message that is moved is in one of the two mailboxes.
TEST(MailboxStoreTest, MovesMessagesInOneStep) {
  StoreBench bench;
  for (const char* subject : {"a", "b", "c"}) bench.append("INBOX", subject);
  bench.settle();
  bench.records();
  Mailbox& inbox = bench.account->inbox();
  Mailbox& trash = *bench.account->find("Trash");
  EXPECT_EQ(bench.store->move(inbox, Uids{3, 1}, trash, bench, 5), StoreError::kNone);
  EXPECT_EQ(bench.show(), "1:a 2:b 3:c");
  bench.settle();
  EXPECT_EQ(bench.show(), "2:b");
  EXPECT_EQ(bench.show("Trash"), "1:c 2:a");
  EXPECT_EQ(bench.stored.back(), "5 ok 1 2");
  EXPECT_EQ(bench.records(),
            "message.stored user=bob mailbox=Trash uid=1 flags=\n"
            "message.stored user=bob mailbox=Trash uid=2 flags=\n"
            "message.expunged user=bob mailbox=INBOX uid=1\n"
            "message.expunged user=bob mailbox=INBOX uid=3\n");
  bench.crash();
  EXPECT_EQ(bench.show(), "2:b");
  EXPECT_EQ(bench.show("Trash"), "1:c 2:a");
  bench.store->move(bench.account->inbox(), Uids{2}, *bench.account->find("Trash"), bench, 6);
  bench.crash();
  EXPECT_EQ(bench.show(), "2:b");
}

TEST(MailboxStoreTest, LetsAMessageOnItsWayDieWithItsMailbox) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  bench.store->create(*bench.account, "Old");
  bench.append("Old", "b");
  bench.store->move(bench.account->inbox(), Uids{1}, *bench.account->find("Old"), bench, 7);
  bench.store->remove(*bench.account, "Old");
  bench.store->create(*bench.account, "Old");
  bench.settle();
  EXPECT_EQ(bench.stored[1], "2 no such mailbox");
  EXPECT_EQ(bench.stored[2], "7 no such mailbox");
  EXPECT_EQ(bench.show("Old"), "");
  EXPECT_EQ(bench.show(), "1:a");
  bench.store->sync(bench, 8);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show(), "1:a");
  EXPECT_EQ(bench.show("Old"), "");
}

TEST(MailboxStoreTest, ChangesFlagsAndRemembersKeywords) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  bench.records();
  Mailbox& inbox = bench.account->inbox();
  const auto junk = bench.store->keyword_bit(inbox, "$Junk");
  const auto work = bench.store->keyword_bit(inbox, "Work");
  EXPECT_EQ(bench.store->keyword_bit(inbox, "$jUNK"), junk);
  ASSERT_TRUE(junk && work);
  bench.store->set_flags(inbox, 1, {MessageFlags::kSeen | MessageFlags::kAnswered, *junk | *work});
  bench.store->set_flags(inbox, 1, {MessageFlags::kSeen | MessageFlags::kAnswered, *junk | *work});
  EXPECT_EQ(bench.records(),
            "flags.changed user=bob mailbox=INBOX uid=1 flags=\\Answered \\Seen $Junk Work\n");
  EXPECT_EQ(inbox.unseen(), 0u);
  bench.store->copy(inbox, Uids{1}, *bench.account->find("Sent"), bench, 5);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show(), "1:a(\\Answered \\Seen $Junk Work)");
  EXPECT_EQ(bench.show("Sent"), "1:a(\\Answered \\Seen $Junk Work)");
}

TEST(MailboxStoreTest, HasRoomForSixtyFourKeywords) {
  StoreBench bench;
  Mailbox& inbox = bench.account->inbox();
  for (int i = 1; i <= 63; ++i) bench.store->keyword_bit(inbox, "k" + std::to_string(i));
  EXPECT_EQ(bench.store->keyword_bit(inbox, "k64"), std::uint64_t{1} << 63);
  EXPECT_EQ(bench.store->keyword_bit(inbox, "k65"), std::nullopt);
  EXPECT_EQ(bench.store->keyword_bit(inbox, "k1"), std::uint64_t{1});
}

// RFC 3501 section 2.3.2: \Recent is shown by one session only.
TEST(MailboxStoreTest, RemembersWhatWasRecentOnce) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  EXPECT_EQ(bench.account->inbox().recent_from(), 1u);
  bench.store->claim_recent(bench.account->inbox());
  EXPECT_EQ(bench.account->inbox().recent_from(), 2u);
  bench.store->sync(bench, 9);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.account->inbox().recent_from(), 2u);
}

TEST(MailboxStoreTest, EnforcesTheQuotaAtItsLimit) {
  const std::uint64_t size = StoreBench::message("a").content.size();
  for (const std::uint64_t quota : {2 * size - 1, 2 * size, 2 * size + 1}) {
    const bool has_room = quota >= 2 * size;
    StoreBench bench;
    bench.quota = quota;
    bench.crash();
    EXPECT_EQ(bench.append("INBOX", "a"), StoreError::kNone);
    EXPECT_EQ(bench.append("Sent", "b") == StoreError::kNone, has_room);
    bench.settle();
    if (!has_room) continue;
    EXPECT_EQ(
        bench.store->copy(bench.account->inbox(), Uids{1}, *bench.account->find("Trash"), bench, 9),
        StoreError::kOverQuota);
    EXPECT_EQ(
        bench.store->move(bench.account->inbox(), Uids{1}, *bench.account->find("Trash"), bench, 9),
        StoreError::kNone);
    bench.settle();
    bench.expunge(*bench.account->find("Trash"), Uids{1});
    EXPECT_EQ(bench.append("INBOX", "c"), StoreError::kNone);
  }
}

// RFC 3501 section 6.4.3: nobody is told that a message is gone before that is safe.
TEST(MailboxStoreTest, RemovesMessagesWhenThatIsSafe) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.append("INBOX", "b");
  bench.settle();
  bench.records();
  Mailbox& inbox = bench.account->inbox();
  EXPECT_EQ(bench.store->expunge(inbox, Uids{1}), StoreError::kNone);
  EXPECT_EQ(bench.store->expunge(inbox, Uids{1}), StoreError::kNone) << "it is leaving already";
  bench.store->sync(bench, 9);
  EXPECT_EQ(bench.show(), "1:a 2:b");
  EXPECT_EQ(bench.records(), "");
  bench.settle();
  EXPECT_EQ(bench.stored.back(), "9 ok");
  EXPECT_EQ(bench.show(), "2:b");
  EXPECT_EQ(bench.world.records_of(Kind::kMessageExpunged).size(), 1u);
}

TEST(MailboxStoreTest, LosesWhatIsLeavingFromARenamedInbox) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.append("INBOX", "b");
  bench.settle();
  bench.store->expunge(bench.account->inbox(), Uids{1});
  bench.store->rename(*bench.account, "INBOX", "Old");
  bench.store->sync(bench, 9);
  bench.settle();
  EXPECT_EQ(bench.show("Old"), "2:b");
  EXPECT_EQ(bench.show(), "");
  bench.crash();
  EXPECT_EQ(bench.show("Old"), "2:b");
}

TEST(MailboxStoreTest, ChangesNothingWhenTheDiskIsFull) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  bench.host.virtual_disk().set_options({.capacity_max = bench.host.disk().bytes_used()});
  EXPECT_EQ(bench.append("INBOX", "b"), StoreError::kDiskFull);
  EXPECT_EQ(bench.store->create(*bench.account, "New"), StoreError::kDiskFull);
  EXPECT_EQ(bench.store->rename(*bench.account, "Sent", "A/B"), StoreError::kDiskFull);
  EXPECT_EQ(bench.store->set_flags(bench.account->inbox(), 1, {1, 0}), StoreError::kDiskFull);
  EXPECT_EQ(bench.store->expunge(bench.account->inbox(), Uids{1}), StoreError::kDiskFull);
  EXPECT_EQ(bench.names(), "INBOX Sent Trash");
  EXPECT_EQ(bench.show(), "1:a");
  bench.host.virtual_disk().set_options({});
  EXPECT_EQ(bench.store->create(*bench.account, "New"), StoreError::kNone);
  EXPECT_EQ(bench.append("New", "b"), StoreError::kNone);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.names(), "INBOX New Sent Trash");
  EXPECT_EQ(bench.show("New"), "1:b");
}

TEST(MailboxStoreTest, SaysThatADestroyedDiskFailed) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.host.virtual_disk().destroy();
  bench.settle();
  EXPECT_EQ(bench.stored.back(), "1 disk has failed");
  EXPECT_EQ(bench.show(), "");
  EXPECT_EQ(bench.append("INBOX", "b"), StoreError::kNone);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show(), "2:b");
}

class Watcher : public MailboxObserver {
 public:
  void on_added(const Mailbox& mailbox, Uid first) override { note("added", mailbox, first); }
  void on_flags_changed(const Mailbox& mailbox, const StoredMessage& message) override {
    note("flags", mailbox, message.uid);
  }
  void on_expunged(const Mailbox& mailbox, Uid uid) override { note("expunged", mailbox, uid); }
  void on_deleted(const Mailbox& mailbox) override { note("deleted", mailbox, 0); }
  std::string log;

 private:
  void note(const char* what, const Mailbox& mailbox, Uid uid) {
    log.append(what)
        .append(" ")
        .append(mailbox.name())
        .append(" ")
        .append(std::to_string(uid))
        .append("; ");
  }
};

TEST(MailboxStoreTest, TellsObserversOfEveryChange) {
  StoreBench bench;
  Watcher watcher;
  bench.store->create(*bench.account, "Box");
  Mailbox& box = *bench.account->find("Box");
  box.add_observer(watcher);
  const NewMessage both[] = {StoreBench::message("a"), StoreBench::message("b")};
  bench.store->append(box, both, bench, 1);
  EXPECT_EQ(watcher.log, "");
  bench.settle();
  bench.store->set_flags(box, 2, {MessageFlags::kDeleted, 0});
  bench.expunge(box, Uids{2, 1});
  bench.store->rename(*bench.account, "Box", "Crate");
  bench.store->remove(*bench.account, "Crate");
  EXPECT_EQ(watcher.log,
            "added Box 1; flags Box 2; expunged Box 1; expunged Box 2; deleted Crate 0; ");
}

TEST(MailboxStoreTest, LocksAMaildropForOneSession) {
  StoreBench bench;
  MaildropLock first(*bench.account);
  EXPECT_TRUE(first.held());
  {
    MaildropLock second(*bench.account);
    EXPECT_FALSE(second.held());
  }
  EXPECT_TRUE(bench.account->maildrop_locked());
  MaildropLock moved = std::move(first);
  EXPECT_TRUE(moved.held());
  moved = MaildropLock();
  EXPECT_TRUE(MaildropLock(*bench.account).held());
}

TEST(MailboxStoreTest, NoLongerCallsAHandlerThatIsForgotten) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.store->forget(bench);
  bench.settle();
  EXPECT_TRUE(bench.stored.empty());
  EXPECT_EQ(bench.show(), "1:a");
}

// RFC 1939 section 7: a unique-id persists across sessions and is never reused.
TEST(MailboxStoreTest, GivesUniqueIdsThatLast) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  const std::string id = unique_id_of(bench.account->inbox(), bench.account->inbox().messages()[0]);
  bench.crash();
  EXPECT_EQ(unique_id_of(bench.account->inbox(), bench.account->inbox().messages()[0]), id);
  EXPECT_EQ(id, std::to_string(bench.account->inbox().uid_validity()) + ".1");
}

TEST(MailboxStoreTest, KeepsItsJournalShort) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  for (int i = 0; i < 2000; ++i) {
    bench.store->set_flags(bench.account->inbox(), 1, {static_cast<std::uint8_t>(i % 2), 0});
  }
  bench.append("INBOX", "b");
  bench.store->set_flags(bench.account->inbox(), 1, {MessageFlags::kFlagged, 0});
  EXPECT_LT(bench.host.disk().read("mail/bob/journal").size(), 5000u);
  bench.settle();
  bench.store->sync(bench, 9);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show(), "1:a(\\Flagged) 2:b");
}

TEST(MailboxStoreTest, CostsLittleForAnEmptyMailbox) {
  EXPECT_LE(sizeof(Mailbox), 128u);
  EXPECT_LE(sizeof(StoredMessage), 56u);
}

}  // namespace
}  // namespace mailcosm::sim
