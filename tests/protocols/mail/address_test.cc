#include "protocols/mail/address.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm::mail {
namespace {

std::string repeated(char c, std::size_t count) { return std::string(count, c); }

// A domain of exactly `length` octets with labels of at most 63.
std::string domain_of(std::size_t length) {
  std::string domain;
  while (domain.size() < length) {
    std::size_t label = std::min<std::size_t>(63, length - domain.size());
    if (length - domain.size() - label == 1) --label;
    domain += repeated('d', label);
    if (domain.size() < length) domain.push_back('.');
  }
  return domain;
}

// RFC 5321 section 2.4: the local-part is case-sensitive, the domain is not.
TEST(AddressTest, ComparesDomainsIgnoringCase) {
  EXPECT_EQ((Address{"bob", "Blue.COM"}), (Address{"bob", "blue.com"}));
  EXPECT_NE((Address{"Bob", "blue.com"}), (Address{"bob", "blue.com"}));
  EXPECT_LT((Address{"z", "a.com"}), (Address{"a", "B.com"}));
}

// RFC 5321 section 4.1.2: a local-part that is no dot-string is written as a quoted string.
TEST(AddressTest, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ((Address{"a.b", "c.d"}).to_string(), "a.b@c.d");
  EXPECT_EQ((Address{"a b", "c.d"}).to_string(), "\"a b\"@c.d");
  EXPECT_EQ((Address{"a\"\\", "c.d"}).to_string(), "\"a\\\"\\\\\"@c.d");
  EXPECT_EQ((Address{"a..b", "c.d"}).to_string(), "\"a..b\"@c.d");
  EXPECT_EQ((Address{"", "c.d"}).to_string(), "\"\"@c.d");
}

TEST(AddressTest, ReadsBackWhatItWrites) {
  for (const char* local : {"a", "a.b", "a b", "", "\"", "\\", "a@b", ".", "a..b"}) {
    Address address{local, "example.com"};
    Result<Address> read = parse_mailbox(address.to_string());
    ASSERT_TRUE(read.has_value()) << local;
    EXPECT_EQ(*read, address);
  }
}

// RFC 5321 section 4.1.1.2: MAIL takes the null reverse-path.
TEST(AddressTest, ReadsNullReversePath) {
  Result<ParsedPath> path = parse_reverse_path("<> SIZE=10");
  ASSERT_TRUE(path.has_value());
  EXPECT_TRUE(path->address.is_null());
  EXPECT_EQ(path->length, 2u);
  EXPECT_EQ(path->address.to_path(), "<>");
  EXPECT_FALSE(parse_forward_path("<>").has_value());
}

// RFC 5321 section 4.5.1: postmaster without a domain, in any case.
TEST(AddressTest, ReadsPostmasterWithoutDomain) {
  Result<ParsedPath> path = parse_forward_path("<PostMaster> X");
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->address.local_part, "PostMaster");
  EXPECT_EQ(path->address.domain, "");
  EXPECT_EQ(path->length, 12u);
  EXPECT_FALSE(parse_reverse_path("<postmaster>").has_value());
  EXPECT_FALSE(parse_forward_path("<bob>").has_value());
}

// RFC 5321 section 4.1.1.3: a source route must be accepted and should be ignored.
TEST(AddressTest, DropsSourceRoutes) {
  Result<ParsedPath> path = parse_forward_path("<@a.example,@b.example:bob@c.example>");
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->address.to_string(), "bob@c.example");
  for (const char* bad : {"<@a.example bob@c>", "<@:bob@c>", "<@a,b:bob@c>", "<@a,:bob@c>"})
    EXPECT_FALSE(parse_forward_path(bad).has_value()) << bad;
}

TEST(AddressTest, RefusesMalformedPaths) {
  for (const char* bad :
       {"", "bob@c", "<bob@c", "<bob@c >", "< bob@c>", "<bob@>", "<@c>", "<bob@c..d>", "<b ob@c>",
        "<\"bob@c>", "<\"a\"b@c>", "<bob@[1.2.3]>", "<bob@[IPv6:1.2.3.4]>", "<bob@c\r>"})
    EXPECT_FALSE(parse_reverse_path(bad).has_value()) << bad;
}

