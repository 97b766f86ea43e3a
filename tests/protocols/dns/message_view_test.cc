#include "protocols/dns/message_view.h"

#include <gtest/gtest.h>

#include "protocols/dns/master_file.h"
#include "protocols/dns/message_writer.h"
#include "tests/support/allocations.h"

namespace mailcosm::dns {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string u16(std::size_t value) {
  return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
}

std::string header(std::size_t questions, std::size_t answers, std::size_t additionals = 0) {
  return u16(7) + u16(0x8180) + u16(questions) + u16(answers) + u16(0) + u16(additionals);
}

std::string fields(Type type, std::uint32_t ttl, std::string_view rdata) {
  return u16(static_cast<std::size_t>(type)) + u16(1) + u16(ttl >> 16) + u16(ttl & 0xffff) +
         u16(rdata.size()) + std::string(rdata);
}

std::string pointer(std::size_t target) { return u16(0xc000 | target); }

// What a mail server gets: MX with addresses, SOA, OPT; all names compressed.
std::string mail_answer() {
  Message message;
  message.header.response = true;
  message.questions.push_back({Name::of("Host1.dept2.Blue.com"), Type::kMx, Class::kIn});
  const auto records = parse_master_file(
      "Host1.dept2.Blue.com. 3600 MX 10 mx0.Host1.dept2.Blue.com.\n"
      "Host1.dept2.Blue.com. 3600 MX 20 mx1.Host1.dept2.Blue.com.\n"
      "Host1.dept2.Blue.com. 900 SOA ns0.dept2.Blue.com. hostmaster.ns0.dept2.Blue.com. 1 2 3 4 5\n"
      "mx0.Host1.dept2.Blue.com. 3600 A 192.0.2.1\n"
      "mx1.Host1.dept2.Blue.com. 3600 AAAA 2001:db8::1\n"
      "_s._t.dept2.Blue.com. 3600 SRV 1 2 3 mx1.Host1.dept2.Blue.com.\n");
  EXPECT_TRUE(records.has_value());
  message.answers.assign(records->begin(), records->begin() + 2);
  message.authorities.assign(records->begin() + 2, records->begin() + 3);
  message.additionals.assign(records->begin() + 3, records->end());
  message.edns = Edns{1400, 0, true, "\0\12\0\1x"s};
  std::string bytes;
  message.write(bytes);
  return bytes;
}

TEST(MessageViewTest, ReadsAllSections) {
  const std::string bytes = mail_answer();
  const MessageView view(bytes);
  ASSERT_TRUE(view.valid()) << view.error().what;
  ASSERT_EQ(view.questions().size(), 1u);
  EXPECT_EQ(view.questions()[0].name.to_string(), "Host1.dept2.Blue.com.");
  ASSERT_EQ(view.answers().size(), 2u);
  EXPECT_EQ(view.answers()[1].owner.to_string(), "Host1.dept2.Blue.com.");
  EXPECT_EQ(mx_of(view.answers()[1].rdata)->exchange.to_string(), "mx1.Host1.dept2.Blue.com.");
  ASSERT_EQ(view.authorities().size(), 1u);
  const auto soa = soa_of(view.authorities()[0].rdata);
  ASSERT_TRUE(soa.has_value());
  EXPECT_EQ(soa->rname.to_string(), "hostmaster.ns0.dept2.Blue.com.");
  EXPECT_EQ(soa->minimum, 5u);
  ASSERT_EQ(view.additionals().size(), 3u);
  EXPECT_EQ(view.additionals()[1].owner.to_string(), "mx1.Host1.dept2.Blue.com.");
  EXPECT_EQ(address_of(view.additionals()[1])->to_string(), "2001:db8::1");
  ASSERT_TRUE(view.edns().has_value());
  EXPECT_EQ(view.edns()->udp_octets, 1400);
  EXPECT_TRUE(view.edns()->dnssec_ok);
  EXPECT_EQ(view.edns()->options, "\0\12\0\1x"sv);
}

TEST(MessageViewTest, NeedsNoHeapForUsualMessages) {
  const std::string bytes = mail_answer();
  const test::AllocationCounter counter;
  std::size_t records = 0;
  for (int i = 0; i < 100; ++i) {
    const MessageView view(bytes);
    records += view.answers().size() + view.additionals().size();
  }
  EXPECT_EQ(records, 500u);
  EXPECT_EQ(counter.count(), 0u);
}

TEST(MessageViewTest, CopiesNothingThatIsNotCompressed) {
  const std::string bytes = header(1, 1) + std::string("\1a\0"sv) + u16(15) + u16(1) + pointer(12) +
                            fields(Type::kMx, 60, "\0\12\2mx\1a\0"sv);
  const MessageView view(bytes);
  ASSERT_TRUE(view.valid());
  EXPECT_EQ(view.questions()[0].name.wire().data(), bytes.data() + 12);
  EXPECT_EQ(view.answers()[0].owner.wire().data(), bytes.data() + 12);
  EXPECT_EQ(view.answers()[0].rdata.data(), bytes.data() + bytes.size() - 8);
}

TEST(MessageViewTest, ReadsNothingPastACutAndKeepsWhatWasBefore) {
  const std::string bytes = mail_answer();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy of its own, so that a sanitizer sees each octet read behind it.
    const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const MessageView view({cut.data(), cut.size()});
    EXPECT_FALSE(view.valid()) << size;
    EXPECT_LE(view.error().offset, size);
    EXPECT_EQ(view.has_header(), size >= kHeaderOctets);
    const bool question = size >= 12 + 22 + 4;
    EXPECT_EQ(view.questions().size(), question ? 1u : 0u) << size;
  }
}

