#include "protocols/imap/mailbox_name.h"

#include <gtest/gtest.h>

namespace mailcosm::imap {
namespace {

std::string encoded(std::string_view utf8) {
  std::string output;
  encode_mailbox_name(utf8, output);
  return output;
}

// RFC 3501 section 5.1.3: the names of its example, and characters outside of the basic plane.
TEST(MailboxNameTest, EncodesAndDecodesModifiedUtf7) {
  const std::pair<const char*, const char*> names[] = {
      {"~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
      {"Entw\u00fcrfe", "Entw&APw-rfe"},
      {"R&D", "R&-D"},
      {"&", "&-"},
      {"\U0001F4E7", "&2D3c5w-"},
      {"INBOX", "INBOX"},
  };
  for (const auto& [utf8, wire] : names) {
    EXPECT_EQ(encoded(utf8), wire);
    EXPECT_EQ(decode_mailbox_name(wire), utf8);
  }
}

// RFC 3501 section 5.1.3: base64 must not say what can stand for itself, and a shift must end.
TEST(MailboxNameTest, RefusesWhatIsNoModifiedUtf7) {
  for (const char* wire : {"&", "&Jjo", "&Jjo!-", "&AGE-", "&U,BTFw-&ZeVnLIqe-", "a\x80", "a\tb",
                           "&2D0-", "&3Oc-", "&APx-", "&AP-", "&=-"}) {
    EXPECT_FALSE(decode_mailbox_name(wire)) << wire;
  }
}

TEST(MailboxNameTest, WritesDamagedUtf8AsReplacementCharacters) {
  EXPECT_EQ(encoded("a\xff"), "a&,,0-");
  EXPECT_EQ(encoded("\xe2\x82"), "&,,3,,Q-");
}

TEST(MailboxNameTest, LimitsTheLength) {
  const std::string longest(kMailboxNameLengthMax, 'a');
  EXPECT_TRUE(decode_mailbox_name(longest.substr(1)));
  EXPECT_TRUE(decode_mailbox_name(longest));
  EXPECT_FALSE(decode_mailbox_name(longest + "a"));
  EXPECT_TRUE(is_mailbox_name(longest));
  EXPECT_FALSE(is_mailbox_name(longest + "a"));
}

// RFC 3501 section 5.1: INBOX is special in any case.
TEST(MailboxNameTest, KnowsInboxInAnyCase) {
  for (std::string name : {"inbox", "InBox", "INBOX"}) {
    EXPECT_TRUE(is_inbox(name));
    normalise_inbox(name);
    EXPECT_EQ(name, "INBOX");
  }
  std::string inferior = "inbox/Old";
  normalise_inbox(inferior);
  EXPECT_EQ(inferior, "INBOX/Old");
  std::string other = "inboxes";
  normalise_inbox(other);
  EXPECT_EQ(other, "inboxes");
}

TEST(MailboxNameTest, KnowsWhichNamesMayBeMade) {
  for (const char* name : {"a", "a/b", "NIL", "Entw\u00fcrfe", "a b"})
    EXPECT_TRUE(is_mailbox_name(name)) << name;
  for (const char* name : {"", "/", "/a", "a/", "a//b", "a*", "a%b", "a\nb"})
    EXPECT_FALSE(is_mailbox_name(name)) << name;
}

// RFC 3501 section 6.3.8: `%` does not match the hierarchy delimiter, `*` does.
TEST(MailboxNameTest, MatchesListPatterns) {
  const std::pair<const char*, const char*> yes[] = {
      {"*", "a/b/c"}, {"%", "abc"},  {"a/%", "a/b"}, {"a*c", "a/b/c"}, {"%/%", "a/b"},   {"", ""},
      {"a%", "a"},    {"*%", "a/b"}, {"abc", "abc"}, {"%b%", "aabaa"}, {"a/*b", "a/x/b"}};
  const std::pair<const char*, const char*> no[] = {{"%", "a/b"},     {"a", "ab"},   {"ab", "a"},
                                                    {"a/%", "a/b/c"}, {"", "a"},     {"a", "A"},
                                                    {"%/%", "a"},     {"a%c", "a/c"}};
  for (const auto& [pattern, name] : yes)
    EXPECT_TRUE(matches_list_pattern(pattern, name)) << pattern << " " << name;
  for (const auto& [pattern, name] : no)
    EXPECT_FALSE(matches_list_pattern(pattern, name)) << pattern << " " << name;
}

}  // namespace
}  // namespace mailcosm::imap
