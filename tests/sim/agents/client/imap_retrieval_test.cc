#include <gtest/gtest.h>

#include "tests/sim/agents/client/client_world.h"
#include "tests/sim/agents/client/script_imap.h"

namespace mailcosm::sim {
namespace {

using std::chrono::minutes;

class ImapRetrievalTest : public testing::Test, protected ClientWorld {
 protected:
  ImapRetrievalTest() {
    config.retrieval = RetrievalProtocol::kImap;
    config.retrieval_server = "192.0.2.2";
    imap.deliver(message_named("one"));
    imap.deliver(message_named("two", "carol@blue.com"));
  }
  void check() {
    client().check_mail();
    world.run();
  }
  static MessageChoice with_subject(const std::string& subject) {
    MessageChoice choice;
    choice.subject = subject;
    return choice;
  }

  ScriptImap imap{server};
};

// RFC 3501 section 2.3.1.1: UIDs tell what a device has already.
TEST_F(ImapRetrievalTest, CopiesEachMessageOnce) {
  check();
  imap.deliver(message_named("three"));
  check();
  const auto fetched = world.records_of(Kind::kMessageFetched);
  ASSERT_EQ(fetched.size(), 3u);
  EXPECT_EQ(fetched[0].value("content"), message_named("one"));
  EXPECT_EQ(fetched[0].value("uid"), "1");
  EXPECT_EQ(fetched[0].value("mailbox"), "INBOX");
  EXPECT_EQ(fetched[2].message, "<three@blue.com>");
  const auto checked = world.records_of(Kind::kMailChecked);
  ASSERT_EQ(checked.size(), 2u);
  EXPECT_EQ(checked[1].value("messages"), "3");
  EXPECT_EQ(checked[1].value("new"), "1");
  EXPECT_EQ(imap.inbox.size(), 3u);
  EXPECT_TRUE(imap.inbox[0].flags.empty());
  EXPECT_EQ(client().stored("INBOX"), 3u);
}

TEST_F(ImapRetrievalTest, KeepsItsCopiesOverARestart) {
  check();
  crash();
  check();
  EXPECT_EQ(count(Kind::kMessageFetched), 2u);
  EXPECT_EQ(client().stored("INBOX"), 2u);
}

TEST_F(ImapRetrievalTest, ForgetsWhatIsGoneFromTheServer) {
  check();
  imap.inbox.erase(imap.inbox.begin());
  check();
  EXPECT_EQ(client().stored("INBOX"), 1u);
  imap.inbox.clear();
  check();
  EXPECT_EQ(client().stored("INBOX"), 0u);
  EXPECT_EQ(count(Kind::kMailCheckFailed), 0u);
}

TEST_F(ImapRetrievalTest, ReportsAWrongPassword) {
  imap.password = "other";
  check();
  const auto failed = world.records_of(Kind::kMailCheckFailed);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].value("reason"), "NO wrong");
}

TEST_F(ImapRetrievalTest, MarksChosenMessages) {
  client().mark(with_subject("two"), {"\\Seen"}, {});
  world.run();
  EXPECT_TRUE(imap.inbox[0].flags.empty());
  EXPECT_TRUE(imap.inbox[1].flags.contains("\\Seen"));
  MessageChoice choice;
  choice.from = "CAROL@blue.com";
  client().mark(choice, {"\\Flagged"}, {"\\Seen"});
  choice.from = "carol@BLUE.com";
  client().mark(choice, {"\\Flagged"}, {"\\Seen"});
  world.run();
  EXPECT_FALSE(imap.inbox[1].flags.contains("\\Seen"));
  EXPECT_TRUE(imap.inbox[1].flags.contains("\\Flagged"));
  EXPECT_EQ(imap.server.count("A"), imap.server.lines.size());
}

TEST_F(ImapRetrievalTest, ChoosesTheNewest) {
  MessageChoice choice;
  choice.newest = true;
  client().mark(choice, {"\\Flagged"}, {});
  world.run();
  EXPECT_TRUE(imap.inbox[0].flags.empty());
  EXPECT_TRUE(imap.inbox[1].flags.contains("\\Flagged"));
}

TEST_F(ImapRetrievalTest, RefusesAFlagThatIsNone) {
  client().mark({}, {"\\Nonsense"}, {});
  world.run();
  EXPECT_EQ(count(Kind::kMailCheckFailed), 1u);
}

// RFC 3501 section 6.3.11: TRYCREATE says that the target can be made.
TEST_F(ImapRetrievalTest, MovesIntoAMailboxThatItMakes) {
  check();
  client().move(with_subject("one"), "Archive");
  world.run();
  EXPECT_EQ(imap.others["Archive"], std::vector<std::string>{message_named("one")});
  EXPECT_EQ(imap.inbox.size(), 1u);
  EXPECT_EQ(client().stored("INBOX"), 1u);
  EXPECT_EQ(count(Kind::kMessageDeleted), 0u);
}

