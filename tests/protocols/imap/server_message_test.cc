// FETCH, STORE, SEARCH, COPY, MOVE, EXPUNGE, APPEND, IDLE, and news from other sessions.

#include <gtest/gtest.h>

#include "protocols/imap/server_session.h"
#include "tests/protocols/imap/memory_account.h"

namespace mailcosm::imap::testing {
namespace {

constexpr const char* kMessage =
    "From: Alice <alice@red.com>\r\nTo: bob@blue.com\r\nSubject: Hello\r\nDate: Mon, 5 Jan 2026 "
    "09:00:00 +0000\r\n"
    "Message-ID: <1@red.com>\r\n\r\nDear Bob,\r\nhello.\r\n";

constexpr const char* kMultipart =
    "Subject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
    "quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\nFrom: x@y.org\r\n\r\ninner "
    "body\r\n"
    "--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment; filename=a.png\r\nContent-ID: <i@d>\r\n\r\nAAAA\r\n--b--\r\n";

class ServerMessageTest : public ::testing::Test {
 protected:
  ServerMessageTest() : inbox_(*account_.find("INBOX")) {}

  Uid add(std::string content, Flags flags = SystemFlag::kSeen) {
    return account_.append(inbox_, std::move(content), std::move(flags));
  }
  void open(const char* command = "SELECT") {
    session_.take_output();
    session_.feed("a LOGIN alice secret\r\na " + std::string(command) + " INBOX\r\n");
  }
  std::string feed(std::string_view bytes) { return session_.feed(bytes); }

  MemoryAccount account_;
  MemoryMailbox& inbox_;
  MemorySession session_{account_};
};

TEST_F(ServerMessageTest, FetchesWhatNeedsNoContent) {
  add(kMessage, *parse_flags("\\Seen work"));
  open();
  EXPECT_EQ(feed("a FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)\r\n"),
            "* 1 FETCH (UID 1 FLAGS (\\Seen \\Recent work) INTERNALDATE \"05-Jan-2026 09:00:00 "
            "+0000\" RFC822.SIZE 147)\r\n"
            "a OK FETCH completed\r\n");
  EXPECT_EQ(std::count(session_.asked.begin(), session_.asked.end(), "content"), 0);
}

// RFC 3501 section 6.4.5: the macros.
TEST_F(ServerMessageTest, FetchesMacros) {
  add("Subject: a\r\n\r\nb\r\n");
  open();
  const std::string fast =
      "* 1 FETCH (FLAGS (\\Seen \\Recent) INTERNALDATE \"05-Jan-2026 09:00:00 +0000\" RFC822.SIZE "
      "17";
  const std::string envelope = " ENVELOPE (NIL \"a\" NIL NIL NIL NIL NIL NIL NIL NIL)";
  const std::string body =
      " BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 3 1)";
  EXPECT_EQ(feed("a FETCH 1 FAST\r\n"), fast + ")\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 ALL\r\n"), fast + envelope + ")\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 FULL\r\n"), fast + envelope + body + ")\r\na OK FETCH completed\r\n");
}

TEST_F(ServerMessageTest, FetchesSections) {
  add(kMultipart);
  open();
  const std::pair<const char*, const char*> sections[] = {
      {"1", "Gr=C3=BC=C3=9Fe"},
      {"1.MIME",
       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
       "quoted-printable\r\n\r\n"},
      {"2", "Subject: inner\r\nFrom: x@y.org\r\n\r\ninner body"},
      {"2.HEADER", "Subject: inner\r\nFrom: x@y.org\r\n\r\n"},
      {"2.TEXT", "inner body"},
      {"2.1", "inner body"},
      {"2.HEADER.FIELDS (FROM)", "From: x@y.org\r\n\r\n"},
      {"2.HEADER.FIELDS.NOT (FROM)", "Subject: inner\r\n\r\n"},
      {"HEADER.FIELDS (\"subject\" X-None)", "Subject: parts\r\n\r\n"},
      {"3", "AAAA"},
  };
  for (const auto& [section, bytes] : sections) {
    const std::string output = feed("a FETCH 1 BODY.PEEK[" + std::string(section) + "]\r\n");
    const std::string size = std::to_string(std::string_view(bytes).size());
    EXPECT_NE(output.find("] {" + size + "}\r\n" + bytes + ")\r\n"), std::string::npos)
        << section << "\n"
        << output;
  }
  for (const char* section : {"4", "1.1.1", "1.HEADER", "3.TEXT", "2.2"}) {
    EXPECT_EQ(feed("a FETCH 1 BODY.PEEK[" + std::string(section) + "]\r\n"),
              "* 1 FETCH (BODY[" + std::string(section) + "] NIL)\r\na OK FETCH completed\r\n");
  }
}

