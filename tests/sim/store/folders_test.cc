// Names and the hierarchy of mailboxes.
#include <gtest/gtest.h>

#include "tests/sim/store/store_bench.h"

namespace mailcosm::sim {
namespace {

// RFC 3501 section 6.3.3: CREATE makes superior names too; a trailing separator is dropped.
TEST(FoldersTest, MakesMissingSuperiors) {
  StoreBench bench;
  EXPECT_EQ(bench.store->create(*bench.account, "a/b/c/"), StoreError::kNone);
  EXPECT_EQ(bench.names(), "INBOX Sent Trash a a/b a/b/c");
  EXPECT_EQ(bench.store->create(*bench.account, "a/b"), StoreError::kMailboxExists);
  EXPECT_EQ(bench.store->create(*bench.account, "iNbOx"), StoreError::kMailboxExists);
  EXPECT_EQ(bench.store->create(*bench.account, "inbox/work"), StoreError::kNone);
  EXPECT_NE(bench.account->find("INBOX/work"), nullptr);
}

TEST(FoldersTest, RefusesNamesThatAreNone) {
  StoreBench bench;
  for (const char* name : {"", "/", "/a", "a//b", "a*", "a%", "a\r\nb", "\xc3", "a\x7f"}) {
    EXPECT_EQ(bench.store->create(*bench.account, name), StoreError::kNameInvalid) << name;
    EXPECT_EQ(bench.store->rename(*bench.account, "Sent", name), StoreError::kNameInvalid) << name;
    EXPECT_EQ(bench.store->subscribe(*bench.account, name), StoreError::kNameInvalid) << name;
  }
  EXPECT_EQ(bench.names(), "INBOX Sent Trash");
}

TEST(FoldersTest, BoundsLengthDepthAndNumber) {
  StoreLimits limits;
  limits.name_length_max = 10;
  limits.name_depth_max = 3;
  limits.mailboxes_max = 6;
  for (const std::size_t length : {9u, 10u, 11u}) {
    StoreBench bench(limits);
    EXPECT_EQ(bench.store->create(*bench.account, std::string(length, 'x')) == StoreError::kNone,
              length <= 10);
  }
  StoreBench deep(limits);
  EXPECT_EQ(deep.store->create(*deep.account, "a/b"), StoreError::kNone);
  EXPECT_EQ(deep.store->create(*deep.account, "a/b/c"), StoreError::kNone);
  EXPECT_EQ(deep.store->create(*deep.account, "a/b/c/d"), StoreError::kNameInvalid);
  StoreBench many(limits);
  EXPECT_EQ(many.store->create(*many.account, "a/b"), StoreError::kNone);
  EXPECT_EQ(many.store->create(*many.account, "c/d"), StoreError::kTooManyMailboxes);
  EXPECT_EQ(many.names(), "INBOX Sent Trash a a/b");
  EXPECT_EQ(many.store->create(*many.account, "c"), StoreError::kNone);
}

// RFC 3501 section 6.3.4: a mailbox with inferiors becomes \Noselect; INBOX is not deleted.
TEST(FoldersTest, DeletesAndKeepsWhatHasInferiors) {
  StoreBench bench;
  bench.store->create(*bench.account, "a/b");
  bench.append("a", "x");
  bench.settle();
  EXPECT_EQ(bench.store->remove(*bench.account, "inbox"), StoreError::kNotPermitted);
  EXPECT_EQ(bench.store->remove(*bench.account, "none"), StoreError::kNoMailbox);
  EXPECT_EQ(bench.store->remove(*bench.account, "a"), StoreError::kNone);
  EXPECT_EQ(bench.names(), "INBOX Sent Trash a(noselect) a/b");
  EXPECT_EQ(bench.append("a", "y"), StoreError::kNotSelectable);
  EXPECT_EQ(bench.store->remove(*bench.account, "a"), StoreError::kNotPermitted);
  EXPECT_EQ(bench.account->bytes_used(), 0u);
  bench.store->sync(bench, 1);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.names(), "INBOX Sent Trash a(noselect) a/b");
  // RFC 3501 section 6.3.3: the UIDs of its next life are greater than those of the last.
  EXPECT_EQ(bench.store->create(*bench.account, "a"), StoreError::kNone);
  bench.append("a", "z");
  bench.settle();
  EXPECT_EQ(bench.show("a"), "2:z");
  bench.store->remove(*bench.account, "a/b");
  bench.store->remove(*bench.account, "a");
  EXPECT_EQ(bench.names(), "INBOX Sent Trash");
}

// RFC 3501 section 2.3.1.1: a mailbox that takes the name of a deleted one has a greater
// UIDVALIDITY.
TEST(FoldersTest, NeverGivesAUidValidityTwice) {
  StoreBench bench;
  std::uint32_t last = bench.account->inbox().uid_validity();
  last = std::max(last, bench.account->find("Trash")->uid_validity());
  for (int i = 0; i < 5; ++i) {
    bench.store->create(*bench.account, "x");
    EXPECT_GT(bench.account->find("x")->uid_validity(), last);
    last = bench.account->find("x")->uid_validity();
    bench.store->remove(*bench.account, "x");
    bench.store->sync(bench, 1);
    bench.settle();
    if (i % 2 == 0) bench.crash();
  }
}

// RFC 3501 section 6.3.5: RENAME takes the inferiors along and makes missing superiors.
TEST(FoldersTest, RenamesWithInferiors) {
  StoreBench bench;
  bench.store->create(*bench.account, "a/b");
  bench.store->create(*bench.account, "ab");
  bench.append("a/b", "x");
  bench.settle();
  bench.records();
  EXPECT_EQ(bench.store->rename(*bench.account, "none", "y"), StoreError::kNoMailbox);
  EXPECT_EQ(bench.store->rename(*bench.account, "a", "Sent"), StoreError::kMailboxExists);
  EXPECT_EQ(bench.store->rename(*bench.account, "a", "a/c"), StoreError::kNotPermitted);
  EXPECT_EQ(bench.store->rename(*bench.account, "a", "z/q"), StoreError::kNone);
  EXPECT_EQ(bench.names(), "INBOX Sent Trash ab z z/q z/q/b");
  EXPECT_EQ(bench.records(),
            "mailbox.created user=bob mailbox=z\nmailbox.renamed user=bob mailbox=a to=z/q\n");
  bench.store->sync(bench, 1);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.names(), "INBOX Sent Trash ab z z/q z/q/b");
  EXPECT_EQ(bench.show("z/q/b"), "1:x");
}

