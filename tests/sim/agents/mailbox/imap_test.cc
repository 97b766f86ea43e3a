#include <gtest/gtest.h>

#include "tests/sim/agents/mailbox/mailbox_bench.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kLogin = "a LOGIN bob secret\r\n";
constexpr std::string_view kSelect = "a LOGIN bob secret\r\nb SELECT INBOX\r\n";

bool contains(std::string_view text, std::string_view wanted) {
  return text.find(wanted) != std::string_view::npos;
}

TEST(ImapServiceTest, CopiesWhatLmtpDelivered) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  const std::string content = bench.inbox("bob").messages()[0].content.text();
  bench.world.clear_records();
  LineClient client(bench.world, bench.desk, 143);
  EXPECT_TRUE(client.heard.starts_with("* OK [CAPABILITY IMAP4rev1"));
  EXPECT_TRUE(contains(client.heard, "mail.blue.com"));
  EXPECT_TRUE(contains(client.ask(kSelect), "* 1 EXISTS\r\n* 1 RECENT\r\n"));
  EXPECT_EQ(client.ask("c UID FETCH 1:* BODY[]\r\n"),
            "* 1 FETCH (UID 1 BODY[] {" + std::to_string(content.size()) + "}\r\n" + content +
                " FLAGS (\\Seen \\Recent))\r\nc OK UID FETCH completed\r\n");
  EXPECT_TRUE(bench.inbox("bob").messages()[0].flags.has(MessageFlags::kSeen));
  const auto data = bench.world.records_of(Kind::kDataSent);
  ASSERT_EQ(data.size(), 1u);
  EXPECT_EQ(data[0].message, "<1@red.com>");
  EXPECT_EQ(data[0].value("what"), "message");
  EXPECT_EQ(data[0].value("bytes"), content);
  ASSERT_EQ(bench.world.records_of(Kind::kFlagsChanged).size(), 1u);
  EXPECT_EQ(client.ask("d LOGOUT\r\n"), "* BYE Logging out\r\nd OK LOGOUT completed\r\n");
  EXPECT_TRUE(client.ended);
  const auto closed = bench.world.records_of(Kind::kSessionClosed);
  ASSERT_FALSE(closed.empty());
  EXPECT_EQ(closed.back().value("protocol"), "imap");
  EXPECT_EQ(closed.back().value("reason"), "logout");
}

TEST(ImapServiceTest, WritesLinesAndLiteralsIntoTheTrace) {
  MailboxBench bench;
  LineClient client(bench.world, bench.desk, 143);
  client.ask(kLogin);
  bench.world.clear_records();
  client.ask("b APPEND Sent (\\Seen) {16+}\r\nSubject: x\r\n\r\ny\n\r\n");
  std::vector<std::string> lines;
  for (const KeptRecord& record : bench.world.records()) {
    if (record.kind == Kind::kLineReceived) lines.push_back("<" + record.value("text"));
    if (record.kind == Kind::kDataReceived) lines.push_back("=" + record.value("bytes"));
    if (record.kind == Kind::kMessageStored)
      lines.push_back("stored in " + record.value("mailbox"));
    if (record.kind == Kind::kLineSent) lines.push_back(">" + record.value("text").substr(0, 16));
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"<b APPEND Sent (\\Seen) {16+}", "<",
                                             "=Subject: x\r\n\r\ny\n", "stored in Sent",
                                             ">b OK [APPENDUID "}));
}

// RFC 2177 section 3: another session's changes come while a client idles.
TEST(ImapServiceTest, TellsIdlingClientsAtOnce) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  LineClient phone(bench.world, bench.desk, 143);
  LineClient desktop(bench.world, bench.desk, 143);
  phone.ask(kSelect);
  EXPECT_EQ(phone.ask("c IDLE\r\n"), "+ Idling; say DONE to end\r\n");
  phone.heard.clear();
  bench.deliver("bob@blue.com", kLetter);
  EXPECT_EQ(phone.heard, "* 2 EXISTS\r\n* 2 RECENT\r\n");
  phone.heard.clear();
  desktop.ask(kSelect);
  EXPECT_EQ(desktop.ask("c STORE 1 +FLAGS (\\Deleted $Done)\r\n"),
            "* 1 FETCH (FLAGS (\\Deleted $Done))\r\nc OK STORE completed\r\n");
  EXPECT_EQ(phone.heard, "* 1 FETCH (FLAGS (\\Deleted \\Recent $Done))\r\n");
  phone.heard.clear();
  EXPECT_EQ(desktop.ask("d EXPUNGE\r\n"), "* 1 EXPUNGE\r\nd OK EXPUNGE completed\r\n");
  EXPECT_EQ(phone.heard, "* 1 EXPUNGE\r\n");
  EXPECT_EQ(phone.ask("DONE\r\n"), "c OK IDLE completed\r\n");
}

