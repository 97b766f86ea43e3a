#include "protocols/mail/content_type.h"

#include <gtest/gtest.h>

#include <string>

namespace mailcosm::mail {
namespace {

// RFC 2045 section 5.1: types and parameter names are read in any case.
TEST(ContentTypeTest, ReadsTypeAndParameters) {
  auto type = parse_content_type("Text/HTML (comment); Charset=\"UTF-8\" ; format=flowed");
  ASSERT_TRUE(type.has_value());
  EXPECT_TRUE(type->is("text", "html"));
  EXPECT_EQ(type->charset(), "utf-8");
  EXPECT_EQ(*type->parameters.find("format"), "flowed");
  EXPECT_EQ(type->parameters.raw[0].first, "Charset");
  EXPECT_EQ(type->parameters.raw[0].second, "UTF-8");
}

// RFC 2045 section 5.2: the default is text/plain; charset=us-ascii.
TEST(ContentTypeTest, HasDefaults) {
  ContentType type;
  EXPECT_TRUE(type.is("text", "plain"));
  EXPECT_EQ(type.charset(), "us-ascii");
  EXPECT_EQ(type.boundary(), "");
}

TEST(ContentTypeTest, RefusesWhatHasNoType) {
  for (const char* bad : {"", " ", ";x=y", "/plain", "(text/plain)"})
    EXPECT_FALSE(parse_content_type(bad).has_value());
}

// RFC 2231 sections 3 and 4: continuations, charset and language.
TEST(ContentTypeTest, JoinsContinuations) {
  auto type = parse_content_type(
      "application/x-stuff; title*1*=%2A%2A%2Afun%2A%2A%2A%20; "
      "title*0*=us-ascii'en'This%20is%20even%20more%20;"
      " title*2=\"isn't it!\"");
  ASSERT_TRUE(type.has_value());
  ASSERT_EQ(type->parameters.decoded.size(), 1u);
  EXPECT_EQ(type->parameters.decoded[0].value, "This is even more ***fun*** isn't it!");
  EXPECT_EQ(type->parameters.decoded[0].language, "en");
  EXPECT_EQ(type->parameters.raw.size(), 3u);
}

TEST(ContentTypeTest, PrefersTheExtendedForm) {
  auto disposition = parse_content_disposition(
      "attachment; filename=\"plain.txt\"; filename*=iso-8859-1''na%EFve.txt");
  ASSERT_TRUE(disposition.has_value());
  EXPECT_EQ(disposition->filename(), "na\xC3\xAFve.txt");
}

TEST(ContentTypeTest, KeepsOctetsOfUnknownCharsets) {
  auto type = parse_content_type("a/b; x*=x-unknown''%FF");
  ASSERT_TRUE(type.has_value());
  EXPECT_EQ(*type->parameters.find("x"), "\xFF");
}

TEST(ContentTypeTest, LimitsParameters) {
  ParameterLimits limits;
  limits.parameters_max = 3;
  for (std::size_t count : {2u, 3u, 4u}) {
    std::string text = "a/b";
    for (std::size_t i = 0; i < count; ++i) text += "; p" + std::to_string(i) + "=v";
    EXPECT_EQ(parse_content_type(text, limits)->parameters.decoded.size(),
              std::min<std::size_t>(count, 3));
  }
  limits.value_length_max = 5;
  for (std::size_t length : {4u, 5u, 6u}) {
    auto type = parse_content_type("a/b; p=" + std::string(length, 'x'), limits);
    EXPECT_EQ(type->parameters.find("p")->size(), std::min<std::size_t>(length, 5));
    type = parse_content_type("a/b; p*0=xx; p*1=" + std::string(length - 2, 'x'), limits);
    EXPECT_EQ(type->parameters.find("p")->size(), std::min<std::size_t>(length, 5));
  }
}

// RFC 2231 section 7 and RFC 2045 section 5.1: what is written is read back.
TEST(ContentTypeTest, ReadsBackTheParametersItWrites) {
  for (const std::string& value :
       {std::string("token"), std::string("with space"), std::string("quo\"te\\"),
        std::string("na\xC3\xAFve.txt"), std::string(""), std::string("a=b;c"), [] {
          std::string long_name;
          for (int i = 0; i < 40; ++i) long_name += "\xC3\xBC_";
          return long_name;
        }()}) {
    std::string text = "attachment";
    append_parameter("filename", value, text);
    for (char c : text) EXPECT_TRUE(static_cast<unsigned char>(c) < 128);
    auto disposition = parse_content_disposition(text);
    ASSERT_TRUE(disposition.has_value());
    EXPECT_EQ(disposition->filename(), value) << text;
  }
}

}  // namespace
}  // namespace mailcosm::mail