TEST_F(ServerMessageTest, RefusesItemsThatAreNone) {
  add(kMessage);
  open();
  for (const char* items :
       {"", "FOO", "()", "(FLAGS", "(FLAGS )", "BODY[MIME]", "BODY[0]", "BODY[1.]", "BODY[FOO]",
        "BODY[HEADER.FIELDS]", "BODY[HEADER.FIELDS ()]", "BODY.PEEK", "BODY[]<1>", "BODY[]<1.0>",
        "BODY[", "(ALL)", "FLAGS UID"}) {
    EXPECT_EQ(feed("a FETCH 1 " + std::string(items) + "\r\n"),
              "a BAD FETCH takes a set of messages and items\r\n")
        << items;
    feed("a NOOP\r\n");
  }
}

// RFC 3501 section 6.4.5: a partial fetch beyond the end gives less, down to an empty string.
TEST_F(ServerMessageTest, FetchesPartsOfSections) {
  add("A: b\r\n\r\n0123456789");
  open();
  EXPECT_EQ(feed("a FETCH 1 BODY.PEEK[TEXT]<2.3>\r\n"),
            "* 1 FETCH (BODY[TEXT]<2> {3}\r\n234)\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 BODY.PEEK[TEXT]<8.9>\r\n"),
            "* 1 FETCH (BODY[TEXT]<8> {2}\r\n89)\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 BODY.PEEK[TEXT]<10.1>\r\n"),
            "* 1 FETCH (BODY[TEXT]<10> {0}\r\n)\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 BODY.PEEK[]<4294967295.4294967295>\r\n"),
            "* 1 FETCH (BODY[]<4294967295> {0}\r\n)\r\na OK FETCH completed\r\n");
}

// RFC 3501 section 6.4.5: reading sets \Seen, and the change is told; BODY.PEEK and RFC822.HEADER
// do not.
TEST_F(ServerMessageTest, SetsSeenByReading) {
  add("A: b\r\n\r\nc", {});
  open();
  EXPECT_EQ(feed("a FETCH 1 (BODY.PEEK[TEXT] RFC822.HEADER)\r\n"),
            "* 1 FETCH (BODY[TEXT] {1}\r\nc RFC822.HEADER {8}\r\nA: b\r\n\r\n)\r\na OK FETCH "
            "completed\r\n");
  EXPECT_FALSE(inbox_.messages[0].info.flags.has(SystemFlag::kSeen));
  EXPECT_EQ(feed("a FETCH 1 RFC822.TEXT\r\n"),
            "* 1 FETCH (RFC822.TEXT {1}\r\nc FLAGS (\\Seen \\Recent))\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 BODY[TEXT]\r\n"),
            "* 1 FETCH (BODY[TEXT] {1}\r\nc)\r\na OK FETCH completed\r\n");
}

