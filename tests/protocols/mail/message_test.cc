#include "protocols/mail/message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocols/mail/envelope.h"
#include "protocols/mail/keywords.h"
#include "protocols/mail/message_id.h"
#include "protocols/mail/message_writer.h"
#include "protocols/mail/mime.h"
#include "protocols/mail/received.h"

namespace mailcosm::mail {
namespace {

constexpr WallTime kNine{1'767'603'600'000'000'000};  // 2026-01-05 09:00:00 UTC

TEST(MessageTest, SharesItsContent) {
  auto content = Content("Message-ID: <1@a>\r\n\r\nhi\r\n");
  Message message = Message::parse(content);
  Message copy = message;
  EXPECT_EQ(copy.content().head().data(), content.head().data());
  EXPECT_EQ(copy.body(), "hi\r\n");
  EXPECT_EQ(copy.message_id(), "<1@a>");
  EXPECT_EQ(copy.header_text(), "Message-ID: <1@a>\r\n\r\n");
}

TEST(MessageTest, FindsTheMessageIdWithoutTheRest) {
  for (const char* text :
       {"Message-ID: <1@a>\r\n\r\nbody",
        "Subject: x\r\nmessage-id : <1@a>\r\nMessage-ID: <2@b>\r\n",
        "Subject: x\r\n\r\nMessage-ID: <1@a>\r\n", "no header\r\nMessage-ID: <1@a>\r\n\r\n", "",
        "Message-ID:\r\n <1\r\n @a>\r\n\r\n", "Message-ID: <>\r\nMessage-ID: <2@b>\r\n\r\n"}) {
    const Content content{std::string_view(text)};
    EXPECT_EQ(message_id_of(content), Message::parse(content).message_id()) << text;
  }
}

// RFC 5321 section 4.4: trace fields are put on top, and what is below stays as it was.
TEST(MessageTest, AddsFieldsOnTop) {
  Message message = Message::parse("Subject: x\r\n\r\nhi\r\n");
  Message traced = Message::parse(message.with_fields_on_top("Received: by b\r\n"));
  EXPECT_EQ(traced.content().text(), "Received: by b\r\nSubject: x\r\n\r\nhi\r\n");
  EXPECT_EQ(count_received(traced.header()), 1u);
}

TEST(MessageTest, KeepsABodyWithoutHeaderApart) {
  Message message = Message::parse(" looks like a fold\r\n");
  Message traced = Message::parse(message.with_fields_on_top("Received: by b\r\n"));
  EXPECT_EQ(traced.body(), " looks like a fold\r\n");
  EXPECT_EQ(traced.header().value_of("Received"), "by b");
}

TEST(MessageTest, TakesFieldsOut) {
  Message message =
      Message::parse("Bcc: a@b\r\nSubject: x\r\nbcc: c@d,\r\n e@f\r\n\r\nBcc: body\r\n");
  EXPECT_EQ(message.without_fields("BCC").text(), "Subject: x\r\n\r\nBcc: body\r\n");
  EXPECT_EQ(message.without_fields("To"), message.content());
}

TEST(MessageTest, TakesAnyOctets) {
  Message message = Message::parse(std::string("\0\xFF no header", 12));
  EXPECT_EQ(message.body().size(), 12u);
  EXPECT_EQ(message.message_id(), "");
}

// RFC 5322 section 3.6: the fields a client writes, and RFC 2045 section 4: MIME-Version.
TEST(MessageWriterTest, ComposesAMessage) {
  NamedAddress from{"Alice", {"alice", "red.com"}};
  NamedAddress to[] = {{"", {"bob", "blue.com"}}, {"Brown, Carol", {"carol", "blue.com"}}};
  MessageWriter writer;
  writer.date(kNine)
      .addresses("From", {&from, 1})
      .addresses("To", to)
      .field("Message-ID", make_message_id(kNine, 0x3f1c, "red.com"))
      .text_field("Subject", "Lunch?");
  EXPECT_EQ(writer.text_body("Hi Bob,\nlunch at noon?\n").take(),
            "Date: Mon, 5 Jan 2026 09:00:00 +0000\r\n"
            "From: Alice <alice@red.com>\r\n"
            "To: bob@blue.com, \"Brown, Carol\" <carol@blue.com>\r\n"
            "Message-ID: <20260105090000.0000000000003f1c@red.com>\r\n"
            "Subject: Lunch?\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=us-ascii\r\n"
            "Content-Transfer-Encoding: 7bit\r\n"
            "\r\n"
            "Hi Bob,\r\nlunch at noon?\r\n");
}

// RFC 2045 section 6: text that is not ASCII goes through a 7-bit transport unchanged.
TEST(MessageWriterTest, EncodesWhatSevenBitsCannotCarry) {
  std::string text =
      "Gr\xC3\xBC\xC3\x9F"
      "e\n\nfrom J\xC3\xBCrgen \n.\n" +
      std::string(1200, 'x') + "\n";
  MessageWriter writer;
  std::string message = writer
                            .text_field("Subject",
                                        "Gr\xC3\xBC\xC3\x9F"
                                        "e")
                            .text_body(text)
                            .take();
  for (char c : message) EXPECT_TRUE(static_cast<unsigned char>(c) < 128);
  MimeTree tree = MimeTree::parse(message);
  ASSERT_NE(tree.first_text(), nullptr);
  EXPECT_EQ(tree.text_of(*tree.first_text()), with_crlf(text));
}

TEST(MessageWriterTest, MakesLineEndsCrlf) {
  EXPECT_EQ(with_crlf("a\nb\r\nc\rd"), "a\r\nb\r\nc\r\nd\r\n");
  EXPECT_EQ(with_crlf(""), "");
  EXPECT_EQ(with_crlf("a\r\n"), "a\r\n");
}

// RFC 5321 section 4.4: the Time-stamp-line.
TEST(ReceivedTest, WritesAllClauses) {
  Received received;
  received.from = "mail.red.com";
  received.from_host = "mail.red.com";
  received.from_address = "192.0.2.1";
  received.by = "mx.blue.com";
  received.with = "ESMTP";
  received.id = "4B2C";
  received.for_address = {"bob", "blue.com"};
  received.date = kNine;
  std::string output;
  append_received(received, output);
  EXPECT_EQ(output,
            "Received: from mail.red.com (mail.red.com [192.0.2.1])\r\n"
            "\tby mx.blue.com with ESMTP id 4B2C\r\n"
            "\tfor <bob@blue.com>;\r\n"
            "\tMon, 5 Jan 2026 09:00:00 +0000\r\n");
  EXPECT_EQ(count_received(Header::parse(output)), 1u);
}

// RFC 5321 section 4.1.3: an IPv6 address is shown with its tag.
TEST(ReceivedTest, WritesIpv6AndLeavesClausesOut) {
  Received received;
  received.from = "[IPv6:2001:db8::1]";
  received.from_address = "2001:db8::1";
  received.by = "mx.blue.com";
  received.date = kNine;
  std::string output;
  append_received(received, output);
  EXPECT_EQ(output,
            "Received: from [IPv6:2001:db8::1] ([IPv6:2001:db8::1])\r\n"
            "\tby mx.blue.com;\r\n"
            "\tMon, 5 Jan 2026 09:00:00 +0000\r\n");
}

// RFC 5321 section 4.4: Return-path-line.
TEST(ReceivedTest, WritesTheReturnPath) {
  std::string output;
  append_return_path({"alice", "red.com"}, output);
  append_return_path({}, output);
  EXPECT_EQ(output, "Return-Path: <alice@red.com>\r\nReturn-Path: <>\r\n");
}

// RFC 5322 section 3.6.4: identifiers are unique and in angle brackets.
TEST(MessageIdTest, MakesAndReadsIdentifiers) {
  std::string id = make_message_id(kNine, 0x0123456789abcdef, "red.com");
  EXPECT_EQ(id, "<20260105090000.0123456789abcdef@red.com>");
  EXPECT_EQ(parse_message_ids(id), std::vector<std::string>{id});
}

// RFC 5322 section 4.5.4: phrases around identifiers mean nothing.
TEST(MessageIdTest, SkipsPhrasesAndComments) {
  EXPECT_EQ(parse_message_ids("Your mail \"<x@y>\" of (<c@d>) May <a@b> <1 @ 2 . 3>"),
            (std::vector<std::string>{"<a@b>", "<1@2.3>"}));
  EXPECT_EQ(parse_message_ids("<\"a b\"@[x]>"), std::vector<std::string>{"<\"a b\"@[x]>"});
  EXPECT_TRUE(parse_message_ids("<>").empty());
  EXPECT_EQ(parse_message_ids("<unclosed <a@b>"), std::vector<std::string>{"<a@b>"});
  EXPECT_EQ(parse_message_ids("word@x"), std::vector<std::string>{"<word@x>"});
}

TEST(MessageIdTest, LimitsTheirNumber) {
  std::string text = "<a@b><c@d><e@f>";
  for (std::size_t most : {2u, 3u, 4u})
    EXPECT_EQ(parse_message_ids(text, most).size(), std::min<std::size_t>(most, 3));
}

TEST(KeywordsTest, ReadsPhrases) {
  EXPECT_EQ(parse_keywords(" multi \r\n list, ,=?utf-8?q?a?= =?utf-8?q?b?=,"),
            (std::vector<std::string>{"multi list", "ab"}));
}

// RFC 3501 section 7.4.2: ENVELOPE.
TEST(EnvelopeTest, TakesSenderAndReplyToFromFrom) {
  std::string text =
      "Date: Thu, 15 Feb 2007 01:02:03 +0200\r\nFrom: Real Name <user@domain>\r\nSender: \r\n"
      "To: group: g1@d1.org, g2@d2.org;, <@route:u@d>\r\nCc: user@domain (Real Name)\r\nTo: "
      "last\r\n\r\n";
  Header header = Header::parse(text);
  Envelope envelope = make_envelope(header);
  EXPECT_EQ(envelope.date, "Thu, 15 Feb 2007 01:02:03 +0200");
  EXPECT_FALSE(envelope.subject.has_value());
  ASSERT_EQ(envelope.sender.size(), 1u);
  EXPECT_EQ(envelope.sender[0].name, "Real Name");
  EXPECT_EQ(envelope.reply_to[0].mailbox, "user");
  ASSERT_EQ(envelope.to.size(), 6u);
  EXPECT_EQ(envelope.to[0].mailbox, "group");
  EXPECT_FALSE(envelope.to[0].host.has_value());
  EXPECT_EQ(envelope.to[2].host, "d2.org");
  EXPECT_FALSE(envelope.to[3].mailbox.has_value());
  EXPECT_EQ(envelope.to[4].adl, "@route");
  EXPECT_EQ(envelope.to[5].mailbox, "last");
  EXPECT_EQ(envelope.cc[0].name, "Real Name");
  EXPECT_TRUE(envelope.bcc.empty());
}

}  // namespace
}  // namespace mailcosm::mail
