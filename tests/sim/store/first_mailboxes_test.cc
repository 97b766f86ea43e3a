// INBOX, Sent and Trash, which exist before anybody has looked at them.
#include <gtest/gtest.h>

#include "tests/sim/store/store_bench.h"

namespace mailcosm::sim {
namespace {

void make_safe(StoreBench& bench) {
  bench.store->sync(bench, ++bench.token);
  bench.settle();
}

std::string validities(const Account& account) {
  std::string text;
  for (const auto& mailbox : account.mailboxes())
    text.append(mailbox->name()).append(std::to_string(mailbox->uid_validity())).append(" ");
  return text;
}

TEST(FirstMailboxesTest, KeepTheirUidValidityThroughACrashWhetherSeenOrNot) {
  StoreBench unseen;
  make_safe(unseen);
  unseen.world.run_for(std::chrono::hours(1));
  unseen.crash();
  const std::string after = validities(*unseen.account);

  StoreBench seen;
  EXPECT_EQ(validities(*seen.account), after);
  make_safe(seen);
  seen.world.run_for(std::chrono::hours(1));
  seen.crash();
  EXPECT_EQ(validities(*seen.account), after);
}

TEST(FirstMailboxesTest, AreFoundByTheirUidValidity) {
  StoreBench bench;
  const std::uint32_t trash = bench.account->find("Trash")->uid_validity();
  StoreBench other;
  ASSERT_NE(other.account->find(trash), nullptr);
  EXPECT_EQ(other.account->find(trash)->name(), "Trash");
  EXPECT_EQ(other.account->find(trash + 1), nullptr);
  EXPECT_EQ(other.names(), "INBOX Sent Trash");
}

TEST(FirstMailboxesTest, StayDeletedAndRenamedThroughACrash) {
  StoreBench bench;
  EXPECT_EQ(bench.store->remove(*bench.account, "Trash"), StoreError::kNone);
  EXPECT_EQ(bench.store->rename(*bench.account, "Sent", "Archive"), StoreError::kNone);
  make_safe(bench);
  bench.crash();
  EXPECT_EQ(bench.names(), "Archive INBOX");
  EXPECT_EQ(bench.account->find("Sent"), nullptr);
}

TEST(FirstMailboxesTest, TakeMailWhileTheOthersAreUntouched) {
  StoreBench bench;
  bench.append("INBOX", "a");
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.show(), "1:a");
  EXPECT_EQ(bench.names(), "INBOX Sent Trash");
}

TEST(FirstMailboxesTest, AreSubscribedUntilSomebodyIsNot) {
  StoreBench bench;
  EXPECT_EQ(bench.account->subscriptions().size(), 3u);
  EXPECT_EQ(bench.store->unsubscribe(*bench.account, "Trash"), StoreError::kNone);
  EXPECT_EQ(bench.store->unsubscribe(*bench.account, "Trash"), StoreError::kNoMailbox);
  EXPECT_EQ(bench.store->subscribe(*bench.account, "News"), StoreError::kNone);
  make_safe(bench);
  bench.crash();
  const std::set<std::string, std::less<>> wanted = {"INBOX", "News", "Sent"};
  EXPECT_EQ(bench.account->subscriptions(), wanted);
  // The account is written anew, and says the same.
  bench.store->create(*bench.account, "x");
  for (int i = 0; i < 100; ++i) bench.append("INBOX", "m");
  bench.settle();
  bench.crash();
  EXPECT_EQ(bench.account->subscriptions(), wanted);
}

}  // namespace
}  // namespace mailcosm::sim