// RFC 3501 section 6.4.8: UID FETCH tells the UID unasked, and passes over UIDs that do not exist.
TEST_F(ServerMessageTest, FetchesByUid) {
  add("a");
  add("b");
  account_.expunge(inbox_, 1);
  open();
  EXPECT_EQ(feed("a UID FETCH 1:* FLAGS\r\n"),
            "* 1 FETCH (UID 2 FLAGS (\\Seen \\Recent))\r\na OK UID FETCH completed\r\n");
  EXPECT_EQ(feed("a UID FETCH 7:9 FLAGS\r\n"), "a OK UID FETCH completed\r\n");
  EXPECT_EQ(feed("a UID FETCH 100:* (UID)\r\n"),
            "* 1 FETCH (UID 2)\r\na OK UID FETCH completed\r\n");
}

// RFC 3501 section 9: a sequence number above the number of messages is BAD, also `*` of an empty
// mailbox.
TEST_F(ServerMessageTest, RefusesNumbersThatAreNotThere) {
  open();
  EXPECT_EQ(feed("a FETCH 1 FLAGS\r\n"), "a BAD No such message\r\n");
  EXPECT_EQ(feed("a FETCH * FLAGS\r\n"), "a BAD No such message\r\n");
  EXPECT_EQ(feed("a UID FETCH * FLAGS\r\n"), "a OK UID FETCH completed\r\n");
  add("a");
  feed("a NOOP\r\n");
  EXPECT_EQ(feed("a FETCH 2 FLAGS\r\n"), "a BAD No such message\r\n");
  EXPECT_EQ(feed("a COPY 1:2 INBOX\r\n"), "a BAD No such message\r\n");
}

TEST_F(ServerMessageTest, ShowsTheEnvelope) {
  add(kMessage);
  open();
  EXPECT_EQ(feed("a FETCH 1 ENVELOPE\r\n"),
            "* 1 FETCH (ENVELOPE (\"Mon, 5 Jan 2026 09:00:00 +0000\" \"Hello\" ((\"Alice\" NIL "
            "\"alice\" \"red.com\")) "
            "((\"Alice\" NIL \"alice\" \"red.com\")) ((\"Alice\" NIL \"alice\" \"red.com\")) ((NIL "
            "NIL \"bob\" "
            "\"blue.com\")) NIL NIL NIL \"<1@red.com>\"))\r\na OK FETCH completed\r\n");
}

// RFC 3501 section 7.4.2: BODY has no extension data, BODYSTRUCTURE has it.
TEST_F(ServerMessageTest, ShowsTheBodyStructure) {
  add(kMultipart);
  open();
  EXPECT_EQ(feed("a FETCH 1 BODY\r\n"),
            "* 1 FETCH (BODY ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL "
            "\"QUOTED-PRINTABLE\" 15 1)"
            "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 43 (NIL \"inner\" ((NIL NIL \"x\" "
            "\"y.org\")) ((NIL NIL \"x\" "
            "\"y.org\")) ((NIL NIL \"x\" \"y.org\")) NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\" "
            "(\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 10 1) 4)"
            "(\"IMAGE\" \"PNG\" (\"NAME\" \"a.png\") \"<i@d>\" NIL \"BASE64\" 4) \"MIXED\"))\r\na "
            "OK FETCH completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 BODYSTRUCTURE\r\n"),
            "* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL "
            "\"QUOTED-PRINTABLE\" 15 1 NIL NIL "
            "NIL NIL)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 43 (NIL \"inner\" ((NIL NIL "
            "\"x\" \"y.org\")) ((NIL NIL "
            "\"x\" \"y.org\")) ((NIL NIL \"x\" \"y.org\")) NIL NIL NIL NIL NIL) (\"TEXT\" "
            "\"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 10 1 "
            "NIL NIL NIL NIL) 4 NIL NIL NIL NIL)(\"IMAGE\" \"PNG\" (\"NAME\" \"a.png\") \"<i@d>\" "
            "NIL \"BASE64\" 4 NIL "
            "(\"ATTACHMENT\" (\"FILENAME\" \"a.png\")) NIL NIL) \"MIXED\" (\"BOUNDARY\" \"b\") NIL "
            "NIL NIL))\r\n"
            "a OK FETCH completed\r\n");
}