TEST(MessageViewTest, BelievesNoCountInTheHeader) {
  // RFC 1035 section 4.1.1: counts are 16 bits; few octets cannot hold so many records.
  const std::string bytes = u16(1) + u16(0) + u16(65535) + u16(65535) + u16(65535) + u16(65535);
  const MessageView view(bytes);
  EXPECT_FALSE(view.valid());
  EXPECT_EQ(view.questions_announced(), 65535u);
  EXPECT_TRUE(view.questions().empty());
  EXPECT_TRUE(view.answers().empty());
}

TEST(MessageViewTest, FollowsAsManyPointersAsANameCanHaveLabels) {
  // RFC 1035 section 4.1.4: a pointer may lead to a pointer. 128 of them in a row are followed.
  const auto chain = [](std::size_t pointers) {
    std::string data = "\1a"s + std::string(1, '\0');
    std::size_t target = 12 + 1 + 10;  // the root owns the first record
    for (std::size_t i = 1; i < pointers; ++i) {
      const std::size_t here = 12 + 1 + 10 + data.size();
      data += pointer(target);
      target = here;
    }
    return header(0, 2) + std::string(1, '\0') + fields(static_cast<Type>(700), 1, data) +
           pointer(target) + fields(Type::kA, 1, "\1\2\3\4");
  };
  for (std::size_t pointers : {1u, 2u, 127u, 128u}) {
    const std::string bytes = chain(pointers);
    const MessageView view(bytes);
    ASSERT_TRUE(view.valid()) << pointers;
    EXPECT_EQ(view.answers()[1].owner.to_string(), "a.");
  }
  EXPECT_FALSE(MessageView(chain(129)).valid());
}

TEST(MessageViewTest, ReadsManyLongNames) {
  // More than the room inside the view holds: each owner is a label and 250 octets by pointer.
  std::string name;
  for (int i = 0; i < 4; ++i)
    name += std::string(1, 59) + std::string(59, static_cast<char>('a' + i));
  const std::size_t count = 300;
  std::string bytes = header(1, count) + name + std::string(1, '\0') + u16(15) + u16(1);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string label = "\3" + std::to_string(100 + i);
    bytes += label + pointer(12) + fields(Type::kMx, 1, std::string("\0\1\2xy"sv) + pointer(12));
  }
  const MessageView view(bytes);
  ASSERT_TRUE(view.valid()) << view.error().what;
  ASSERT_EQ(view.answers().size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    const RecordView& record = view.answers()[i];
    EXPECT_EQ(record.owner.first_label(), std::to_string(100 + i));
    EXPECT_EQ(record.owner.parent(), view.questions()[0].name);
    EXPECT_EQ(mx_of(record.rdata)->exchange.first_label(), "xy");
    EXPECT_EQ(mx_of(record.rdata)->exchange.parent(), view.questions()[0].name);
  }
}

