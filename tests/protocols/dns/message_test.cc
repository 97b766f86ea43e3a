#include "protocols/dns/message.h"

#include <gtest/gtest.h>

#include "protocols/dns/framing.h"
#include "protocols/dns/master_file.h"
#include "protocols/dns/message_view.h"
#include "protocols/dns/message_writer.h"

namespace mailcosm::dns {
namespace {

using namespace std::string_view_literals;

Record record_of(const std::string& line) { return parse_record(line).value(); }

Message sample() {
  Message message;
  message.header.id = 0x1234;
  message.header.response = true;
  message.header.authoritative = true;
  message.header.recursion_desired = true;
  message.questions.push_back({Name::of("blue.com"), Type::kMx, Class::kIn});
  message.answers = {record_of("blue.com. 300 IN MX 10 mx.blue.com."),
                     record_of("blue.com. 300 IN MX 20 mx2.blue.com.")};
  message.authorities = {record_of("blue.com. 60 IN NS ns.blue.com."),
                         record_of("blue.com. 60 IN SOA ns.blue.com. host.blue.com. 1 2 3 4 5")};
  message.additionals = {record_of("mx.blue.com. 300 IN A 192.0.2.1"),
                         record_of("mx.blue.com. 300 IN AAAA 2001:db8::1"),
                         record_of("x.blue.com. 1 IN TXT \"a\" \"b\""),
                         record_of("_s._t.blue.com. 1 IN SRV 1 2 3 mx.blue.com."),
                         record_of("x.blue.com. 1 IN TYPE731 \\# 2 ABCD")};
  message.edns = Edns{1232, 0, true, "\0\12\0\1x"};
  return message;
}

std::string wire_of(const Message& message, std::size_t octets_max = kMessageOctetsMax) {
  std::string bytes;
  message.write(bytes, octets_max);
  return bytes;
}

TEST(MessageTest, IsReadAsItWasWritten) {
  const Message written = sample();
  const Message read = Message::parse(wire_of(written)).value();
  EXPECT_EQ(read.header, written.header);
  EXPECT_EQ(read.questions, written.questions);
  EXPECT_EQ(read.answers, written.answers);
  EXPECT_EQ(read.authorities, written.authorities);
  EXPECT_EQ(read.additionals, written.additionals);
  EXPECT_EQ(read.edns, written.edns);
}

TEST(MessageTest, KeepsEveryHeaderBit) {
  // RFC 1035 section 4.1.1: the header's fields.
  for (int bit = 0; bit < 16; ++bit) {
    std::string bytes("\xab\xcd\0\0\0\0\0\0\0\0\0\0", 12);
    bytes[2] = static_cast<char>((1 << bit) >> 8);
    bytes[3] = static_cast<char>((1 << bit) & 0xff);
    if (bit == 6) continue;  // Z must be zero (RFC 1035 section 4.1.1)
    EXPECT_EQ(wire_of(Message::parse(bytes).value()), bytes) << bit;
  }
  EXPECT_EQ(Message::parse("\0\0\0\x40\0\0\0\0\0\0\0\0"sv).value().header, Header());
}

TEST(MessageTest, CompressesNames) {
  // RFC 1035 section 4.1.4: a pointer replaces the rest of a name that occurred before.
  const std::string bytes = wire_of(sample());
  // RFC 3597 section 4: names in the data of SRV are not compressed.
  EXPECT_NE(bytes.rfind("\2mx\4blue\3com\0"sv), std::string::npos);
  std::size_t spelled = 0;
  for (std::size_t at = bytes.find("\4blue"); at != std::string::npos;
       at = bytes.find("\4blue", at + 1))
    ++spelled;
  EXPECT_EQ(spelled, 2u);
}

TEST(MessageTest, RefusesEveryCut) {
  const std::string bytes = wire_of(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(Message::parse(std::string_view(bytes).substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(Message::parse(bytes + "x").has_value());
}

TEST(MessageTest, RefusesPointersThatDoNotLeadBack) {
  // RFC 1035 section 4.1.4: a pointer refers to a prior occurrence; so no name can make a reader
  // run for ever.
  const std::string_view header = "\0\0\0\0\0\1\0\0\0\0\0\0"sv;
  const std::string_view tail = "\0\1\0\1"sv;
  for (std::string_view name : {"\xc0\x0c"sv, "\xc0\x0e"sv, "\1a\xc0\x0c"sv, "\xc0\xff"sv,
                                "\x80\1"sv, "\x40\1"sv, "\xc0"sv}) {
    EXPECT_FALSE(
        Message::parse(std::string(header) + std::string(name) + std::string(tail)).has_value());
  }
  // A pointer to a pointer further back is fine.
  const std::string chain = std::string("\0\0\0\0\0\2\0\0\0\0\0\0"sv) + std::string("\1a\0"sv) +
                            std::string(tail) + std::string("\1b\xc0\x0c"sv) + std::string(tail);
  EXPECT_EQ(Message::parse(chain).value().questions[1].name, Name::of("b.a"));
}

TEST(MessageTest, HoldsNamesTo255OctetsThroughPointers) {
  std::string bytes("\0\0\0\0\0\2\0\0\0\0\0\0", 12);
  for (char c : {'a', 'b', 'c'}) bytes += std::string(1, 63) + std::string(63, c);
  bytes += std::string("\0\0\1\0\1"sv);
  const auto with_label = [&](std::size_t size) {
    return bytes + std::string(1, static_cast<char>(size)) + std::string(size, 'd') +
           std::string("\xc0\x0c\0\1\0\1"sv);
  };
  EXPECT_TRUE(Message::parse(with_label(60)).has_value());
  EXPECT_TRUE(Message::parse(with_label(61)).has_value());
  EXPECT_FALSE(Message::parse(with_label(62)).has_value());
}

TEST(MessageTest, RefusesDataThatDoesNotFitItsType) {
  Message message;
  message.answers = {record_of("a. 1 IN TYPE731 \\# 3 010203")};
  std::string bytes = wire_of(message);
  const std::size_t type_at = 12 + 3;
  EXPECT_EQ(static_cast<unsigned char>(bytes[type_at]) << 8 |
                static_cast<unsigned char>(bytes[type_at + 1]),
            731);
  for (Type type :
       {Type::kA, Type::kAaaa, Type::kMx, Type::kNs, Type::kSoa, Type::kSrv, Type::kTxt}) {
    bytes[type_at] = 0;
    bytes[type_at + 1] = static_cast<char>(type);
    EXPECT_FALSE(Message::parse(bytes).has_value()) << to_string(type);
  }
}

TEST(MessageTest, CountsAHugeTtlAsZero) {
  // RFC 2181 section 8: a TTL with the most significant bit set is treated as zero.
  Message message;
  message.answers = {record_of("a. 1 A 1.2.3.4")};
  message.answers[0].ttl = 0x80000000;
  EXPECT_EQ(Message::parse(wire_of(message)).value().answers[0].ttl, 0u);
  message.answers[0].ttl = 0x7fffffff;
  EXPECT_EQ(Message::parse(wire_of(message)).value().answers[0].ttl, 0x7fffffffu);
}

TEST(MessageTest, ReadsOneOptRecordAtMost) {
  // RFC 6891 section 6.1.1: at most one OPT, in the additional section.
  Message message;
  message.edns = Edns{4096, 0, false, {}};
  message.header.rcode = Rcode::kBadVers;
  std::string bytes = wire_of(message);
  EXPECT_EQ(Message::parse(bytes).value().header.rcode, Rcode::kBadVers);
  const std::string opt = bytes.substr(12);
  bytes[11] = 2;
  EXPECT_FALSE(Message::parse(bytes + opt).has_value());
  std::string in_answer = wire_of(message);
  in_answer[7] = 1;
  in_answer[11] = 0;
  EXPECT_FALSE(Message::parse(in_answer).has_value());
}

TEST(MessageTest, TruncatesWholeSets) {
  // RFC 2181 section 9: TC is set when a required RRset does not fit, and no part of it is sent.
  const Message message = sample();
  const std::size_t whole = wire_of(message).size();
  bool truncated_seen = false;
  for (std::size_t octets = 45; octets <= whole; ++octets) {
    const std::string bytes = wire_of(message, octets);
    ASSERT_LE(bytes.size(), octets);
    const Message read = Message::parse(bytes).value();
    EXPECT_TRUE(read.answers.empty() || read.answers.size() == 2);
    EXPECT_EQ(read.header.truncated, read.answers.size() + read.authorities.size() < 4) << octets;
    EXPECT_TRUE(read.edns.has_value());
    truncated_seen = truncated_seen || read.header.truncated;
  }
  EXPECT_TRUE(truncated_seen);
  EXPECT_FALSE(Message::parse(wire_of(message, whole)).value().header.truncated);
}

TEST(MessageTest, SumsItselfUp) {
  EXPECT_EQ(summary_of(wire_of(sample())),
            "response blue.com MX NOERROR aa rd: MX 10 mx.blue.com.; MX 20 mx2.blue.com. (2 "
            "authority, 5 additional)");
  std::string query;
  write_query(1, {Name::of("blue.com"), Type::kMx, Class::kIn}, true, 1232, query);
  EXPECT_EQ(summary_of(query), "query blue.com MX rd");
  EXPECT_EQ(summary_of("abc"), "malformed: message is shorter than its header at octet 2");
  Message referral;
  referral.header.response = true;
  referral.questions.push_back({Name::of("mx.blue.com"), Type::kA, Class::kIn});
  referral.authorities = {record_of("blue.com. 60 IN NS ns.blue.com.")};
  EXPECT_EQ(summary_of(wire_of(referral)),
            "response mx.blue.com A NOERROR, referral to blue.com: NS ns.blue.com. (1 authority, 0 "
            "additional)");
  EXPECT_NE(sample().to_text().find(";; ANSWER:\nblue.com. 300 IN MX 10 mx.blue.com.\n"),
            std::string::npos);
}

TEST(StreamFramerTest, CutsAStreamAtEveryPosition) {
  // RFC 1035 section 4.2.2: a two octet length before each message.
  std::string stream;
  append_framed("first", stream);
  append_framed("", stream);
  append_framed(std::string(300, 'x'), stream);
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    StreamFramer framer;
    std::vector<std::string> messages;
    for (std::string_view part :
         {std::string_view(stream).substr(0, cut), std::string_view(stream).substr(cut)}) {
      framer.receive(part);
      while (const auto message = framer.next()) messages.emplace_back(*message);
    }
    EXPECT_EQ(messages, (std::vector<std::string>{"first", "", std::string(300, 'x')})) << cut;
    EXPECT_TRUE(framer.empty());
  }
}

}  // namespace
}  // namespace mailcosm::dns