TEST(AddressTest, SaysWhereItStopped) {
  Result<Address> address = parse_mailbox("bob@blue..com");
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().offset, 4u);
  EXPECT_EQ(address.error().what, "bad domain");
}

// RFC 5321 section 4.1.3: address literals.
TEST(AddressTest, ReadsAddressLiterals) {
  for (const char* good :
       {"[192.0.2.1]", "[IPv6:2001:db8::1]", "[ipv6:::]", "[IPv6:1:2:3:4:5:6:1.2.3.4]"})
    EXPECT_TRUE(is_address_literal(good)) << good;
  for (const char* bad :
       {"[]", "[192.0.2]", "[192.0.2.256]", "[192.0.2.1.1]", "[2001:db8::1]", "[IPv6:192.0.2.1]",
        "[IPv6:]", "[tag:x]", "192.0.2.1", "[IPv6:1:2:3:4:5:6:7::]"})
    EXPECT_FALSE(is_address_literal(bad)) << bad;
}

// RFC 5321 section 4.5.3.1.1: local-part of 64 octets.
TEST(AddressTest, LimitsTheLocalPart) {
  for (std::size_t length : {63u, 64u, 65u}) {
    EXPECT_EQ(parse_mailbox(repeated('a', length) + "@c.d").has_value(), length <= 64) << length;
    EXPECT_EQ(parse_mailbox('"' + repeated('a', length - 2) + "\"@c.d").has_value(), length <= 64)
        << length;
  }
}

// RFC 5321 section 4.5.3.1.2: domain of 255 octets.
TEST(AddressTest, LimitsTheDomain) {
  for (std::size_t length : {254u, 255u, 256u})
    EXPECT_EQ(is_domain(domain_of(length)), length <= 255) << length;
  EXPECT_TRUE(is_domain(repeated('a', 63)));
  EXPECT_FALSE(is_domain(repeated('a', 64)));
  EXPECT_FALSE(is_domain("a."));
  EXPECT_FALSE(is_domain("-a.b"));
  EXPECT_FALSE(is_domain("a-.b"));
  EXPECT_FALSE(is_domain(""));
}

// RFC 5321 section 4.5.3.1.3: path of 256 octets with its brackets.
TEST(AddressTest, LimitsThePath) {
  for (std::size_t length : {255u, 256u, 257u}) {
    std::string path = "<aaaaaaaaaa@" + domain_of(length - 13) + ">";
    ASSERT_EQ(path.size(), length);
    EXPECT_EQ(parse_forward_path(path).has_value(), length <= 256) << length;
    EXPECT_EQ(parse_mailbox(path.substr(1, length - 2)).has_value(), length <= 256) << length;
  }
}

// RFC 6531 section 3.3: UTF-8 in both halves only where SMTPUTF8 allows it.
TEST(AddressTest, TakesUtf8OnlyWhenAllowed) {
  AddressLimits limits;
  EXPECT_FALSE(parse_mailbox("j\xC3\xBCrgen@m\xC3\xBCller.de", limits).has_value());
  limits.utf8 = true;
  EXPECT_TRUE(parse_mailbox("j\xC3\xBCrgen@m\xC3\xBCller.de", limits).has_value());
}

// RFC 5322 section 4.4: comments and white space between the parts are no part of the address.
TEST(AddressTest, TakesCommentsOutOfAddrSpec) {
  Result<Address> address =
      parse_addr_spec("(x) pete (his \\) account) . \"a b\" @ (host) silly . test (end)");
  ASSERT_TRUE(address.has_value());
  EXPECT_EQ(address->local_part, "pete.a b");
  EXPECT_EQ(address->domain, "silly.test");
}

TEST(AddressTest, SurvivesDeepComments) {
  std::string deep = repeated('(', 100'000) + repeated(')', 100'000) + "a@b.c";
  EXPECT_TRUE(parse_addr_spec(deep).has_value());
  EXPECT_FALSE(parse_addr_spec(repeated('(', 100'000)).has_value());
}

}  // namespace
}  // namespace mailcosm::mail
