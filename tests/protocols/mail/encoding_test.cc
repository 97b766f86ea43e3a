// Transfer encodings, charsets and encoded words.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "protocols/base/random.h"
#include "protocols/mail/charset.h"
#include "protocols/mail/encoded_word.h"
#include "protocols/mail/transfer_encoding.h"

namespace mailcosm::mail {
namespace {

std::string decoded(std::string_view text, TransferEncoding encoding) {
  std::string output;
  decode_body(text, encoding, output);
  return output;
}

void expect_lines_within(std::string_view text, std::size_t length_max) {
  while (!text.empty()) {
    std::size_t end = text.find("\r\n");
    EXPECT_LE(std::min(end, text.size()), length_max);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 2);
  }
}

// RFC 2045 section 6.1: names in any case.
TEST(TransferEncodingTest, ReadsNames) {
  EXPECT_EQ(parse_transfer_encoding(" BASE64 (x)"), TransferEncoding::kBase64);
  EXPECT_EQ(parse_transfer_encoding("Quoted-Printable"), TransferEncoding::kQuotedPrintable);
  EXPECT_EQ(parse_transfer_encoding(""), TransferEncoding::k7bit);
  EXPECT_EQ(parse_transfer_encoding("x-uuencode"), TransferEncoding::kUnknown);
  EXPECT_EQ(to_string(TransferEncoding::k8bit), "8bit");
}

// RFC 2045 section 6.8: lines of at most 76 characters; other characters are ignored when reading.
TEST(TransferEncodingTest, WritesAndReadsBase64Lines) {
  Random random(1);
  for (std::size_t length : {0u, 1u, 2u, 56u, 57u, 58u, 1000u}) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes.push_back(static_cast<char>(random.below(256)));
    std::string text;
    encode_base64_lines(bytes, text);
    expect_lines_within(text, 76);
    EXPECT_EQ(decoded(text, TransferEncoding::kBase64), bytes);
  }
  EXPECT_EQ(decoded("aGk\r\n*=!", TransferEncoding::kBase64), "hi");
}

// RFC 2045 section 6.7: the five rules of quoted-printable.
TEST(TransferEncodingTest, ReadsQuotedPrintable) {
  EXPECT_EQ(decoded("a=3Db=3d=\r\nc=20 \t\r\nd =\r\n e", TransferEncoding::kQuotedPrintable),
            "a=b=c \r\nd  e");
  EXPECT_EQ(decoded("damaged =XY =1 =", TransferEncoding::kQuotedPrintable), "damaged =XY =1 ");
}

TEST(TransferEncodingTest, WritesQuotedPrintableThatSurvives) {
  for (const std::string& text :
       {std::string("plain\r\n"), std::string("trailing \r\n\t\r\n x"),
        std::string("From me\r\n.\r\n..\r\n"), std::string("\xC3\xBC=\xFF\x01\x7F"),
        std::string(200, 'x'), std::string(200, '='), std::string(76, 'y') + "\r\n",
        std::string("bare\rand\nbare")}) {
    std::string encoded;
    encode_quoted_printable(text, encoded);
    expect_lines_within(encoded, 76);
    EXPECT_EQ(decoded(encoded, TransferEncoding::kQuotedPrintable), text);
    EXPECT_EQ(("\r\n" + encoded).find("\r\n.\r\n"), std::string::npos);
    EXPECT_EQ(encoded.find(" \r\n"), std::string::npos);
  }
}

// RFC 2045 section 6.7 rule 5: exactly 76 characters need no soft line break.
TEST(TransferEncodingTest, BreaksLinesAtSeventySix) {
  for (std::size_t length : {75u, 76u, 77u}) {
    std::string encoded;
    encode_quoted_printable(std::string(length, 'x') + "\r\n", encoded);
    EXPECT_EQ(encoded.find("=\r\n") != std::string::npos, length > 76) << length;
  }
}

TEST(TransferEncodingTest, ChoosesTheWeakestThatWorks) {
  EXPECT_EQ(choose_text_encoding("hello\r\n"), TransferEncoding::k7bit);
  EXPECT_EQ(choose_text_encoding("\xC3\xBC\r\n"), TransferEncoding::kQuotedPrintable);
  EXPECT_EQ(choose_text_encoding("bare\nline"), TransferEncoding::kQuotedPrintable);
  EXPECT_EQ(choose_text_encoding(std::string_view("\0", 1)), TransferEncoding::kQuotedPrintable);
  for (std::size_t length : {997u, 998u, 999u}) {
    EXPECT_EQ(choose_text_encoding(std::string(length, 'x') + "\r\n") == TransferEncoding::k7bit,
              length <= 998);
  }
}