TEST(MessageViewTest, HoldsCompressedNamesTo255Octets) {
  // RFC 1035 section 2.3.4: at most 255 octets, counted when the name is whole.
  std::string name;
  for (int i = 0; i < 4; ++i) name += std::string(1, 59) + std::string(59, 'x');
  const auto with = [&](std::size_t label) {
    return header(1, 1) + name + std::string(1, '\0') + u16(15) + u16(1) +
           std::string(1, static_cast<char>(label)) + std::string(label, 'y') + pointer(12) +
           fields(Type::kA, 1, "\1\2\3\4");
  };
  EXPECT_TRUE(MessageView(with(12)).valid());
  EXPECT_TRUE(MessageView(with(13)).valid());
  EXPECT_FALSE(MessageView(with(14)).valid());
}

TEST(MessageViewTest, RefusesPointersThatDoNotLeadBack) {
  // RFC 1035 section 4.1.4: a pointer refers to a prior occurrence of the name.
  const auto owned_by = [](std::string_view owner) {
    return header(1, 1) + std::string("\1a\0"sv) + u16(15) + u16(1) + std::string(owner) +
           fields(Type::kA, 1, "\1\2\3\4");
  };
  EXPECT_TRUE(MessageView(owned_by("\xc0\x0c"sv)).valid());
  EXPECT_TRUE(MessageView(owned_by("\1b\xc0\x0c"sv)).valid());
  for (std::string_view owner : {"\xc0\x13"sv, "\1b\xc0\x13"sv, "\xc0\x14"sv, "\xff\xff"sv,
                                 "\x80\x0c"sv, "\x40\x0c"sv, "\1b\x80\x0c"sv}) {
    EXPECT_FALSE(MessageView(owned_by(owner)).valid());
  }
}

TEST(MessageViewTest, DemandsTheFormOfEachType) {
  const auto with = [](Type type, std::string_view rdata) {
    return MessageView(header(0, 1) + std::string(1, '\0') + fields(type, 1, rdata)).valid();
  };
  EXPECT_TRUE(with(Type::kA, "\1\2\3\4"));
  EXPECT_FALSE(with(Type::kA, "\1\2\3"));
  EXPECT_FALSE(with(Type::kA, "\1\2\3\4\5"));
  EXPECT_FALSE(with(Type::kAaaa, "\1\2\3\4"));
  EXPECT_TRUE(with(Type::kNs, "\1a\0"sv));
  EXPECT_FALSE(with(Type::kNs, ""));
  EXPECT_FALSE(with(Type::kNs, "\1a\0x"sv));
  EXPECT_FALSE(with(Type::kNs, "\1a"));
  EXPECT_TRUE(with(Type::kMx, "\0\1\1a\0"sv));
  EXPECT_FALSE(with(Type::kMx, "\0\1"sv));
  EXPECT_FALSE(with(Type::kMx, "\0\1\1a\0x"sv));
  EXPECT_TRUE(with(Type::kTxt, "\1a\0"sv));
  EXPECT_FALSE(with(Type::kTxt, ""));
  EXPECT_FALSE(with(Type::kTxt, "\2a"));
  EXPECT_TRUE(with(Type::kSoa, std::string("\0\0"sv) + std::string(20, 'n')));
  EXPECT_FALSE(with(Type::kSoa, std::string("\0\0"sv) + std::string(19, 'n')));
  EXPECT_FALSE(with(Type::kSoa, std::string("\0\0"sv) + std::string(21, 'n')));
  EXPECT_TRUE(with(Type::kSrv, "\0\1\0\2\0\3\1a\0"sv));
  EXPECT_TRUE(with(Type::kTlsa, "\1\2\3rest"));
  EXPECT_FALSE(with(Type::kTlsa, "\1\2"));
  EXPECT_TRUE(with(static_cast<Type>(731), ""));
}

