#include "protocols/dns/master_file.h"

#include <gtest/gtest.h>

namespace mailcosm::dns {
namespace {

std::string parse_to_text(std::string_view text, const MasterFileOptions& options = {}) {
  const auto records = parse_master_file(text, options);
  if (!records) return records.error().what;
  std::string output;
  for (const Record& record : *records) output += record.to_string() + "\n";
  return output;
}

TEST(MasterFileTest, ReadsAWholeZone) {
  // RFC 1035 section 5.1: the format, along the example of section 5.3.
  EXPECT_EQ(
      parse_to_text("$ORIGIN blue.com.\n"
                    "$TTL 1h\n"
                    "@   IN  SOA     VENERA      Action\\.domains (\n"
                    "                            20     ; SERIAL\n"
                    "                            7200 600 3600000 60) ; the rest\n"
                    "\n"
                    "        NS      A.ISI.EDU.\n"
                    "        NS      venera\n"
                    "        MX      10      VENERA\r\n"
                    "; a comment alone\n"
                    "A       A       26.3.0.103\n"
                    "v6 AAAA 2001:db8::1\n"
                    "text TXT \"two words\" one \"; no comment \\\" \\065\"\n"
                    "_sip._tcp SRV 1 2 5060 a"),
      "blue.com. 3600 IN SOA VENERA.blue.com. Action\\.domains.blue.com. 20 7200 600 3600000 60\n"
      "blue.com. 3600 IN NS A.ISI.EDU.\n"
      "blue.com. 3600 IN NS venera.blue.com.\n"
      "blue.com. 3600 IN MX 10 VENERA.blue.com.\n"
      "A.blue.com. 3600 IN A 26.3.0.103\n"
      "v6.blue.com. 3600 IN AAAA 2001:db8::1\n"
      "text.blue.com. 3600 IN TXT \"two words\" \"one\" \"; no comment \\\" A\"\n"
      "_sip._tcp.blue.com. 3600 IN SRV 1 2 5060 a.blue.com.\n");
}

TEST(MasterFileTest, TakesTtlAndClassInEitherOrder) {
  // RFC 1035 section 5.1: [<TTL>] [<class>] <type> <RDATA> or [<class>] [<TTL>] <type> <RDATA>.
  for (const char* line : {"a. 300 IN A 1.2.3.4", "a. IN 300 A 1.2.3.4", "a. 5m in a 1.2.3.4",
                           "a. CLASS1 300 TYPE1 1.2.3.4"}) {
    EXPECT_EQ(parse_to_text(line), "a. 300 IN A 1.2.3.4\n");
  }
  EXPECT_EQ(parse_to_text("a. 1w2d3h4m5s IN A 1.2.3.4"), "a. 788645 IN A 1.2.3.4\n");
  EXPECT_EQ(parse_to_text("IN. IN 300 NS A."), "IN. 300 IN NS A.\n");
}

TEST(MasterFileTest, ChoosesTheTtlByRfc2308) {
  // RFC 2308 section 4: $TTL is the default for what follows it.
  EXPECT_EQ(
      parse_to_text("$TTL 10\na. A 1.2.3.4\nb. 20 A 1.2.3.4\nc. A 1.2.3.4\n$TTL 30\nd. A 1.2.3.4"),
      "a. 10 IN A 1.2.3.4\nb. 20 IN A 1.2.3.4\nc. 10 IN A 1.2.3.4\nd. 30 IN A 1.2.3.4\n");
  // RFC 1035 section 5.1: omitted TTLs take the last one stated.
  EXPECT_EQ(parse_to_text("a. 20 A 1.2.3.4\nb. A 1.2.3.4"),
            "a. 20 IN A 1.2.3.4\nb. 20 IN A 1.2.3.4\n");
  EXPECT_EQ(parse_to_text("a. SOA b. c. 1 2 3 4 5\n A 1.2.3.4"),
            "a. 5 IN SOA b. c. 1 2 3 4 5\na. 5 IN A 1.2.3.4\n");
  EXPECT_EQ(parse_to_text("a. A 1.2.3.4"), "line 1: TTL is missing and there is no $TTL");
}

TEST(MasterFileTest, ReadsUnknownTypes) {
  // RFC 3597 section 5: TYPE731, and \# with length and hexadecimal data for every type.
  EXPECT_EQ(parse_to_text("a. 1 IN TYPE731 \\# 6 abcd ( ef 01\n 23 45 )"),
            "a. 1 IN TYPE731 \\# 6 ABCDEF012345\n");
  EXPECT_EQ(parse_to_text("a. 1 IN A \\# 4 0A000001"), "a. 1 IN A 10.0.0.1\n");
  EXPECT_EQ(parse_to_text("a. 1 IN TYPE731 \\# 0"), "a. 1 IN TYPE731 \\# 0\n");
  EXPECT_EQ(parse_to_text("a. 1 IN TYPE731 \\# 3 abcd"),
            "line 1: data does not have the length stated");
  EXPECT_EQ(parse_to_text("a. 1 IN A \\# 3 abcdef"),
            "line 1: data does not have the form of its type");
  EXPECT_EQ(parse_to_text("a. 1 IN TYPE731 abcd"),
            "line 1: data of TYPE731 must be written as \\# length hex");
}

TEST(MasterFileTest, NamesTheLineOfAnError) {
  const std::pair<const char*, const char*> cases[] = {
      {"$TTL 1\na. A 1.2.3.4\nb. A 1.2.3\n", "line 3: '1.2.3' is not an IPv4 address"},
      {"$TTL 1\na. MX 70000 b.", "line 2: '70000' is not a number up to 65535"},
      {"$TTL 1\na. MX 10", "line 2: data of MX is incomplete"},
      {"$TTL 1\na. MX", "line 2: data of MX is missing"},
      {"$TTL 1\na.", "line 2: record type is missing"},
      {"$TTL 1\na. A 1.2.3.4 5", "line 2: '5' follows the data"},
      {"$TTL 1\na. WHAT 1.2.3.4", "line 2: unknown record type 'WHAT'"},
      {"$TTL 1\na. ANY 1.2.3.4", "line 2: ANY cannot stand in a zone"},
      {"$TTL 1\na A 1.2.3.4", "line 2: 'a' is relative and there is no $ORIGIN"},
      {"$TTL 1\n A 1.2.3.4", "line 2: the first record has no owner"},
      {"$TTL 1x", "line 1: '1x' is not a TTL"},
      {"$TTL 2147483648", "line 1: '2147483648' is not a TTL"},
      {"$TTL", "line 1: $TTL takes one value"},
      {"$INCLUDE f", "line 1: $INCLUDE is not allowed here"},
      {"$WHAT f", "line 1: unknown directive '$WHAT'"},
      {"$TTL 1\n\na. TXT (\n \"x\"\n", "line 3: '(' is not closed"},
      {"a. 1 A 1.2.3.4 )", "line 1: ')' without '('"},
      {"a. 1 A ( ( 1.2.3.4 ) )", "line 1: parentheses do not nest"},
      {"a. 1 TXT \"x\ny\"", "line 1: quoted string does not end"},
      {"a. 1 TXT \"x\\", "line 1: quoted string does not end"},
      {"a..b. 1 A 1.2.3.4", "line 1: label is empty"},
  };
  for (const auto& [text, error] : cases) EXPECT_EQ(parse_to_text(text), error) << text;
}

TEST(MasterFileTest, HoldsCharacterStringsTo255Octets) {
  // RFC 1035 section 3.3: a character-string has at most 255 octets.
  EXPECT_TRUE(parse_record("a. 1 TXT " + std::string(254, 'x')).has_value());
  EXPECT_TRUE(parse_record("a. 1 TXT " + std::string(255, 'x')).has_value());
  EXPECT_FALSE(parse_record("a. 1 TXT " + std::string(256, 'x')).has_value());
}

TEST(MasterFileTest, HoldsTheNumberOfRecords) {
  MasterFileOptions options;
  options.records_max = 2;
  EXPECT_TRUE(parse_master_file("a. 1 A 1.2.3.4\na. 1 A 1.2.3.5\n", options).has_value());
  EXPECT_EQ(parse_to_text("a. 1 A 1.2.3.4\na. 1 A 1.2.3.5\na. 1 A 1.2.3.6", options),
            "line 3: too many records");
}

TEST(MasterFileTest, ReadsWhatItWrites) {
  for (const char* line :
       {"\\000\\.x.a. 1 IN TXT \"\" \"a\\\\b\\\"c\\200\"", ". 1 IN NS a.", "a. 1 IN DS 1 2 3 AABB",
        "a. 1 IN DNAME b.", "_25._tcp.a. 0 IN TLSA 3 1 1 00FF", "a. 1 IN SPF \"v=spf1 -all\""}) {
    EXPECT_EQ(parse_to_text(line), std::string(line) + "\n");
  }
}

}  // namespace
}  // namespace mailcosm::dns
