#include <gtest/gtest.h>

#include "tests/sim/agents/client/client_world.h"
#include "tests/sim/agents/client/script_server.h"

namespace mailcosm::sim {
namespace {

class Pop3RetrievalTest : public testing::Test, protected ClientWorld {
 protected:
  Pop3RetrievalTest() {
    config.retrieval = RetrievalProtocol::kPop3;
    config.retrieval_server = "192.0.2.2";
    pop3.messages = {{"a", message_named("one")}, {"b", message_named("two", "carol@blue.com")}};
  }
  void check() {
    client().check_mail();
    world.run();
  }

  ScriptPop3 pop3{server};
};

// RFC 1939 section 8: download and delete.
TEST_F(Pop3RetrievalTest, DownloadsAndDeletes) {
  check();
  const auto checked = world.records_of(Kind::kMailChecked);
  ASSERT_EQ(checked.size(), 1u);
  EXPECT_EQ(checked[0].value("messages"), "2");
  EXPECT_EQ(checked[0].value("new"), "2");
  const auto fetched = world.records_of(Kind::kMessageFetched);
  ASSERT_EQ(fetched.size(), 2u);
  EXPECT_EQ(fetched[0].value("content"), message_named("one"));
  EXPECT_EQ(fetched[0].value("uid"), "a");
  EXPECT_EQ(fetched[0].message, "<one@blue.com>");
  EXPECT_EQ(count(Kind::kMessageDeleted), 2u);
  EXPECT_TRUE(pop3.messages.empty());
  EXPECT_EQ(client().stored("INBOX"), 2u);
}

TEST_F(Pop3RetrievalTest, DeletesOnlyWhatIsSafe) {
  check();
  crash();
  EXPECT_EQ(client().stored("INBOX"), 2u);
  EXPECT_EQ(device.disk().read("client/laptop/mail/INBOX/a").text(), message_named("one"));
}

TEST_F(Pop3RetrievalTest, DeletesNothingWhenTheDiskIsFull) {
  VirtualDisk::Options options;
  options.capacity_max = 10;
  device.virtual_disk().set_options(options);
  check();
  EXPECT_EQ(pop3.messages.size(), 2u);
  EXPECT_EQ(pop3.server.count("DELE"), 0u);
  ASSERT_EQ(count(Kind::kMailCheckFailed), 1u);
  EXPECT_EQ(world.records_of(Kind::kMailCheckFailed)[0].value("reason"),
            "the disk of the device is full");
}

// RFC 1939 section 7: unique-ids tell what is new on a maildrop that keeps its messages.
TEST_F(Pop3RetrievalTest, LeavesMessagesOnTheServerAndFetchesEachOnce) {
  config.leave_on_server = true;
  check();
  pop3.messages["c"] = message_named("three");
  check();
  EXPECT_EQ(pop3.server.count("RETR"), 3u);
  EXPECT_EQ(pop3.server.count("DELE"), 0u);
  EXPECT_EQ(world.records_of(Kind::kMailChecked)[1].value("new"), "1");
  EXPECT_EQ(pop3.messages.size(), 3u);
}

TEST_F(Pop3RetrievalTest, ManagesWithoutUniqueIds) {
  pop3.knows_uidl = false;
  config.leave_on_server = true;
  check();
  check();
  EXPECT_EQ(pop3.server.count("RETR"), 4u);
  EXPECT_EQ(count(Kind::kMessageFetched), 2u);
  EXPECT_EQ(client().stored("INBOX"), 2u);
}

TEST_F(Pop3RetrievalTest, ReportsAWrongPassword) {
  pop3.password = "other";
  check();
  const auto failed = world.records_of(Kind::kMailCheckFailed);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].value("reason"), "-ERR wrong password");
  EXPECT_EQ(count(Kind::kMailChecked), 0u);
}

TEST_F(Pop3RetrievalTest, ReportsAServerThatIsAway) {
  config.retrieval_port = 1110;
  check();
  ASSERT_EQ(count(Kind::kMailCheckFailed), 1u);
}

// RFC 1939 section 6: without QUIT nothing is removed.
TEST_F(Pop3RetrievalTest, DeletesLaterWhatABrokenSessionLeft) {
  pop3.reset_at = "QUIT";
  check();
  EXPECT_EQ(count(Kind::kMessageDeleted), 0u);
  EXPECT_EQ(pop3.messages.size(), 2u);
  check();
  EXPECT_EQ(pop3.server.count("RETR"), 2u);
  EXPECT_EQ(count(Kind::kMessageDeleted), 2u);
  EXPECT_TRUE(pop3.messages.empty());
}

TEST_F(Pop3RetrievalTest, SurvivesABreakAnywhere) {
  for (const char* where : {"USER", "PASS", "STAT", "UIDL", "RETR", "DELE"}) {
    pop3.messages["x" + std::string(where)] = message_named(where);
    pop3.reset_at = where;
    check();
    check();
    EXPECT_TRUE(pop3.messages.empty()) << where;
  }
  EXPECT_EQ(client().stored("INBOX"), 8u);
}

TEST_F(Pop3RetrievalTest, RemovesChosenMessages) {
  config.leave_on_server = true;
  check();
  MessageChoice choice;
  choice.from = "carol@blue.com";
  client().remove(choice);
  world.run();
  EXPECT_EQ(pop3.messages.size(), 1u);
  EXPECT_EQ(client().stored("INBOX"), 1u);
  const auto deleted = world.records_of(Kind::kMessageDeleted);
  ASSERT_EQ(deleted.size(), 1u);
  EXPECT_EQ(deleted[0].message, "<two@blue.com>");
}

TEST_F(Pop3RetrievalTest, CannotMark) {
  client().mark({}, {"\\Seen"}, {});
  world.run();
  ASSERT_EQ(count(Kind::kMailCheckFailed), 1u);
}

TEST_F(Pop3RetrievalTest, QueuesRequests) {
  config.leave_on_server = true;
  client().check_mail();
  client().check_mail();
  client().check_mail();
  MessageChoice choice;
  choice.subject = "one";
  client().remove(choice);
  world.run();
  EXPECT_EQ(count(Kind::kMailChecked), 2u);
  EXPECT_EQ(pop3.server.sessions.size(), 1u);
  EXPECT_EQ(pop3.messages.size(), 1u);
}

TEST_F(Pop3RetrievalTest, ChecksByItself) {
  config.check_every = std::chrono::minutes(5);
  client();
  world.run_for(std::chrono::minutes(16));
  EXPECT_EQ(count(Kind::kMailChecked), 3u);
}

}  // namespace
}  // namespace mailcosm::sim