TEST(MessageViewTest, CountsATopBitTtlAsZero) {
  // RFC 2181 section 8: implementations should treat TTL values with the top bit set as zero.
  const std::string bytes = header(0, 2) + std::string(1, '\0') +
                            fields(Type::kA, 0x7fffffff, "\1\2\3\4") + std::string(1, '\0') +
                            fields(Type::kA, 0x80000000, "\1\2\3\4");
  const MessageView view(bytes);
  ASSERT_TRUE(view.valid());
  EXPECT_EQ(view.answers()[0].ttl, 0x7fffffffu);
  EXPECT_EQ(view.answers()[1].ttl, 0u);
}

TEST(MessageWriterTest, ForgetsNamesThatWereTakenBack) {
  // A pointer to a name of a record that is no longer there would be nonsense.
  std::string bytes;
  MessageWriter writer(bytes, 512);
  writer.add_question(Name::of("blue.com"), Type::kMx, Class::kIn);
  const MessageWriter::Mark mark = writer.mark();
  const Name mx = Name::of("mx.blue.com");
  const std::string rdata = "\0\1"s + std::string(mx.wire());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(writer.add_record(Section::kAnswer, Name::of("blue.com"), Type::kMx, Class::kIn, 60,
                                  rdata));
    if (i < 2) writer.rewind(mark);
  }
  ASSERT_TRUE(writer.add_record(Section::kAdditional, mx, Type::kA, Class::kIn, 60, "\1\2\3\4"));
  writer.finish(Header());
  const MessageView view(bytes);
  ASSERT_TRUE(view.valid()) << view.error().what;
  ASSERT_EQ(view.answers().size(), 1u);
  EXPECT_EQ(mx_of(view.answers()[0].rdata)->exchange, mx.view());
  EXPECT_EQ(view.additionals()[0].owner, mx.view());
  EXPECT_EQ(bytes.size(), 12u + 10 + 4 + (2 + 10 + 2 + 3 + 2) + (2 + 10 + 4));
}

TEST(MessageWriterTest, AppendsBehindWhatIsThere) {
  std::string bytes = "before";
  for (int i = 0; i < 2; ++i) {
    const std::size_t start = bytes.size();
    MessageWriter writer(bytes, 512);
    writer.add_question(Name::of("a.b"), Type::kA, Class::kIn);
    writer.add_record(Section::kAnswer, Name::of("c.a.b"), Type::kA, Class::kIn, 60, "\1\2\3\4");
    writer.finish(Header());
    EXPECT_EQ(bytes.size() - start, 12u + 5 + 4 + 4 + 10 + 4);
    EXPECT_TRUE(MessageView(std::string_view(bytes).substr(start)).valid());
  }
  EXPECT_TRUE(bytes.starts_with("before"));
}

TEST(MessageWriterTest, PreservesTheCaseOfNames) {
  // RFC 4343 section 4.1: names of another case are written as they are, not as pointers.
  std::string bytes;
  MessageWriter writer(bytes, 512);
  writer.add_question(Name::of("blue.com"), Type::kA, Class::kIn);
  writer.add_record(Section::kAnswer, Name::of("Blue.com"), Type::kA, Class::kIn, 60, "\1\2\3\4");
  writer.finish(Header());
  const MessageView view(bytes);
  ASSERT_TRUE(view.valid());
  EXPECT_EQ(view.answers()[0].owner.to_string(), "Blue.com.");
}

TEST(MessageWriterTest, StopsAtItsLimit) {
  // RFC 1035 section 4.2.1: a message over UDP has at most 512 octets.
  const std::string rdata(100, 'x');
  const std::size_t whole = 12 + 4 + 10 + rdata.size();  // "ab." owns one record
  for (std::size_t limit : {whole - 1, whole, whole + 1}) {
    std::string bytes;
    MessageWriter writer(bytes, limit);
    const bool fits = writer.add_record(Section::kAnswer, Name::of("ab"), static_cast<Type>(731),
                                        Class::kIn, 60, rdata);
    EXPECT_EQ(fits, limit >= whole);
    writer.finish(Header());
    EXPECT_EQ(bytes.size(), fits ? whole : 12u);
    EXPECT_TRUE(MessageView(bytes).valid());
  }
}

}  // namespace
}  // namespace mailcosm::dns