// RFC 3501 section 6.3.5: renaming INBOX moves its messages and leaves INBOX empty; inferiors stay.
TEST(FoldersTest, MovesTheMessagesWhenInboxIsRenamed) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  bench.append("INBOX", "on its way");
  EXPECT_EQ(bench.store->rename(*bench.account, "INBOX", "Archive/2026"), StoreError::kNone);
  EXPECT_EQ(bench.show(), "");
  EXPECT_EQ(bench.show("Archive/2026"), "1:a");
  bench.settle();
  EXPECT_EQ(bench.show(), "2:on its way");
  bench.store->sync(bench, 9);
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show(), "2:on its way");
  EXPECT_EQ(bench.show("Archive/2026"), "1:a");
  bench.append("Archive/2026", "b");
  bench.settle();
  EXPECT_EQ(bench.show("Archive/2026"), "1:a 2:b");
}

// RFC 3501 section 6.3.6: a subscribed name stays when its mailbox is gone.
TEST(FoldersTest, KeepsSubscriptionsApartFromMailboxes) {
  StoreBench bench;
  EXPECT_EQ(bench.store->subscribe(*bench.account, "nowhere"), StoreError::kNone);
  EXPECT_EQ(bench.store->unsubscribe(*bench.account, "Trash"), StoreError::kNone);
  EXPECT_EQ(bench.store->unsubscribe(*bench.account, "Trash"), StoreError::kNoMailbox);
  bench.store->remove(*bench.account, "Sent");
  bench.store->sync(bench, 1);
  bench.settle();
  bench.crash();
  const auto& names = bench.account->subscriptions();
  EXPECT_EQ(std::vector<std::string>(names.begin(), names.end()),
            (std::vector<std::string>{"INBOX", "Sent", "nowhere"}));
}

}  // namespace
}  // namespace mailcosm::sim