TEST(CharsetTest, TurnsTextIntoUtf8) {
  std::string output;
  EXPECT_TRUE(append_as_utf8("ISO-8859-1", "\xE9", output));
  EXPECT_TRUE(append_as_utf8("iso-8859-15", "\xA4", output));
  EXPECT_TRUE(append_as_utf8("koi8-r", "\xF0", output));
  EXPECT_TRUE(append_as_utf8("windows-1252", "\x80\x81", output));
  EXPECT_TRUE(append_as_utf8("us-ascii", "a\xFF", output));
  EXPECT_EQ(output,
            "\xC3\xA9\xE2\x82\xAC\xD0\x9F\xE2\x82\xAC\xEF\xBF\xBD"
            "a\xEF\xBF\xBD");
  EXPECT_FALSE(append_as_utf8("iso-2022-jp", "x", output));
  EXPECT_FALSE(is_known_charset("iso-8859-12"));
}

// RFC 3629 section 4: no overlong forms, surrogates or code points above U+10FFFF.
TEST(CharsetTest, ChecksUtf8) {
  for (const char* good : {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xF0\x90\x80\x80",
                           "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_utf8(good));
  for (const char* bad : {"\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xED\xA0\x80",
                          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF", "\xE2\x82"})
    EXPECT_FALSE(is_utf8(bad));
  std::string output;
  append_as_utf8("utf-8", "a\x80z", output);
  EXPECT_EQ(output, "a\xEF\xBF\xBDz");
  output.clear();
  append_code_point(0x10FFFF, output);
  EXPECT_EQ(output, "\xF4\x8F\xBF\xBF");
}

// RFC 2047 section 8: the examples.
TEST(EncodedWordTest, DecodesTheExamplesOfTheRfc) {
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?="), "a");
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?= b"), "a b");
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?="), "ab");
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?="), "ab");
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a_b?="), "a b");
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?="), "a b");
  EXPECT_EQ(decode_encoded_words("=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n"
                                 " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?="),
            "If you can read this you understand the example.");
}

// RFC 2047 section 6.3: what is malformed or of an unknown charset is shown as it is.
TEST(EncodedWordTest, KeepsWhatItCannotDecode) {
  for (const char* text : {"=?x-unknown?Q?a?=", "=?utf-8?X?a?=", "=?utf-8?Q?a", "=?utf-8?Q", "=?",
                           "=?utf-8??a?=", "=?utf-8?Q?a?b?="})
    EXPECT_EQ(decode_encoded_words(text), text);
}

// RFC 2231 section 5: a language behind the charset.
TEST(EncodedWordTest, IgnoresTheLanguage) {
  EXPECT_EQ(decode_encoded_words("=?US-ASCII*EN?Q?Keith_Moore?="), "Keith Moore");
}

// RFC 2047 section 2: an encoded word has at most 75 characters and holds whole characters.
TEST(EncodedWordTest, ReadsBackWhatItWrites) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "\xC3\xBC ";
  std::string wide;
  for (int i = 0; i < 50; ++i) wide += "\xE3\x83\x8F";
  for (const std::string& text : {std::string("plain"),
                                  std::string("Gr\xC3\xBC\xC3\x9F"
                                              "e an alle"),
                                  many, wide, std::string("a=?b?="), std::string("\x01 control"),
                                  std::string("   \xC3\xBC   ")}) {
    std::string encoded = encode_text(text);
    EXPECT_EQ(decode_encoded_words(encoded), text);
    for (std::size_t at = 0; at < encoded.size();) {
      std::size_t end = std::min(encoded.find(' ', at), encoded.size());
      if (encoded.compare(at, 2, "=?") == 0) {
        EXPECT_LE(end - at, 75u);
        EXPECT_TRUE(is_utf8(decode_encoded_words(encoded.substr(at, end - at))));
      }
      at = end + 1;
    }
  }
}

// RFC 2045 section 6.7: what begins a line of the encoding may be changed on the way, also behind a
// soft line break.
TEST(QuotedPrintableTest, ProtectsLineStartsBehindSoftBreaks) {
  for (const char* fragile : {"From the start", "."}) {
    for (std::size_t before = 70; before < 160; ++before) {
      const std::string text = std::string(before, 'x') + fragile;
      std::string encoded;
      encode_quoted_printable(text, encoded);
      EXPECT_EQ(encoded.find("\r\nFrom "), std::string::npos) << encoded;
      EXPECT_FALSE(encoded.ends_with("\r\n.")) << encoded;
      for (std::string_view rest = encoded; !rest.empty();) {
        const std::size_t end = std::min(rest.find("\r\n"), rest.size());
        EXPECT_LE(end, 76u);
        rest.remove_prefix(std::min(end + 2, rest.size()));
      }
      std::string decoded;
      decode_quoted_printable(encoded, decoded);
      EXPECT_EQ(decoded, text);
    }
  }
}

}  // namespace
}  // namespace mailcosm::mail