// RFC 3501 section 5.2: outside of IDLE, news wait for the next command.
TEST(ImapServiceTest, KeepsNewsForTheNextCommand) {
  MailboxBench bench;
  LineClient client(bench.world, bench.desk, 143);
  client.ask(kSelect);
  client.heard.clear();
  bench.deliver("bob@blue.com", kLetter);
  EXPECT_EQ(client.heard, "");
  EXPECT_EQ(client.ask("c NOOP\r\n"), "* 1 EXISTS\r\n* 1 RECENT\r\nc OK NOOP completed\r\n");
}

// RFC 3501 section 2.3.2: a message is \Recent for one session only, if that can be told.
TEST(ImapServiceTest, ShowsMessagesAsRecentOnce) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  LineClient first(bench.world, bench.desk, 143);
  LineClient second(bench.world, bench.desk, 143);
  EXPECT_TRUE(contains(first.ask("a LOGIN bob secret\r\nb EXAMINE INBOX\r\n"), "* 1 RECENT\r\n"));
  EXPECT_TRUE(contains(first.ask("c SELECT INBOX\r\n"), "* 1 RECENT\r\n"));
  EXPECT_TRUE(contains(second.ask(kSelect), "* 0 RECENT\r\n"));
  bench.deliver("bob@blue.com", kLetter);
  first.ask("d CLOSE\r\n");
  EXPECT_TRUE(contains(first.ask("e STATUS INBOX (RECENT MESSAGES UNSEEN)\r\n"),
                       "(RECENT 0 MESSAGES 2 UNSEEN 2)"));
}

TEST(ImapServiceTest, KeepsFoldersAndSubscriptions) {
  MailboxBench bench;
  LineClient client(bench.world, bench.desk, 143);
  client.ask(kLogin);
  EXPECT_EQ(client.ask("b CREATE Lists/Entw&APw-rfe\r\n"), "b OK CREATE completed\r\n");
  EXPECT_EQ(client.ask("c LIST \"\" *\r\n"),
            "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\HasChildren) \"/\" Lists\r\n"
            "* LIST (\\HasNoChildren) \"/\" Lists/Entw&APw-rfe\r\n* LIST (\\HasNoChildren \\Sent) "
            "\"/\" Sent\r\n"
            "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\nc OK LIST completed\r\n");
  EXPECT_EQ(client.ask("d SUBSCRIBE Lists\r\n"), "d OK SUBSCRIBE completed\r\n");
  EXPECT_TRUE(contains(client.ask("e LSUB \"\" L*\r\n"), "* LSUB () \"/\" Lists\r\n"));
  EXPECT_EQ(client.ask("f RENAME Lists Groups\r\n"), "f OK RENAME completed\r\n");
  EXPECT_EQ(client.ask("g DELETE Groups\r\n"), "g OK DELETE completed\r\n");
  EXPECT_TRUE(contains(client.ask("h LIST \"\" G%\r\n"),
                       "* LIST (\\Noselect \\HasChildren) \"/\" Groups\r\n"));
  EXPECT_TRUE(client.ask("i SELECT Groups\r\n").starts_with("i NO [CANNOT]"));
  EXPECT_TRUE(client.ask("j CREATE Sent\r\n").starts_with("j NO [ALREADYEXISTS]"));
  EXPECT_TRUE(client.ask("k DELETE Nothing\r\n").starts_with("k NO [NONEXISTENT]"));
  bench.crash();
  EXPECT_NE(bench.server->store().find_account("bob")->find("Groups/Entw\u00fcrfe"), nullptr);
}

