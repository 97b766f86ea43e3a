// A journal that ends anywhere: what is whole counts, and the account goes on from there.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/store/account_paths.h"
#include "sim/store/journal_frame.h"
#include "tests/sim/store/store_bench.h"

namespace mailcosm::sim {
namespace {

TEST(JournalFrameTest, EndsAtTheFirstFrameThatIsNotWhole) {
  std::string journal;
  for (const std::string_view payload : {"one", "", "three"}) append_frame(payload, journal);
  const std::size_t ends[] = {11, 19, 32};
  ASSERT_EQ(journal.size(), ends[2]);
  for (std::size_t length = 0; length <= journal.size(); ++length) {
    FrameReader reader(std::string_view(journal).substr(0, length));
    std::string_view payload;
    std::size_t frames = 0;
    while (reader.next(payload)) ++frames;
    const auto whole = std::ranges::count_if(ends, [&](std::size_t end) { return end <= length; });
    EXPECT_EQ(frames, static_cast<std::size_t>(whole));
    EXPECT_EQ(reader.torn(), length != 0 && length != 11 && length != 19 && length != 32);
  }
}

TEST(JournalFrameTest, TrustsNoFrameWithAFlippedBit) {
  std::string journal;
  append_frame("payload", journal);
  for (std::size_t i = 0; i < journal.size() * 8; ++i) {
    std::string flipped = journal;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    FrameReader reader(flipped);
    std::string_view payload;
    EXPECT_FALSE(reader.next(payload)) << i;
  }
}

TEST(AccountJournalTest, GoesOnFromEveryPlaceWhereItWasTorn) {
  StoreBench whole;
  whole.append("INBOX", "a");
  whole.append("INBOX", "b");
  whole.settle();
  whole.store->set_flags(whole.account->inbox(), 1, {MessageFlags::kSeen, 1});
  whole.store->create(*whole.account, "x/y");
  whole.store->move(whole.account->inbox(), std::vector<Uid>{2}, *whole.account->find("x"), whole,
                    9);
  whole.settle();
  whole.store->rename(*whole.account, "x", "z");
  whole.store->remove(*whole.account, "z");
  const std::string journal = whole.host.disk().read(journal_path("bob")).text();
  const Content first = whole.host.disk().read(content_path("bob", 1));
  for (std::size_t length = 0; length <= journal.size(); ++length) {
    StoreBench torn;
    torn.store.reset();
    Disk& disk = torn.host.disk();
    ASSERT_TRUE(disk.write(journal_path("bob"), Content(journal.substr(0, length))));
    ASSERT_TRUE(disk.write(content_path("bob", 1), first));
    ASSERT_TRUE(disk.write(content_path("bob", 7), first));
    torn.start();
    const std::string shown = torn.show();
    EXPECT_TRUE(shown.empty() || shown.starts_with("1:a")) << length << ": " << shown;
    EXPECT_EQ(disk.list(content_prefix("bob")).size(), shown.empty() ? 0u : 1u);
    // What is appended behind the tear is found again.
    const Uid next = torn.account->inbox().uid_next();
    torn.append("INBOX", "later");
    torn.settle();
    torn.crash();
    EXPECT_EQ(torn.account->inbox().messages().back().uid, next) << length;
  }
}

}  // namespace
}  // namespace mailcosm::sim