// RFC 3501 section 6.4.6: STORE answers with the new flags, .SILENT does not.
TEST_F(ServerMessageTest, StoresFlags) {
  add("a", {});
  add("b", {});
  open();
  EXPECT_EQ(feed("a STORE 1:2 +FLAGS (\\Flagged work)\r\n"),
            "* 1 FETCH (FLAGS (\\Flagged \\Recent work))\r\n* 2 FETCH (FLAGS (\\Flagged \\Recent "
            "work))\r\na OK STORE completed\r\n");
  EXPECT_EQ(feed("a UID STORE 2 -FLAGS \\Flagged WORK\r\n"),
            "* 2 FETCH (UID 2 FLAGS (\\Recent))\r\na OK UID STORE completed\r\n");
  EXPECT_EQ(feed("a STORE 1 FLAGS.SILENT (\\Seen)\r\n"), "a OK STORE completed\r\n");
  EXPECT_EQ(inbox_.messages[0].info.flags.to_string(), "\\Seen");
  EXPECT_EQ(feed("a STORE 1 FLAGS (\\Recent)\r\n"),
            "a BAD STORE takes a set of messages and flags\r\n");
  EXPECT_EQ(feed("a STORE 1 FLAGS (\\Bogus)\r\n"),
            "a BAD STORE takes a set of messages and flags\r\n");
  EXPECT_EQ(feed("a STORE 1 FLAGS\r\n"), "a BAD STORE takes a set of messages and flags\r\n");
  EXPECT_EQ(feed("a STORE 1 FLAG (\\Seen)\r\n"),
            "a BAD STORE takes a set of messages and flags\r\n");
}

// RFC 3501 section 6.4.6: regardless of .SILENT, a change by another session is told.
TEST_F(ServerMessageTest, TellsOthersChangesInASilentStore) {
  add("a", {});
  open();
  account_.set_flags(inbox_, 1, StoreMode::kAdd, SystemFlag::kAnswered);
  EXPECT_EQ(feed("a STORE 1 +FLAGS.SILENT (\\Seen)\r\n"),
            "* 1 FETCH (FLAGS (\\Answered \\Seen \\Recent))\r\na OK STORE completed\r\n");
}

// RFC 3501 section 6.4.3: each EXPUNGE renumbers at once.
TEST_F(ServerMessageTest, Expunges) {
  for (int i = 0; i < 5; ++i) add("a", i == 2 || i == 3 ? SystemFlag::kDeleted : SystemFlag::kSeen);
  open();
  EXPECT_EQ(feed("a EXPUNGE\r\n"), "* 3 EXPUNGE\r\n* 3 EXPUNGE\r\na OK EXPUNGE completed\r\n");
  EXPECT_EQ(feed("a FETCH 3 UID\r\n"), "* 3 FETCH (UID 5)\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a EXPUNGE\r\n"), "a OK EXPUNGE completed\r\n");
}

// RFC 4315 section 2.1: UID EXPUNGE leaves \Deleted messages outside of its set alone.
TEST_F(ServerMessageTest, ExpungesByUid) {
  for (int i = 0; i < 3; ++i) add("a", SystemFlag::kDeleted);
  open();
  EXPECT_EQ(feed("a UID EXPUNGE 2:9\r\n"),
            "* 2 EXPUNGE\r\n* 2 EXPUNGE\r\na OK UID EXPUNGE completed\r\n");
  EXPECT_EQ(feed("a UID EXPUNGE\r\n"), "a BAD Takes a set of UIDs\r\n");
}

