#include "protocols/mail/mailbox.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm::mail {
namespace {

// RFC 5322 appendix A.1.2: different types of mailboxes.
TEST(MailboxTest, ReadsNamesAndAddresses) {
  auto list = parse_mailboxes("Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>");
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].display_name, "Mary Smith");
  EXPECT_EQ(list[0].address(), (Address{"mary", "x.test"}));
  EXPECT_EQ(list[1].display_name, "");
  EXPECT_EQ(list[1].address(), (Address{"jdoe", "example.org"}));
  EXPECT_EQ(list[2].display_name, "Who?");
  for (const Mailbox& mailbox : list) EXPECT_TRUE(mailbox.valid);
}

// RFC 5322 section 3.4: groups, also empty ones.
TEST(MailboxTest, ReadsGroups) {
  auto groups = parse_address_list(
      "a@b.c, A Group:Ed <c@a.test>,joe@where.test;, Undisclosed recipients:;, z@y.x");
  ASSERT_EQ(groups.size(), 4u);
  EXPECT_FALSE(groups[0].has_name);
  EXPECT_EQ(groups[0].mailboxes.size(), 1u);
  EXPECT_EQ(groups[1].name, "A Group");
  EXPECT_EQ(groups[1].mailboxes.size(), 2u);
  EXPECT_EQ(groups[2].name, "Undisclosed recipients");
  EXPECT_TRUE(groups[2].mailboxes.empty());
  EXPECT_FALSE(groups[3].has_name);
  EXPECT_EQ(groups[3].mailboxes[0].host, "y.x");
}

// RFC 5322 section 3.2.4: quoting is no part of the name.
TEST(MailboxTest, TakesQuotingAway) {
  auto list = parse_mailboxes("\"Giant; \\\"Big\\\" Box\" <sysservices@example.net>");
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].display_name, "Giant; \"Big\" Box");
}

TEST(MailboxTest, ReadsQuotedLocalPartsAndLiterals) {
  auto list = parse_mailboxes("\"a, b\"@c.d, <\"x>y\"@[192.0.2.1]>, e@[IPv6:2001:db8::1]");
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].local_part, "a, b");
  EXPECT_EQ(list[1].local_part, "x>y");
  EXPECT_EQ(list[1].host, "[192.0.2.1]");
  EXPECT_EQ(list[2].host, "[IPv6:2001:db8::1]");
}

// RFC 5322 section 4.4: obs-route.
TEST(MailboxTest, KeepsTheRoute) {
  auto list = parse_mailboxes("Mary <@node.test, @b.test:mary@example.net>");
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].route, "@node.test,@b.test");
  EXPECT_EQ(list[0].address(), (Address{"mary", "example.net"}));
}

TEST(MailboxTest, TakesTheCommentForAName) {
  auto list = parse_mailboxes("user@domain (Real (R.) Name)");
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].comment, "Real (R.) Name");
  EXPECT_EQ(list[0].name(), "Real (R.) Name");
}

// RFC 2047 section 5: encoded words in a phrase.
TEST(MailboxTest, DecodesTheName) {
  auto list = parse_mailboxes("=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>");
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].name(), "Andr\xC3\xA9 Pirard");
  EXPECT_EQ(list[0].display_name, "=?ISO-8859-1?Q?Andr=E9?= Pirard");
}

TEST(MailboxTest, KeepsWhatIsNoAddress) {
  auto list = parse_mailboxes("Bob, <a b@c d>, \"unclosed, <");
  ASSERT_GE(list.size(), 2u);
  EXPECT_EQ(list[0].local_part, "Bob");
  EXPECT_FALSE(list[0].valid);
  EXPECT_EQ(list[1].local_part, "a b");
  EXPECT_EQ(list[1].host, "c d");
  EXPECT_FALSE(list[1].valid);
  EXPECT_TRUE(parse_mailboxes("").empty());
  EXPECT_TRUE(parse_mailboxes(" , (only a comment) ,").empty());
}

TEST(MailboxTest, LimitsTheNumberOfMailboxes) {
  MailboxLimits limits;
  limits.mailboxes_max = 3;
  for (std::size_t count : {2u, 3u, 4u}) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "a@b.c,";
    EXPECT_EQ(parse_mailboxes(text, limits).size(), std::min<std::size_t>(count, 3)) << count;
  }
  EXPECT_LE(parse_address_list(std::string(1000, ':'), limits).size(), 3u);
}

TEST(MailboxTest, WritesNamesAsTheyNeed) {
  Address address{"bob", "blue.com"};
  EXPECT_EQ(format_mailbox("", address), "bob@blue.com");
  EXPECT_EQ(format_mailbox("Bob Brown", address), "Bob Brown <bob@blue.com>");
  EXPECT_EQ(format_mailbox("Brown, Bob", address), "\"Brown, Bob\" <bob@blue.com>");
  EXPECT_EQ(format_mailbox("J\xC3\xBCrgen", address), "=?utf-8?Q?J=C3=BCrgen?= <bob@blue.com>");
}

TEST(MailboxTest, ReadsBackTheNamesItWrites) {
  for (const char* name : {"Bob", "B. O. B.", "a\"b\\c", "=?utf-8?Q?x?=", " leading", "trailing ",
                           "two  spaces", "\xE3\x83\x8F\xE3\x83\xAD\xE3\x83\xBC <x@y>, z"}) {
    auto list = parse_mailboxes(format_mailbox(name, {"bob", "blue.com"}));
    ASSERT_EQ(list.size(), 1u) << name;
    EXPECT_EQ(list[0].name(), name);
    EXPECT_EQ(list[0].local_part, "bob");
  }
}

}  // namespace
}  // namespace mailcosm::mail