TEST_F(ImapRetrievalTest, MovesWithoutTheExtension) {
  imap.capabilities = "IMAP4rev1";
  imap.others["Archive"];
  client().move(with_subject("one"), "Archive");
  world.run();
  EXPECT_EQ(imap.others["Archive"], std::vector<std::string>{message_named("one")});
  EXPECT_EQ(imap.inbox.size(), 1u);
  EXPECT_EQ(imap.server.count("UID MOVE"), 0u);
}

TEST_F(ImapRetrievalTest, RemovesChosenMessages) {
  check();
  client().remove(with_subject("one"));
  world.run();
  ASSERT_EQ(imap.inbox.size(), 1u);
  EXPECT_EQ(imap.inbox[0].uid, 2u);
  const auto deleted = world.records_of(Kind::kMessageDeleted);
  ASSERT_EQ(deleted.size(), 1u);
  EXPECT_EQ(deleted[0].value("uid"), "1");
  EXPECT_EQ(deleted[0].message, "<one@blue.com>");
  EXPECT_EQ(client().stored("INBOX"), 1u);
}

TEST_F(ImapRetrievalTest, KeepsACopyOfWhatItSends) {
  config.keeps_sent = true;
  ScriptSubmission submission(server);
  client().write(draft_to("bob"));
  world.run();
  ASSERT_EQ(submission.messages.size(), 1u);
  EXPECT_EQ(imap.others["Sent"], submission.messages);
  // The copy is data of the dialogue, not lines.
  for (const KeptRecord& record : world.records_of(Kind::kLineSent))
    EXPECT_NE(record.value("text"), "Noon?");
}

// RFC 2177 section 3: IDLE.
TEST_F(ImapRetrievalTest, WaitsForNewMail) {
  config.idles = true;
  client().check_mail();
  world.run_for(minutes(2));
  EXPECT_EQ(imap.server.sessions.size(), 1u);
  imap.deliver(message_named("three"));
  world.run_for(minutes(2));
  EXPECT_EQ(count(Kind::kMessageFetched), 3u);
  EXPECT_EQ(count(Kind::kMailChecked), 2u);
  client().mark(with_subject("three"), {"\\Seen"}, {});
  world.run_for(minutes(100));
  EXPECT_TRUE(imap.inbox[2].flags.contains("\\Seen"));
  imap.deliver(message_named("four"));
  world.run_for(minutes(1));
  EXPECT_EQ(count(Kind::kMessageFetched), 4u);
  EXPECT_EQ(imap.server.sessions.size(), 1u);
  EXPECT_GE(imap.server.count("DONE"), 5u);
}

TEST_F(ImapRetrievalTest, ConnectsAgainWhenIdleBreaks) {
  config.idles = true;
  client().check_mail();
  world.run_for(minutes(2));
  imap.server.sessions[0]->reset();
  imap.deliver(message_named("three"));
  world.run_for(minutes(5));
  EXPECT_EQ(count(Kind::kMessageFetched), 3u);
  EXPECT_EQ(imap.server.sessions.size(), 2u);
}

TEST_F(ImapRetrievalTest, DoesChangesLaterThatABreakPrevented) {
  imap.reset_at = "UID STORE";
  client().mark(with_subject("one"), {"\\Seen"}, {});
  world.run();
  EXPECT_TRUE(imap.inbox[0].flags.contains("\\Seen"));
  EXPECT_EQ(imap.server.sessions.size(), 2u);
}

TEST_F(ImapRetrievalTest, SurvivesABreakAnywhere) {
  for (const char* where :
       {"LOGIN", "CAPABILITY", "SELECT", "UID FETCH 1:*", "UID FETCH", "LOGOUT"}) {
    imap.reset_at = where;
    imap.deliver(message_named(where));
    check();
    check();
    EXPECT_EQ(client().stored("INBOX"), imap.inbox.size()) << where;
  }
}

TEST_F(ImapRetrievalTest, SaysTheSameHoweverTheStreamIsCut) {
  const auto run = [](std::size_t segment_length) {
    ClientWorld other;
    other.world.segment_length = segment_length;
    other.config.retrieval = RetrievalProtocol::kImap;
    other.config.retrieval_server = "192.0.2.2";
    ScriptImap other_imap(other.server);
    other_imap.deliver(message_named("one"));
    other.client().check_mail();
    other.world.run();
    std::string text;
    for (const Kind kind :
         {Kind::kMailChecked, Kind::kMessageFetched, Kind::kLineReceived, Kind::kLineSent}) {
      for (const KeptRecord& record : other.world.records_of(kind))
        text += record.to_string() + "\n";
    }
    return text;
  };
  // Cut into segments of any length, the dialogue is the same.
  const std::string whole = run(0);
  for (const std::size_t length : {1u, 2u, 3u, 7u, 64u}) EXPECT_EQ(run(length), whole);
}

}  // namespace
}  // namespace mailcosm::sim