// RFC 4315 section 3: COPYUID tells both sets.
TEST_F(ServerMessageTest, Copies) {
  account_.make("Archive");
  for (int i = 0; i < 3; ++i) add("a");
  open();
  EXPECT_EQ(feed("a COPY 1,3 Archive\r\n"), "a OK [COPYUID 2 1,3 1:2] COPY completed\r\n");
  EXPECT_EQ(feed("a UID COPY 9 Archive\r\n"), "a OK UID COPY completed\r\n");
  // RFC 3501 section 6.4.7: the server does not make the mailbox, and says TRYCREATE.
  EXPECT_EQ(feed("a COPY 1 Nowhere\r\n"), "a NO [TRYCREATE] No such mailbox\r\n");
}

// RFC 6851 section 4.3: COPYUID comes before the EXPUNGEs.
TEST_F(ServerMessageTest, Moves) {
  account_.make("Archive");
  for (int i = 0; i < 3; ++i) add("a");
  open();
  EXPECT_EQ(
      feed("a MOVE 1:2 Archive\r\n"),
      "* OK [COPYUID 2 1:2 1:2] Moved\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\na OK MOVE completed\r\n");
  EXPECT_EQ(feed("a UID MOVE 3 Archive\r\n"),
            "* OK [COPYUID 2 3 3] Moved\r\n* 1 EXPUNGE\r\na OK UID MOVE completed\r\n");
}

// RFC 3501 section 6.3.11: flags and date are kept; the new message is told if its mailbox is
// selected.
TEST_F(ServerMessageTest, Appends) {
  open();
  EXPECT_EQ(feed("a APPEND INBOX (\\Seen work) \"05-Jan-2026 10:00:00 +0100\" {8}\r\n"),
            "+ Ready for the message\r\n");
  EXPECT_EQ(feed("A: b\r\n\r\n\r\n"),
            "* 1 EXISTS\r\n* 1 RECENT\r\na OK [APPENDUID 1 1] APPEND completed\r\n");
  const MemoryMessage& message = inbox_.messages.at(0);
  EXPECT_EQ(message.content.text(), "A: b\r\n\r\n");
  EXPECT_EQ(message.info.flags.to_string(), "\\Seen work");
  EXPECT_EQ(message.info.internal_date.seconds(), 1767603600);
}

TEST_F(ServerMessageTest, RefusesToAppend) {
  open();
  EXPECT_EQ(feed("a APPEND Nowhere {5}\r\n"), "a NO [TRYCREATE] No such mailbox\r\n");
  EXPECT_EQ(feed("a APPEND Nowhere {5+}\r\nhello\r\n"), "a NO [TRYCREATE] No such mailbox\r\n");
  EXPECT_EQ(feed("a APPEND INBOX {0}\r\n"), "a NO A message is not empty\r\n");
  EXPECT_EQ(feed("a APPEND INBOX hello\r\n"), "a BAD Arguments are not as they should be\r\n");
  EXPECT_EQ(feed("a APPEND INBOX {3+}\r\nabc more\r\n"),
            "a BAD Nothing may follow the message\r\n");
  EXPECT_EQ(feed("a APPEND INBOX {3+}\r\nabc {4+}\r\nFETC\r\nb NOOP\r\n"),
            "a BAD Nothing may follow the message\r\nb OK NOOP completed\r\n");
  EXPECT_TRUE(inbox_.messages.empty());
}

// RFC 7888 section 5: unasked literals are at most 4096 octets long; APPEND's refusal says TOOBIG.
TEST_F(ServerMessageTest, LimitsUnaskedLiterals) {
  open();
  for (std::size_t size : {4095u, 4096u}) {
    const std::string output = feed("a APPEND INBOX {" + std::to_string(size) + "+}\r\n" +
                                    std::string(size, 'x') + "\r\n");
    EXPECT_NE(output.find("a OK [APPENDUID"), std::string::npos) << size;
  }
  EXPECT_EQ(feed("a APPEND INBOX {4097+}\r\n" + std::string(4097, 'x') + "\r\nb NOOP\r\n"),
            "a BAD [TOOBIG] Literal too long to be sent unasked\r\nb OK NOOP completed\r\n");
}

