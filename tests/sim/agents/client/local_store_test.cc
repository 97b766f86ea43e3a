#include "sim/agents/client/local_store.h"

#include <gtest/gtest.h>

#include "sim/agents/client/outbox.h"
#include "tests/sim/agents/client/client_world.h"

namespace mailcosm::sim {
namespace {

Content content(const std::string& text) { return Content(text); }

class LocalStoreTest : public testing::Test, protected ClientWorld {};

TEST_F(LocalStoreTest, FindsAgainWhatItKept) {
  LocalStore store(device.disk(), "client/laptop");
  ASSERT_TRUE(store.add("INBOX", "b", content("1")));
  ASSERT_TRUE(store.add("INBOX", "a/../%41", content("2")));
  ASSERT_TRUE(store.add("Arch/ive \xC3\xBC", "b", content("3")));
  EXPECT_EQ(store.ids("INBOX"), (std::vector<std::string>{"b", "a/../%41"}));
  LocalStore again(device.disk(), "client/laptop");
  again.load();
  EXPECT_EQ(again.find("INBOX", "a/../%41").text(), "2");
  EXPECT_EQ(again.find("Arch/ive \xC3\xBC", "b").text(), "3");
  EXPECT_EQ(again.count("INBOX"), 2u);
  again.remove("INBOX", "b");
  again.remove("INBOX", "none");
  again.remove("None", "b");
  EXPECT_FALSE(again.has("INBOX", "b"));
  again.clear();
  EXPECT_TRUE(device.disk().list("client/").empty());
}

TEST_F(LocalStoreTest, KeepsDevicesApart) {
  LocalStore laptop(device.disk(), "client/laptop");
  LocalStore phone(device.disk(), "client/phone");
  ASSERT_TRUE(laptop.add("INBOX", "a", content("1")));
  phone.clear();
  phone.load();
  EXPECT_EQ(phone.count("INBOX"), 0u);
  EXPECT_EQ(laptop.count("INBOX"), 1u);
}

TEST_F(LocalStoreTest, KeepsNothingOnAFullDisk) {
  VirtualDisk::Options options;
  options.capacity_max = 3;
  device.virtual_disk().set_options(options);
  LocalStore store(device.disk(), "client/laptop");
  EXPECT_TRUE(store.add("INBOX", "a", content("123")));
  EXPECT_FALSE(store.add("INBOX", "b", content("4")));
  EXPECT_FALSE(store.has("INBOX", "b"));
}

TEST_F(LocalStoreTest, FlagsAreOnTheDisk) {
  LocalStore store(device.disk(), "client/laptop");
  ASSERT_TRUE(store.add("INBOX", "a", content("1"), imap::SystemFlag::kSeen));
  ASSERT_TRUE(store.add("INBOX", "b", content("2")));
  store.set_flags("INBOX", "b", imap::SystemFlag::kFlagged);
  store.set_flags("INBOX", "a", {});
  store.set_flags("INBOX", "nobody", imap::SystemFlag::kFlagged);
  LocalStore again(device.disk(), "client/laptop");
  again.load();
  EXPECT_EQ(again.flags("INBOX", "a"), imap::Flags());
  EXPECT_EQ(again.flags("INBOX", "b"), imap::Flags(imap::SystemFlag::kFlagged));
  EXPECT_EQ(again.flags("INBOX", "nobody"), imap::Flags());
  again.clear();
  EXPECT_TRUE(device.disk().list("client/laptop/flags/").empty());
}

TEST_F(LocalStoreTest, MovingKeepsContentAndFlags) {
  LocalStore store(device.disk(), "client/laptop");
  ASSERT_TRUE(store.add("INBOX", "a", content("1"), imap::SystemFlag::kSeen));
  ASSERT_TRUE(store.add("Archive", "taken", content("2")));
  EXPECT_FALSE(store.move("INBOX", "a", "Archive", "taken"));
  EXPECT_FALSE(store.move("INBOX", "nobody", "Archive", "n"));
  EXPECT_TRUE(store.move("INBOX", "a", "Archive", "n"));
  LocalStore again(device.disk(), "client/laptop");
  again.load();
  EXPECT_EQ(again.count("INBOX"), 0u);
  ASSERT_TRUE(again.has("Archive", "n"));
  EXPECT_EQ(again.find("Archive", "n").text(), "1");
  EXPECT_EQ(again.flags("Archive", "n"), imap::Flags(imap::SystemFlag::kSeen));
  EXPECT_EQ(again.mailboxes(), std::vector<std::string>{"Archive"});
}

TEST_F(LocalStoreTest, OutboxReadsBackItsItems) {
  Outbox outbox(device.disk(), "client/laptop");
  OutboxItem item;
  item.reverse_path = "alice@red.com";
  item.recipients = {"\"a b\"@blue.com", "c@blue.com"};
  item.message = content("Message-ID: <1@red.com>\r\n\r\nhi\r\n");
  outbox.add(item);
  outbox.add(item);
  outbox.items().front().recipients.clear();
  outbox.update(outbox.items().front());
  Outbox again(device.disk(), "client/laptop");
  again.load(Instant{});
  ASSERT_EQ(again.size(), 1u);
  const OutboxItem* due = again.due(Instant{});
  ASSERT_NE(due, nullptr);
  EXPECT_EQ(due->number, 2u);
  EXPECT_EQ(due->recipients, item.recipients);
  EXPECT_EQ(due->reverse_path, "alice@red.com");
  EXPECT_EQ(due->message_id, "<1@red.com>");
}

TEST_F(LocalStoreTest, OutboxDropsIncompleteItems) {
  ASSERT_TRUE(device.disk().write("client/laptop/outbox/00000007.envelope", content("a@b\nc@d\n")));
  Outbox outbox(device.disk(), "client/laptop");
  outbox.load(Instant{});
  EXPECT_EQ(outbox.size(), 0u);
  EXPECT_TRUE(device.disk().list("client/laptop/outbox/").empty());
}

}  // namespace
}  // namespace mailcosm::sim
