#include "protocols/mail/header.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm::mail {
namespace {

// RFC 5322 section 2.1: the header section ends at the first empty line.
TEST(HeaderTest, EndsAtTheEmptyLine) {
  std::string text = "From: a@b\r\nSubject: one\r\n two\r\n\r\nbody\r\n";
  Header header = Header::parse(text);
  ASSERT_EQ(header.fields().size(), 2u);
  EXPECT_EQ(header.size(), text.find("body"));
  EXPECT_TRUE(header.has_empty_line());
  EXPECT_TRUE(header.well_formed());
  EXPECT_EQ(header.fields()[1].raw, "Subject: one\r\n two\r\n");
  EXPECT_EQ(header.fields()[1].body, " one\r\n two");
  EXPECT_EQ(header.value_of("SUBJECT"), "one two");
  EXPECT_EQ(header.find("To"), nullptr);
}

// RFC 5322 section 4.5: white space before the colon.
TEST(HeaderTest, ReadsWhiteSpaceBeforeTheColon) {
  Header header = Header::parse("Subject \t: x\r\n\r\n");
  ASSERT_EQ(header.fields().size(), 1u);
  EXPECT_EQ(header.fields()[0].name, "Subject");
  EXPECT_EQ(header.value_of("Subject"), "x");
}

TEST(HeaderTest, LetsAMalformedLineStartTheBody) {
  std::string text = "A: 1\r\nno field here\r\nB: 2\r\n\r\n";
  Header header = Header::parse(text);
  EXPECT_EQ(header.fields().size(), 1u);
  EXPECT_EQ(header.size(), 6u);
  EXPECT_FALSE(header.well_formed());
  HeaderLimits limits;
  limits.skip_malformed_lines = true;
  header = Header::parse(text, limits);
  EXPECT_EQ(header.fields().size(), 2u);
  EXPECT_EQ(header.size(), text.size());
  EXPECT_FALSE(header.well_formed());
}

// RFC 5321 section 2.3.8: a bare CR or LF ends no line.
TEST(HeaderTest, TakesBareLineEndsForText) {
  Header header = Header::parse("A: 1\nB: 2\rC: 3\r\n\n\r\n\r\n");
  ASSERT_EQ(header.fields().size(), 1u);
  EXPECT_EQ(header.fields()[0].body, " 1\nB: 2\rC: 3");
}

TEST(HeaderTest, ReadsWhatHasNoEnd) {
  for (const char* text :
       {"", "A", "A:", "A: 1", "A: 1\r", "A: 1\r\n", "A: 1\r\n ", ":", "\r", "\r\n"})
    EXPECT_LE(Header::parse(text).size(), std::string_view(text).size());
  EXPECT_EQ(Header::parse("A: 1").value_of("A"), "1");
  EXPECT_EQ(Header::parse("\r\nA: 1").size(), 2u);
}

TEST(HeaderTest, LimitsItsSizeAndFields) {
  std::string text = "A: 1\r\nB: 2\r\nC: 3\r\n\r\n";
  HeaderLimits limits;
  for (std::size_t most : {2u, 3u, 4u}) {
    limits.fields_max = most;
    EXPECT_EQ(Header::parse(text, limits).fields().size(), std::min<std::size_t>(most, 3));
  }
  limits = {};
  for (std::size_t most : {11u, 12u, 13u}) {
    limits.size_max = most;
    EXPECT_LE(Header::parse(text, limits).size(), most);
  }
}

// RFC 5322 section 2.2.3: unfolding removes the CRLF only.
TEST(HeaderTest, UnfoldsWithoutTouchingWhiteSpace) {
  EXPECT_EQ(unfold("a\r\n b\r\n\tc\r\nd"), "a b\tc\r\nd");
  EXPECT_EQ(unfold("a\r\n"), "a\r\n");
}

// RFC 5322 section 2.1.1: lines of at most 78 characters where possible, never more than 998.
TEST(HeaderTest, FoldsLongFields) {
  std::string value;
  for (int i = 0; i < 60; ++i) value += (i ? " " : "") + std::string("word") + std::to_string(i);
  std::string output;
  append_field("Subject", value, output);
  Header header = Header::parse(output);
  EXPECT_EQ(header.value_of("Subject"), value);
  std::string_view rest = output;
  while (!rest.empty()) {
    std::size_t end = rest.find("\r\n");
    EXPECT_LE(end, kLineLengthWanted);
    rest.remove_prefix(end + 2);
  }
}

TEST(HeaderTest, FoldsAtTheExactLength) {
  for (std::size_t length : {77u, 78u, 79u}) {
    std::string value = std::string(length - 6, 'a') + " bb";  // "X: " and " bb" make `length`
    std::string output;
    append_field("X", value, output);
    EXPECT_EQ(output.find("\r\n ") != std::string::npos, length > 78) << length;
    EXPECT_EQ(Header::parse(output).value_of("X"), value);
  }
}

TEST(HeaderTest, CutsWordsLongerThanALine) {
  std::string output;
  append_field("X", std::string(3000, 'a'), output);
  std::string_view rest = output;
  while (!rest.empty()) {
    std::size_t end = rest.find("\r\n");
    EXPECT_LE(end, kLineLengthMax);
    rest.remove_prefix(end + 2);
  }
  EXPECT_EQ(Header::parse(output).fields().size(), 1u);
}

TEST(HeaderTest, NeverFoldsIntoALineOfBlanks) {
  std::string output;
  append_field("X", std::string(90, ' ') + "a" + std::string(90, ' '), output);
  EXPECT_EQ(output.find("\r\n \r\n"), std::string::npos);
  EXPECT_EQ(Header::parse(output).fields().size(), 1u);
}

TEST(HeaderTest, LetsNoValueAddAField) {
  std::string output;
  append_field("Subject", "hello\r\nBcc: eve@evil.example\r\n\r\nbody", output);
  Header header = Header::parse(output);
  EXPECT_EQ(header.fields().size(), 1u);
  EXPECT_EQ(header.size(), output.size());
}

}  // namespace
}  // namespace mailcosm::mail