TEST_F(ServerMessageTest, TellsNewsOfOtherSessions) {
  add("a");
  add("b");
  open();
  account_.append(inbox_, "c");
  account_.set_flags(inbox_, 2, StoreMode::kAdd, SystemFlag::kFlagged);
  account_.expunge(inbox_, 1);
  EXPECT_EQ(session_.take_output(), "");
  EXPECT_EQ(feed("a NOOP\r\n"),
            "* 2 FETCH (FLAGS (\\Flagged \\Seen \\Recent))\r\n* 1 EXPUNGE\r\n* 2 EXISTS\r\n* 2 "
            "RECENT\r\na OK NOOP completed\r\n");
}

// RFC 3501 section 7.4.1: no EXPUNGE while FETCH, STORE or SEARCH is answered.
TEST_F(ServerMessageTest, WithholdsExpungesWhereNumbersAreInUse) {
  add("a");
  add("b");
  open();
  account_.expunge(inbox_, 1);
  EXPECT_EQ(feed("a FETCH 2 UID\r\n"), "* 2 FETCH (UID 2)\r\na OK FETCH completed\r\n");
  EXPECT_EQ(feed("a SEARCH ALL\r\n"), "* SEARCH 2\r\na OK SEARCH completed\r\n");
  EXPECT_EQ(feed("a STORE 2 FLAGS (\\Seen)\r\n"),
            "* 2 FETCH (FLAGS (\\Seen \\Recent))\r\na OK STORE completed\r\n");
  EXPECT_EQ(feed("a FETCH 1 BODY[]\r\n"), "a NO [EXPUNGEISSUED] Some messages no longer exist\r\n");
  EXPECT_EQ(feed("a COPY 1:2 INBOX\r\n"),
            "* 1 EXPUNGE\r\na NO [EXPUNGEISSUED] Some messages no longer exist\r\n");
}

// RFC 2177 section 3: news come at once, until DONE.
TEST_F(ServerMessageTest, IdlesUntilDone) {
  add("a");
  open();
  EXPECT_EQ(feed("a IDLE\r\n"), "+ Idling; say DONE to end\r\n");
  EXPECT_TRUE(session_.engine.idling());
  account_.append(inbox_, "b");
  EXPECT_EQ(session_.take_output(), "* 2 EXISTS\r\n* 2 RECENT\r\n");
  account_.expunge(inbox_, 1);
  EXPECT_EQ(session_.take_output(), "* 1 EXPUNGE\r\n");
  EXPECT_EQ(feed("done\r\nb NOOP\r\n"), "a OK IDLE completed\r\nb OK NOOP completed\r\n");
  account_.append(inbox_, "c");
  EXPECT_EQ(
      feed("c IDLE\r\nd NOOP\r\n"),
      "+ Idling; say DONE to end\r\n* 2 EXISTS\r\n* 2 RECENT\r\nc BAD IDLE ends with DONE\r\n");
}

