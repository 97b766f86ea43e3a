// Limits of the server session at limit-1, limit and limit+1, cut input, pauses, and allocations.

#include <gtest/gtest.h>

#include "protocols/imap/server_session.h"
#include "tests/protocols/imap/memory_account.h"
#include "tests/support/allocations.h"

namespace mailcosm::imap::testing {
namespace {

struct Logged {
  explicit Logged(const ServerConfig& config = MemorySession::default_config())
      : session(account, config) {
    MemoryMailbox& inbox = *account.find("INBOX");
    for (int i = 0; i < 3; ++i) account.append(inbox, "Subject: a\r\n\r\nb\r\n");
    session.take_output();
    session.feed("a LOGIN alice secret\r\na SELECT INBOX\r\n");
  }
  std::string feed(const std::string& bytes) { return session.feed(bytes); }

  MemoryAccount account;
  MemorySession session;
};

// RFC 2683 section 3.2.1.5: lines of 8,000 octets are taken; the limit here is 8,192.
TEST(ServerLimitsTest, LimitsTheLine) {
  Logged logged;
  const auto line_of = [](std::size_t size) {
    const std::string head = "a SEARCH TEXT ";
    return head + std::string(size - head.size(), 'x') + "\r\n";
  };
  EXPECT_TRUE(logged.feed(line_of(8191)).ends_with("a OK SEARCH completed\r\n"));
  EXPECT_TRUE(logged.feed(line_of(8192)).ends_with("a OK SEARCH completed\r\n"));
  EXPECT_EQ(logged.feed(line_of(8193)), "* BAD Command line too long\r\n");
  EXPECT_EQ(logged.feed("a NOOP\r\n"), "a OK NOOP completed\r\n");
}

TEST(ServerLimitsTest, LimitsTheCommandWithItsLiterals) {
  ServerConfig config;
  config.limits.command_length_max = 100;
  Logged logged(config);
  const auto login = [&](std::size_t size) {
    const std::string head = "a SEARCH TEXT {" + std::to_string(size) + "}";
    return logged.feed(head + "\r\n");
  };
  // The announcement's line takes 18 octets.
  EXPECT_EQ(login(81), "+ Ready for the literal\r\n");
  EXPECT_TRUE(logged.feed(std::string(81, 'x') + "\r\n").ends_with("a OK SEARCH completed\r\n"));
  EXPECT_EQ(login(82), "+ Ready for the literal\r\n");
  EXPECT_TRUE(logged.feed(std::string(82, 'x') + "\r\n").ends_with("a OK SEARCH completed\r\n"));
  EXPECT_EQ(login(83), "a BAD [TOOBIG] Command too long\r\n");
  EXPECT_EQ(logged.feed("a SEARCH TEXT {4294967295}\r\n"), "a BAD [TOOBIG] Command too long\r\n");
  EXPECT_EQ(logged.feed("a SEARCH TEXT {18446744073709551615}\r\n"),
            "a BAD [TOOBIG] Command too long\r\n");
}

TEST(ServerLimitsTest, LimitsTheMessageOfAppend) {
  ServerConfig config;
  config.limits.append_size_max = 10;
  Logged logged(config);
  for (std::size_t size : {9u, 10u}) {
    EXPECT_EQ(logged.feed("a APPEND INBOX {" + std::to_string(size) + "}\r\n"),
              "+ Ready for the message\r\n");
    logged.feed(std::string(size, 'x') + "\r\n");
  }
  EXPECT_EQ(logged.feed("a APPEND INBOX {11}\r\n"), "a NO [TOOBIG] Message too big\r\n");
}

TEST(ServerLimitsTest, LimitsTheDepthOfSearch) {
  Logged logged;
  const auto nested = [](std::size_t depth) {
    return "a SEARCH " + std::string(depth, '(') + "ALL" + std::string(depth, ')') + "\r\n";
  };
  EXPECT_TRUE(logged.feed(nested(31)).ends_with("a OK SEARCH completed\r\n"));
  EXPECT_TRUE(logged.feed(nested(32)).ends_with("a OK SEARCH completed\r\n"));
  EXPECT_TRUE(logged.feed(nested(33)).starts_with("a BAD"));
  std::string nots = "a SEARCH ";
  for (int i = 0; i < 1'000; ++i) nots += "NOT ";
  EXPECT_TRUE(logged.feed(nots + "ALL\r\n").starts_with("a BAD"));
}

TEST(ServerLimitsTest, LimitsTheKeysOfSearch) {
  Logged logged;
  const auto keys = [](int count) {
    std::string line = "a SEARCH";
    for (int i = 0; i < count; ++i) line += " ALL";
    return line + "\r\n";
  };
  EXPECT_TRUE(logged.feed(keys(999)).ends_with("a OK SEARCH completed\r\n"));
  EXPECT_TRUE(logged.feed(keys(1'000)).ends_with("a OK SEARCH completed\r\n"));
  EXPECT_TRUE(logged.feed(keys(1'001)).starts_with("a BAD"));
}

TEST(ServerLimitsTest, LimitsTheItemsOfFetch) {
  Logged logged;
  const auto items = [](int count) {
    std::string line = "a FETCH 1 (UID";
    for (int i = 1; i < count; ++i) line += " UID";
    return line + ")\r\n";
  };
  EXPECT_TRUE(logged.feed(items(99)).ends_with("a OK FETCH completed\r\n"));
  EXPECT_TRUE(logged.feed(items(100)).ends_with("a OK FETCH completed\r\n"));
  EXPECT_TRUE(logged.feed(items(101)).starts_with("a BAD"));
}

TEST(ServerLimitsTest, LimitsTheRangesOfASet) {
  ServerConfig config;
  config.limits.sequence_ranges_max = 2;
  Logged logged(config);
  EXPECT_TRUE(logged.feed("a FETCH 1,2 UID\r\n").ends_with("a OK FETCH completed\r\n"));
  EXPECT_TRUE(logged.feed("a FETCH 1,2,3 UID\r\n").starts_with("a BAD"));
}

// A peer that reads slowly is written to in portions.
TEST(ServerLimitsTest, PausesBetweenResponses) {
  ServerConfig config;
  config.limits.output_pause = 64;
  Logged logged(config);
  const std::string output = logged.feed("a FETCH 1:3 (UID FLAGS INTERNALDATE)\r\n");
  EXPECT_TRUE(output.ends_with("a OK FETCH completed\r\n"));
  EXPECT_EQ(logged.session.pauses, 2u);
  // 44 octets each: a pause after the second.
  logged.feed("a FETCH 1:3 BODY.PEEK[]\r\n");
  EXPECT_EQ(logged.session.pauses, 3u);
}

const char* const kDialogues[] = {
    "a LOGIN \"alice\" {6+}\r\nsecret\r\nb SELECT INBOX\r\nc FETCH 1:* (UID FLAGS BODY[] "
    "ENVELOPE)\r\nd LOGOUT\r\n",
    "a AUTHENTICATE PLAIN\r\nAGFsaWNlAHNlY3JldA==\r\nb SELECT {5}\r\nINBOX\r\nc STORE 1 +FLAGS "
    "(\\Deleted)\r\nd EXPUNGE\r\ne CLOSE\r\n",
    "a LOGIN alice secret\r\nb APPEND INBOX (\\Seen) {16}\r\nSubject: a\r\n\r\nb\n\r\nc APPEND No "
    "{3+}\r\nabc\r\nd APPEND INBOX {2+}\r\nab {3+}\r\n"
    "x\r\n y\r\ne APPEND INBOX {5000+}\r\n",
    "a LOGIN alice secret\r\nb SELECT INBOX\r\nc IDLE\r\nDONE\r\nd SEARCH OR SUBJECT {1+}\r\na "
    "(UNSEEN 1:2)\r\ne COPY 1 INBOX\r\nf MOVE 1 INBOX\r\n",
    "\r\nfoo\r\na NOOP x\r\nb LOGIN {3+}\r\na\r\n {100000+}\r\n",
    "a LOGIN alice secret\r\nb LIST \"\" \"*\"\r\nc LSUB \"\" {1}\r\n%\r\nd STATUS INBOX "
    "(MESSAGES)\r\ne CREATE x\r\nf RENAME x y\r\ng DELETE y\r\n",
};

struct Outcome {
  std::string output;
  std::string received;
  std::size_t messages = 0;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome run(std::initializer_list<std::string_view> pieces) {
  MemoryAccount account;
  MemoryMailbox& inbox = *account.find("INBOX");
  account.append(inbox, "Subject: a\r\n\r\nb\r\n");
  account.append(inbox, "Subject: b\r\n\r\nc\r\n");
  MemorySession session(account);
  Outcome outcome;
  for (std::string_view piece : pieces) outcome.output += session.feed(piece);
  outcome.received = session.received;
  outcome.messages = inbox.messages.size();
  return outcome;
}

TEST(ServerCutTest, GivesTheSameForInputCutAnywhere) {
  for (std::string_view dialogue : kDialogues) {
    const Outcome whole = run({dialogue});
    for (std::size_t cut = 0; cut <= dialogue.size(); ++cut) {
      EXPECT_EQ(run({dialogue.substr(0, cut), dialogue.substr(cut)}), whole)
          << dialogue.substr(0, cut);
    }
  }
}

TEST(ServerCutTest, GivesTheSameByteByByte) {
  for (std::string_view dialogue : kDialogues) {
    MemoryAccount account;
    MemoryMailbox& inbox = *account.find("INBOX");
    account.append(inbox, "Subject: a\r\n\r\nb\r\n");
    account.append(inbox, "Subject: b\r\n\r\nc\r\n");
    MemorySession session(account);
    std::string output;
    for (char c : dialogue) output += session.feed(std::string_view(&c, 1));
    EXPECT_EQ(output, run({dialogue}).output);
    EXPECT_EQ(session.received, run({dialogue}).received);
  }
}

// Commands of the normal path allocate nothing once the session is warm.
TEST(ServerAllocationTest, AllocatesNothingPerCommand) {
  MemoryAccount account;
  account.append(*account.find("INBOX"), "Subject: a\r\n\r\nb\r\n");
  MemorySession session(account);
  session.feed("a LOGIN alice secret\r\na SELECT INBOX\r\n");
  std::string output;
  output.reserve(4'096);
  const auto say = [&](std::string_view line) {
    session.engine.receive(line, Instant{1});
    for (;;) {
      const server::Event event = session.engine.next(output);
      if (std::holds_alternative<server::NeedMore>(event)) return;
      if (std::holds_alternative<server::StatusAsked>(event))
        session.engine.answer(server::Status{}, Instant{1}, output);
    }
  };
  for (std::string_view line :
       {"a NOOP\r\n", "a CHECK\r\n", "a STATUS INBOX (MESSAGES UIDNEXT)\r\n", "a CAPABILITY\r\n",
        "a FETCH 1 (UID FLAGS RFC822.SIZE)\r\n", "a UID SEARCH UNSEEN\r\n", "a IDLE\r\nDONE\r\n"}) {
    say(line);
    output.clear();
    const test::AllocationCounter counter;
    say(line);
    // Sets, items and keys of a command are vectors of their own.
    const bool has_set = line.find("FETCH") != std::string_view::npos ||
                         line.find("SEARCH") != std::string_view::npos;
    EXPECT_LE(counter.count(), has_set ? 8u : 0u) << line;
    output.clear();
  }
}

}  // namespace
}  // namespace mailcosm::imap::testing
