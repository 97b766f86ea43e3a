// States, logins, selection and mailboxes.

#include "protocols/imap/server_session.h"

#include <gtest/gtest.h>

#include "protocols/imap/automaton.h"
#include "tests/protocols/imap/memory_account.h"

namespace mailcosm::imap::testing {
namespace {

class ServerSessionTest : public ::testing::Test {
 protected:
  ServerSessionTest() { greeting_ = session_.take_output(); }
  void log_in() { session_.feed("a LOGIN alice secret\r\n"); }
  void select(const char* name = "INBOX") {
    log_in();
    session_.feed("a SELECT " + std::string(name) + "\r\n");
  }
  std::string feed(std::string_view bytes) { return session_.feed(bytes); }

  MemoryAccount account_;
  MemorySession session_{account_};
  std::string greeting_;
};

// RFC 3501 section 7.1: the server speaks first.
TEST_F(ServerSessionTest, GreetsWithItsCapabilities) {
  EXPECT_EQ(greeting_,
            "* OK [CAPABILITY IMAP4rev1 CHILDREN IDLE LITERAL- MOVE NAMESPACE SASL-IR UIDPLUS "
            "UNSELECT AUTH=PLAIN "
            "AUTH=LOGIN] imap.blue.com IMAP4rev1 server ready\r\n");
}

// RFC 3501 section 6.1.1: the untagged CAPABILITY response names IMAP4rev1.
TEST_F(ServerSessionTest, TellsCapabilities) {
  EXPECT_EQ(feed("a CAPABILITY\r\n"),
            "* CAPABILITY IMAP4rev1 CHILDREN IDLE LITERAL- MOVE NAMESPACE SASL-IR UIDPLUS UNSELECT "
            "AUTH=PLAIN "
            "AUTH=LOGIN\r\na OK CAPABILITY completed\r\n");
}

// RFC 3501 section 6.1.3: BYE precedes the tagged OK.
TEST_F(ServerSessionTest, SaysByeBeforeItEnds) {
  EXPECT_EQ(feed("a LOGOUT\r\n"), "* BYE Logging out\r\na OK LOGOUT completed\r\n");
  EXPECT_TRUE(session_.closed);
  EXPECT_EQ(session_.reason, server::Closed::Reason::kLogout);
  EXPECT_TRUE(session_.engine.deadline().is_never());
}

// RFC 3501 section 3: each command belongs to certain states; the automaton says which.
TEST_F(ServerSessionTest, ObeysItsAutomaton) {
  EXPECT_EQ(feed("a SELECT INBOX\r\n"), "a BAD Log in first\r\n");
  EXPECT_EQ(feed("a FETCH 1 FLAGS\r\n"), "a BAD Log in first\r\n");
  log_in();
  EXPECT_EQ(feed("a LOGIN alice secret\r\n"), "a BAD Already logged in\r\n");
  EXPECT_EQ(feed("a FETCH 1 FLAGS\r\n"), "a BAD No mailbox is selected\r\n");
  EXPECT_EQ(feed("a CHECK\r\n"), "a BAD No mailbox is selected\r\n");
  feed("a SELECT INBOX\r\n");
  EXPECT_EQ(feed("a LOGIN alice secret\r\n"), "a BAD Already logged in\r\n");
  EXPECT_EQ(feed("a CHECK\r\n"), "a OK CHECK completed\r\n");
}

TEST_F(ServerSessionTest, AnswersBadToWhatIsNoCommand) {
  EXPECT_EQ(feed("\r\n"), "* BAD A command starts with a tag\r\n");
  EXPECT_EQ(feed("+ NOOP\r\n"), "* BAD A command starts with a tag\r\n");
  EXPECT_EQ(feed("a\r\n"), "a BAD Unknown command\r\n");
  EXPECT_EQ(feed("a FOO\r\n"), "a BAD Unknown command\r\n");
  EXPECT_EQ(feed("a UID NOOP\r\n"), "a BAD Unknown command\r\n");
  EXPECT_EQ(feed("a  NOOP\r\n"), "a BAD Unknown command\r\n");
  EXPECT_EQ(feed("a NOOP \r\n"), "a BAD Takes no arguments\r\n");
  EXPECT_EQ(feed("a noop\r\n"), "a OK NOOP completed\r\n");
}

// A bare LF or CR ends nothing.
TEST_F(ServerSessionTest, TakesOnlyCrlfAsTheEndOfALine) {
  EXPECT_EQ(feed("a NOOP\nb NOOP\r\n"), "a BAD Takes no arguments\r\n");
  EXPECT_EQ(feed("a NOOP\rb NOOP\r\n"), "a BAD Takes no arguments\r\n");
}

TEST_F(ServerSessionTest, LogsInWithAnyFormOfString) {
  EXPECT_EQ(feed("a LOGIN \"alice\" {6}\r\n"), "+ Ready for the literal\r\n");
  EXPECT_EQ(feed("secret\r\n"),
            "a OK [CAPABILITY IMAP4rev1 CHILDREN IDLE LITERAL- MOVE NAMESPACE SASL-IR UIDPLUS "
            "UNSELECT] LOGIN completed\r\n");
  EXPECT_EQ(session_.received, "a LOGIN \"alice\" {6}\r\nsecret\r\n");
}

// RFC 7888 section 3: the server does not ask for a literal whose count ends in a plus.
TEST_F(ServerSessionTest, TakesLiteralsUnasked) {
  EXPECT_TRUE(feed("a LOGIN {5+}\r\nalice {6+}\r\nsecret\r\n").starts_with("a OK [CAPABILITY"));
}

// RFC 3501 section 6.2.3: NO for a wrong password; section 11.2: the text does not tell what was
// wrong.
TEST_F(ServerSessionTest, RefusesWrongCredentials) {
  EXPECT_EQ(feed("a LOGIN alice wrong\r\n"),
            "a NO [AUTHENTICATIONFAILED] Authentication failed\r\n");
  EXPECT_EQ(feed("a LOGIN mallory secret\r\n"),
            "a NO [AUTHENTICATIONFAILED] Authentication failed\r\n");
  EXPECT_EQ(session_.engine.state(), State::kNotAuthenticated);
  EXPECT_EQ(feed("a LOGIN alice\r\n"), "a BAD LOGIN takes a user and a password\r\n");
}

TEST_F(ServerSessionTest, EndsAfterTooManyRefusedLogins) {
  for (int i = 0; i < 4; ++i) feed("a LOGIN alice wrong\r\n");
  EXPECT_FALSE(session_.closed);
  EXPECT_TRUE(feed("a LOGIN alice wrong\r\n").ends_with("* BYE Too many failed logins\r\n"));
  EXPECT_EQ(session_.reason, server::Closed::Reason::kTooManyErrors);
}

// RFC 3501 section 6.2.2: challenges and responses are base64 lines.
TEST_F(ServerSessionTest, AuthenticatesWithPlain) {
  EXPECT_EQ(feed("a AUTHENTICATE PLAIN\r\n"), "+ \r\n");
  EXPECT_TRUE(feed("AGFsaWNlAHNlY3JldA==\r\n").starts_with("a OK [CAPABILITY"));
}

// RFC 4959 section 3: the initial response comes with the command; `=` stands for an empty one.
TEST_F(ServerSessionTest, AuthenticatesWithAnInitialResponse) {
  EXPECT_EQ(feed("a AUTHENTICATE PLAIN =\r\n"), "a BAD The response is malformed\r\n");
  EXPECT_EQ(feed("a AUTHENTICATE PLAIN !\r\n"), "a BAD The initial response is no base64\r\n");
  EXPECT_TRUE(
      feed("a AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==\r\n").starts_with("a OK [CAPABILITY"));
}

TEST_F(ServerSessionTest, AuthenticatesWithLogin) {
  EXPECT_EQ(feed("a AUTHENTICATE LOGIN\r\n"), "+ VXNlcm5hbWU6\r\n");
  EXPECT_EQ(feed("YWxpY2U=\r\n"), "+ UGFzc3dvcmQ6\r\n");
  EXPECT_TRUE(feed("c2VjcmV0\r\n").starts_with("a OK [CAPABILITY"));
}

// RFC 3501 section 6.2.2: a lone asterisk cancels, and the answer is BAD.
TEST_F(ServerSessionTest, LetsAuthenticationBeCancelled) {
  feed("a AUTHENTICATE PLAIN\r\n");
  EXPECT_EQ(feed("*\r\n"), "a BAD AUTHENTICATE cancelled\r\n");
  feed("b AUTHENTICATE PLAIN\r\n");
  EXPECT_EQ(feed("no base64\r\n"), "b BAD The response is no base64\r\n");
  EXPECT_EQ(feed("c AUTHENTICATE GSSAPI\r\n"), "c NO [CANNOT] Mechanism is not known\r\n");
  EXPECT_EQ(feed("d NOOP\r\n"), "d OK NOOP completed\r\n");
}

// RFC 3501 section 6.3.1: what SELECT must tell.
TEST_F(ServerSessionTest, TellsWhatIsInTheSelectedMailbox) {
  MemoryMailbox& inbox = *account_.find("INBOX");
  account_.append(inbox, "a", SystemFlag::kSeen);
  account_.append(inbox, "b", *parse_flags("work"));
  log_in();
  EXPECT_EQ(feed("a SELECT inbox\r\n"),
            "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work)\r\n"
            "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work \\*)] Flags "
            "are kept\r\n"
            "* 2 EXISTS\r\n* 2 RECENT\r\n* OK [UNSEEN 2] First unseen\r\n"
            "* OK [UIDVALIDITY 1] UIDs are valid\r\n* OK [UIDNEXT 3] Predicted next UID\r\n"
            "a OK [READ-WRITE] SELECT completed\r\n");
}

// RFC 3501 section 6.3.2: EXAMINE is read-only, and \Recent stays for the next session.
TEST_F(ServerSessionTest, ExaminesWithoutChangingAnything) {
  account_.append(*account_.find("INBOX"), "Subject: a\r\n\r\nb\r\n");
  log_in();
  const std::string output = feed("a EXAMINE INBOX\r\n");
  EXPECT_NE(output.find("* OK [PERMANENTFLAGS ()] No flags are kept\r\n"), std::string::npos);
  EXPECT_TRUE(output.ends_with("a OK [READ-ONLY] EXAMINE completed\r\n"));
  EXPECT_EQ(feed("a STORE 1 FLAGS (\\Seen)\r\n"), "a NO [CANNOT] The mailbox is read-only\r\n");
  EXPECT_EQ(feed("a EXPUNGE\r\n"), "a NO [CANNOT] The mailbox is read-only\r\n");
  EXPECT_EQ(feed("a MOVE 1 INBOX\r\n"), "a NO [CANNOT] The mailbox is read-only\r\n");
  feed("a FETCH 1 BODY[]\r\n");
  EXPECT_FALSE(account_.find("INBOX")->messages[0].info.flags.has(SystemFlag::kSeen));
  EXPECT_NE(feed("a SELECT INBOX\r\n").find("* 1 RECENT\r\n"), std::string::npos);
  EXPECT_NE(feed("a SELECT INBOX\r\n").find("* 0 RECENT\r\n"), std::string::npos);
}

// RFC 3501 section 6.3.1: a SELECT that fails leaves no mailbox selected.
TEST_F(ServerSessionTest, DeselectsEvenIfSelectFails) {
  select();
  EXPECT_EQ(feed("a SELECT Nowhere\r\n"), "a NO [NONEXISTENT] No such mailbox\r\n");
  EXPECT_EQ(session_.engine.state(), State::kAuthenticated);
  EXPECT_EQ(session_.selected, nullptr);
}

// RFC 3501 section 6.4.2: CLOSE removes what is \Deleted and tells nothing of it.
TEST_F(ServerSessionTest, ClosesAndExpungesSilently) {
  MemoryMailbox& inbox = *account_.find("INBOX");
  account_.append(inbox, "a", SystemFlag::kDeleted);
  account_.append(inbox, "b");
  select();
  EXPECT_EQ(feed("a CLOSE\r\n"), "a OK CLOSE completed\r\n");
  EXPECT_EQ(inbox.messages.size(), 1u);
  EXPECT_EQ(session_.engine.state(), State::kAuthenticated);
  EXPECT_EQ(session_.selected, nullptr);
}

// RFC 3691 section 2: UNSELECT expunges nothing.
TEST_F(ServerSessionTest, UnselectsWithoutExpunging) {
  account_.append(*account_.find("INBOX"), "a", SystemFlag::kDeleted);
  select();
  EXPECT_EQ(feed("a UNSELECT\r\n"), "a OK UNSELECT completed\r\n");
  EXPECT_EQ(account_.find("INBOX")->messages.size(), 1u);
  EXPECT_EQ(session_.engine.state(), State::kAuthenticated);
}

// RFC 3501 section 6.3.3: INBOX cannot be created; a trailing delimiter is dropped.
TEST_F(ServerSessionTest, CreatesMailboxes) {
  log_in();
  EXPECT_EQ(feed("a CREATE inbox\r\n"), "a NO [ALREADYEXISTS] INBOX always exists\r\n");
  EXPECT_EQ(feed("a CREATE Lists/\r\n"), "a OK CREATE completed\r\n");
  EXPECT_NE(account_.find("Lists"), nullptr);
  EXPECT_EQ(feed("a CREATE Lists\r\n"), "a NO [ALREADYEXISTS] It exists\r\n");
  EXPECT_EQ(feed("a CREATE Entw&APw-rfe\r\n"), "a OK CREATE completed\r\n");
  EXPECT_NE(account_.find("Entw\u00fcrfe"), nullptr);
  EXPECT_EQ(feed("a CREATE \"a//b\"\r\n"), "a NO [CANNOT] No mailbox can have that name\r\n");
  EXPECT_EQ(feed("a CREATE \"a*\"\r\n"), "a NO [CANNOT] No mailbox can have that name\r\n");
  EXPECT_EQ(feed("a CREATE \"&bad\"\r\n"), "a BAD Takes one mailbox name\r\n");
}

// RFC 3501 section 6.3.4: it is an error to delete INBOX or what does not exist.
TEST_F(ServerSessionTest, DeletesMailboxes) {
  log_in();
  account_.make("Old");
  EXPECT_EQ(feed("a DELETE INBOX\r\n"), "a NO [CANNOT] INBOX stays\r\n");
  EXPECT_EQ(feed("a DELETE Old\r\n"), "a OK DELETE completed\r\n");
  EXPECT_EQ(feed("a DELETE Old\r\n"), "a NO [NONEXISTENT] No such mailbox\r\n");
}

TEST_F(ServerSessionTest, LeavesTheMailboxItDeletes) {
  account_.make("Old");
  select("Old");
  EXPECT_EQ(feed("a DELETE Old\r\n"), "a OK DELETE completed\r\n");
  EXPECT_EQ(session_.engine.state(), State::kAuthenticated);
  EXPECT_FALSE(session_.closed);
}

// RFC 3501 section 6.3.5: renaming to an existing name, or to INBOX, is an error.
TEST_F(ServerSessionTest, RenamesMailboxes) {
  log_in();
  account_.make("Old");
  EXPECT_EQ(feed("a RENAME Old New\r\n"), "a OK RENAME completed\r\n");
  EXPECT_NE(account_.find("New"), nullptr);
  EXPECT_EQ(feed("a RENAME New INBOX\r\n"), "a NO [ALREADYEXISTS] INBOX always exists\r\n");
  EXPECT_EQ(feed("a RENAME New\r\n"), "a BAD Takes two mailbox names\r\n");
}

TEST_F(ServerSessionTest, ListsMailboxes) {
  log_in();
  account_.make("Lists");
  account_.make("Lists/Mailcosm");
  account_.make("R&D \u00e4");
  EXPECT_EQ(feed("a LIST \"\" *\r\n"),
            "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\HasChildren) \"/\" Lists\r\n"
            "* LIST (\\HasNoChildren) \"/\" Lists/Mailcosm\r\n* LIST (\\HasNoChildren) \"/\" "
            "\"R&-D &AOQ-\"\r\n"
            "a OK LIST completed\r\n");
  EXPECT_EQ(feed("a LIST Lists/ %\r\n"),
            "* LIST (\\HasNoChildren) \"/\" Lists/Mailcosm\r\na OK LIST completed\r\n");
  EXPECT_EQ(feed("a LIST \"\" inbox\r\n"),
            "* LIST (\\HasNoChildren) \"/\" INBOX\r\na OK LIST completed\r\n");
  EXPECT_EQ(feed("a LIST \"\" \"&bad\"\r\n"), "a OK LIST completed\r\n");
}

// RFC 3501 section 6.3.8: an empty pattern asks for the hierarchy delimiter.
TEST_F(ServerSessionTest, TellsTheHierarchyDelimiter) {
  log_in();
  EXPECT_EQ(feed("a LIST \"\" \"\"\r\n"),
            "* LIST (\\Noselect) \"/\" \"\"\r\na OK LIST completed\r\n");
}

// RFC 3501 section 6.3.9: `%` shows the superior of a subscribed name as \Noselect.
TEST_F(ServerSessionTest, ListsSubscriptions) {
  log_in();
  EXPECT_EQ(feed("a SUBSCRIBE foo/bar\r\n"), "a OK SUBSCRIBE completed\r\n");
  EXPECT_EQ(feed("a LSUB \"\" *\r\n"), "* LSUB () \"/\" foo/bar\r\na OK LSUB completed\r\n");
  EXPECT_EQ(feed("a LSUB \"\" %\r\n"), "* LSUB (\\Noselect) \"/\" foo\r\na OK LSUB completed\r\n");
  EXPECT_EQ(feed("a UNSUBSCRIBE foo/bar\r\n"), "a OK UNSUBSCRIBE completed\r\n");
  EXPECT_EQ(feed("a LSUB \"\" *\r\n"), "a OK LSUB completed\r\n");
}

TEST_F(ServerSessionTest, TellsTheStatusOfAMailbox) {
  log_in();
  account_.append(*account_.find("INBOX"), "a", SystemFlag::kSeen);
  account_.append(*account_.find("INBOX"), "b");
  EXPECT_EQ(feed("a STATUS InBox (UIDNEXT MESSAGES unseen RECENT UIDVALIDITY)\r\n"),
            "* STATUS INBOX (UIDNEXT 3 MESSAGES 2 UNSEEN 1 RECENT 2 UIDVALIDITY 1)\r\na OK STATUS "
            "completed\r\n");
  EXPECT_EQ(feed("a STATUS Nowhere (MESSAGES)\r\n"), "a NO [NONEXISTENT] No such mailbox\r\n");
  EXPECT_EQ(feed("a STATUS INBOX ()\r\n"), "a BAD Takes a mailbox name and a list of items\r\n");
  EXPECT_EQ(feed("a STATUS INBOX (FOO)\r\n"), "a BAD Takes a mailbox name and a list of items\r\n");
}

// RFC 2342 section 5.
TEST_F(ServerSessionTest, TellsItsNamespace) {
  log_in();
  EXPECT_EQ(feed("a NAMESPACE\r\n"),
            "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\na OK NAMESPACE completed\r\n");
}

// RFC 3501 section 5.4: autologout after 30 minutes at the earliest, told by BYE.
TEST_F(ServerSessionTest, LogsOutAnIdleClient) {
  log_in();
  const Instant deadline = session_.engine.deadline();
  EXPECT_EQ(deadline - Instant{}, std::chrono::minutes(30) + std::chrono::milliseconds(1));
  session_.engine.expire(deadline);
  EXPECT_EQ(session_.take_output(), "* BYE Autologout; idle for too long\r\n");
  EXPECT_EQ(session_.reason, server::Closed::Reason::kTimeout);
}

TEST_F(ServerSessionTest, GivesUpSoonerBeforeTheLogin) {
  EXPECT_EQ(session_.engine.deadline() - Instant{}, std::chrono::minutes(3));
}

TEST_F(ServerSessionTest, EndsWhenThePeerCloses) {
  session_.engine.receive("a NOOP\r\nb NO", Instant{});
  session_.engine.end_of_input(Instant{});
  EXPECT_EQ(session_.take_output(), "a OK NOOP completed\r\n");
  EXPECT_EQ(session_.reason, server::Closed::Reason::kPeerClosed);
}

TEST_F(ServerSessionTest, EndsAfterTooManyBadCommandsInARow) {
  for (int i = 0; i < 19; ++i) feed("a FOO\r\n");
  EXPECT_EQ(feed("a NOOP\r\n"), "a OK NOOP completed\r\n");
  for (int i = 0; i < 19; ++i) feed("a FOO\r\n");
  EXPECT_FALSE(session_.closed);
  EXPECT_EQ(feed("a FOO\r\n"), "a BAD Unknown command\r\n* BYE Too many bad commands\r\n");
  EXPECT_EQ(session_.reason, server::Closed::Reason::kTooManyErrors);
}

// Nothing more is parsed while a question is open (RFC 3501 section 5.5).
TEST_F(ServerSessionTest, WaitsForAnswersInOrder) {
  session_.answers = false;
  EXPECT_EQ(feed("a LOGIN alice secret\r\nb NOOP\r\n"), "");
  std::string output;
  session_.engine.answer(server::Verdict::ok(), Instant{}, output);
  EXPECT_TRUE(output.starts_with("a OK"));
  session_.answers = true;
  EXPECT_EQ(session_.take_output(), "b OK NOOP completed\r\n");
}

TEST_F(ServerSessionTest, RefusesToHoardInputBehindAnOpenQuestion) {
  session_.answers = false;
  feed("a LOGIN alice secret\r\n");
  const std::size_t limit = MemorySession::default_config().limits.input_length_max;
  EXPECT_EQ(feed(std::string(limit, 'x')), "");
  EXPECT_EQ(feed("x"), "* BYE Too much input\r\n");
  EXPECT_EQ(session_.reason, server::Closed::Reason::kProtocolError);
}

TEST(AutomatonTest, HasARowForEachCommandThatIsAllowed) {
  EXPECT_EQ(find_transition(State::kSelected, Command::kClose)->on_ok, State::kAuthenticated);
  EXPECT_EQ(find_transition(State::kSelected, Command::kSelect)->on_no, State::kAuthenticated);
  EXPECT_EQ(find_transition(State::kLoggedOut, Command::kNoop), nullptr);
  EXPECT_EQ(find_transition(State::kSelected, Command::kUnknown), nullptr);
  for (int i = 0; i < kCommands; ++i) {
    const auto command = static_cast<Command>(i);
    if (command == Command::kUnknown) continue;
    EXPECT_EQ(command_of(to_string(command)), command);
  }
}

}  // namespace
}  // namespace mailcosm::imap::testing