TEST_F(ServerMessageTest, Searches) {
  add(kMessage, SystemFlag::kSeen);
  add("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nFrom: \"Carol C\" "
      "<carol@green.org>\r\n\r\nnothing\r\n",
      *parse_flags("\\Flagged work"));
  add(kMultipart, *parse_flags("\\Deleted \\Draft \\Answered"));
  open();
  const std::pair<const char*, const char*> searches[] = {
      {"ALL", " 1 2 3"},
      {"SEEN", " 1"},
      {"UNSEEN", " 2 3"},
      {"FLAGGED", " 2"},
      {"UNFLAGGED", " 1 3"},
      {"DELETED", " 3"},
      {"UNDELETED", " 1 2"},
      {"DRAFT", " 3"},
      {"UNDRAFT", " 1 2"},
      {"ANSWERED", " 3"},
      {"UNANSWERED", " 1 2"},
      {"RECENT", " 1 2 3"},
      {"OLD", ""},
      {"NEW", " 2 3"},
      {"KEYWORD work", " 2"},
      {"UNKEYWORD work", " 1 3"},
      {"KEYWORD none", ""},
      {"1:2", " 1 2"},
      {"UID 2:3", " 2 3"},
      {"*", " 3"},
      {"LARGER 147", " 3"},
      {"SMALLER 147", " 2"},
      {"BEFORE 5-Jan-2026", ""},
      {"ON 5-Jan-2026", " 1 2 3"},
      {"SINCE 6-Jan-2026", ""},
      {"SENTON 5-Jan-2026", " 1"},
      {"SENTBEFORE 6-Jan-2026", " 1"},
      {"SENTSINCE 5-Jan-2026", " 1"},
      {"SUBJECT hello", " 1"},
      {"FROM alice", " 1"},
      {"FROM \"carol c\"", " 2"},
      {"TO bob@blue.com", " 1"},
      {"CC x", ""},
      {"BCC x", ""},
      {"HEADER Message-ID \"\"", " 1"},
      {"HEADER message-id 1@red", " 1"},
      {"BODY \"inner body\"", " 3"},
      {"BODY AAAA", ""},
      {"TEXT hello", " 1"},
      {"TEXT parts", " 3"},
      {"BODY parts", ""},
      {"NOT SEEN", " 2 3"},
      {"OR SEEN FLAGGED", " 1 2"},
      {"NOT (SEEN FLAGGED)", " 1 2 3"},
      {"UNSEEN FLAGGED", " 2"},
      {"(OR 1 (2 UNSEEN)) NOT 3", " 1 2"},
      {"OR NOT SUBJECT hello SEEN", " 1 2 3"},
      {"CHARSET UTF-8 SUBJECT {7+}\r\nGr\xc3\xbc\xc3\x9f"
       "e",
       " 2"},
      {"CHARSET us-ascii ALL", " 1 2 3"},
      {"CHARSET UTF-8 BODY {7+}\r\nGr\xc3\xbc\xc3\x9f"
       "e",
       " 3"},
  };
  for (const auto& [keys, found] : searches) {
    EXPECT_EQ(feed("a SEARCH " + std::string(keys) + "\r\n"),
              "* SEARCH" + std::string(found) + "\r\na OK SEARCH completed\r\n")
        << keys;
  }
  EXPECT_EQ(feed("a UID SEARCH 2\r\n"), "* SEARCH 2\r\na OK UID SEARCH completed\r\n");
}

// RFC 3501 section 6.4.4: an unknown charset is NO with BADCHARSET.
TEST_F(ServerMessageTest, RefusesUnknownCharsetsAndKeys) {
  open();
  EXPECT_EQ(feed("a SEARCH CHARSET KOI8-R ALL\r\n"),
            "a NO [BADCHARSET (US-ASCII UTF-8)] Charset is not known\r\n");
  for (const char* keys : {"", " ", " FOO", " NOT", " OR 1", " (1", " 1)", " ()", " SUBJECT",
                           " BEFORE x", " LARGER -1", " 1 ", " KEYWORD \\Seen", " UID", " 0"}) {
    const std::string output = feed("a SEARCH" + std::string(keys) + "\r\n");
    EXPECT_TRUE(output.starts_with("a BAD SEARCH")) << keys << output;
    feed("a NOOP\r\n");
  }
}

// Content is asked for only where flags and sizes do not decide.
TEST_F(ServerMessageTest, SearchesWithoutContentWhereItCan) {
  add(kMessage, SystemFlag::kSeen);
  add(kMessage, SystemFlag::kDeleted);
  open();
  feed("a SEARCH DELETED SUBJECT hello\r\n");
  EXPECT_EQ(std::count(session_.asked.begin(), session_.asked.end(), "content"), 1);
  feed("a SEARCH OR ALL SUBJECT hello\r\n");
  EXPECT_EQ(std::count(session_.asked.begin(), session_.asked.end(), "content"), 1);
}

}  // namespace
}  // namespace mailcosm::imap::testing