// RFC 6851 section 3.3, RFC 4315 section 3.
TEST(ImapServiceTest, MovesAndCopies) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  bench.deliver("bob@blue.com", kLetter);
  LineClient client(bench.world, bench.desk, 143);
  client.ask(kSelect);
  const Account& account = *bench.server->store().find_account("bob");
  const std::string validity = std::to_string(account.find("Trash")->uid_validity());
  EXPECT_EQ(client.ask("c COPY 1:2 Trash\r\n"),
            "c OK [COPYUID " + validity + " 1:2 1:2] COPY completed\r\n");
  EXPECT_EQ(
      client.ask("d UID MOVE 1 Trash\r\n"),
      "* OK [COPYUID " + validity + " 1 3] Moved\r\n* 1 EXPUNGE\r\nd OK UID MOVE completed\r\n");
  EXPECT_TRUE(client.ask("e COPY 1 Nowhere\r\n").starts_with("e NO [TRYCREATE]"));
  EXPECT_EQ(account.inbox().messages().size(), 1u);
  EXPECT_EQ(account.find("Trash")->messages().size(), 3u);
}

// What OK has promised survives a crash.
TEST(ImapServiceTest, AnswersWhenTheDiskHasIt) {
  MailboxBench bench;
  bench.deliver("bob@blue.com", kLetter);
  LineClient client(bench.world, bench.desk, 143);
  client.ask(kSelect);
  client.ask("c STORE 1 +FLAGS (\\Flagged work)\r\nd APPEND Sent {5+}\r\nA: b\n\r\n");
  EXPECT_TRUE(contains(client.heard, "d OK [APPENDUID"));
  bench.crash();
  const Account& account = *bench.server->store().find_account("bob");
  EXPECT_TRUE(account.inbox().messages()[0].flags.has(MessageFlags::kFlagged));
  EXPECT_EQ(account.inbox().keywords().size(), 1u);
  EXPECT_EQ(account.find("Sent")->messages()[0].content.text(), "A: b\n");
}

TEST(ImapServiceTest, EndsSessionsOfADeletedMailbox) {
  MailboxBench bench;
  LineClient first(bench.world, bench.desk, 143);
  LineClient second(bench.world, bench.desk, 143);
  first.ask("a LOGIN bob secret\r\nb SELECT Trash\r\n");
  first.heard.clear();
  EXPECT_EQ(second.ask("a LOGIN bob secret\r\nb DELETE Trash\r\n").substr(second.heard.find("b ")),
            "b OK DELETE completed\r\n");
  EXPECT_EQ(first.heard, "* BYE The selected mailbox has been deleted\r\n");
  EXPECT_TRUE(first.ended);
}

TEST(ImapServiceTest, RefusesWrongPasswordsAndFullQuotas) {
  MailboxBench bench;
  bench.server.reset();
  bench.host.crash();
  bench.config.accounts[0].quota_max = 10;
  bench.start();
  LineClient client(bench.world, bench.desk, 143);
  EXPECT_EQ(client.ask("a LOGIN bob wrong\r\n"),
            "a NO [AUTHENTICATIONFAILED] Authentication failed\r\n");
  client.ask(kLogin);
  EXPECT_TRUE(client.ask("b APPEND INBOX {11}\r\n").starts_with("b NO [OVERQUOTA]"));
  EXPECT_TRUE(client.ask("c APPEND Nowhere {5}\r\n").starts_with("c NO [TRYCREATE]"));
}

// RFC 3501 section 5.4: thirty minutes.
TEST(ImapServiceTest, LogsOutIdleClients) {
  MailboxBench bench;
  LineClient client(bench.world, bench.desk, 143);
  client.ask(kSelect);
  bench.world.run_for(29min);
  EXPECT_FALSE(client.ended);
  bench.world.run_for(2min);
  EXPECT_TRUE(client.ended);
  EXPECT_TRUE(client.heard.ends_with("* BYE Autologout; idle for too long\r\n"));
}

TEST(ImapServiceTest, SpeaksTheSameInSmallSegments) {
  std::string heard[2];
  for (const std::size_t segment : {std::size_t{0}, std::size_t{1}}) {
    MailboxBench bench;
    bench.deliver("bob@blue.com", kLetter);
    bench.world.segment_length = segment;
    LineClient client(bench.world, bench.desk, 143);
    heard[segment] = client.ask(
        "a LOGIN bob secret\r\nb SELECT INBOX\r\nc FETCH 1 (FLAGS BODY[])\r\nd MOVE 1 Trash\r\ne "
        "LOGOUT\r\n");
  }
  EXPECT_EQ(heard[0], heard[1]);
  EXPECT_TRUE(heard[0].ends_with("e OK LOGOUT completed\r\n"));
}

}  // namespace
}  // namespace mailcosm::sim
