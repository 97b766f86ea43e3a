#include "protocols/imap/lexer.h"

#include <gtest/gtest.h>

#include "protocols/imap/value.h"
#include "protocols/imap/wire_splitter.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

TEST(LexerTest, TakesStrings) {
  std::string value;
  EXPECT_TRUE(Lexer("atom]").take_astring(value));
  EXPECT_EQ(value, "atom]");
  EXPECT_TRUE(Lexer(R"("a \"b\" \\")").take_astring(value));
  EXPECT_EQ(value, R"(a "b" \)");
  EXPECT_TRUE(Lexer("{5}\r\na\r\nb\xff").take_astring(value));
  EXPECT_EQ(value, "a\r\nb\xff");
  EXPECT_TRUE(Lexer("{2+}\r\nab").take_astring(value));
  EXPECT_TRUE(Lexer("\"\"").take_astring(value));
  EXPECT_EQ(value, "");
}

// RFC 3501 section 9: NUL is never allowed, a quoted string has no CR, LF and 8-bit octets, only
// `"` and `\` are quoted.
TEST(LexerTest, RefusesWhatIsNoString) {
  std::string value;
  for (std::string_view text :
       {std::string_view("\"a"), std::string_view("\"a\r\nb\""), std::string_view("\"\xe4\""),
        std::string_view(R"("\a")"), std::string_view("\"a\0\"", 4), std::string_view("{3}\r\nab"),
        std::string_view("{3}"), std::string_view("{3}\r\na\0b", 8), std::string_view(""),
        std::string_view("(a)"), std::string_view("{a}\r\na"), std::string_view("\x80")}) {
    EXPECT_FALSE(Lexer(text).take_astring(value)) << text;
  }
}

TEST(LexerTest, TakesAServersStringsWithEightBitOctets) {
  std::string value;
  EXPECT_TRUE(Lexer("\"\xe4\"", Lexer::Strings::kLenient).take_astring(value));
}

TEST(LexerTest, TakesNumbers) {
  std::uint32_t number = 0;
  EXPECT_TRUE(Lexer("4294967295").take_number(number));
  EXPECT_EQ(number, 4294967295u);
  EXPECT_FALSE(Lexer("4294967296").take_number(number));
  EXPECT_FALSE(Lexer("99999999999999999999999").take_number(number));
  EXPECT_FALSE(Lexer("").take_number(number));
  EXPECT_FALSE(Lexer("-1").take_number(number));
  EXPECT_TRUE(Lexer("0").take_number(number));
  EXPECT_FALSE(Lexer("0").take_nz_number(number));
  EXPECT_FALSE(Lexer("01").take_nz_number(number));
}

TEST(LexerTest, TakesFlags) {
  Flags flags;
  EXPECT_TRUE(Lexer("(\\seen $Important \\DELETED)").take_flag_list(flags));
  EXPECT_EQ(flags.to_string(), "\\Deleted \\Seen $Important");
  EXPECT_TRUE(Lexer("()").take_flag_list(flags));
  EXPECT_EQ(flags.to_string(), "");
  EXPECT_TRUE(Lexer("\\Seen work").take_flags(flags));
  for (const char* text :
       {"(\\Seen", "(\\Bogus)", "( \\Seen)", "(\\Seen  \\Draft)", "(a b", "(\"a\")"}) {
    EXPECT_FALSE(Lexer(text).take_flag_list(flags)) << text;
  }
  // RFC 3501 section 2.3.2: no client can change \Recent.
  EXPECT_FALSE(Lexer("(\\Recent)").take_flag_list(flags));
  EXPECT_TRUE(Lexer("(\\Recent \\Other \\*)", Lexer::Strings::kLenient).take_flag_list(flags));
  EXPECT_EQ(flags.to_string(), "\\Recent");
}

TEST(LexerTest, TakesDates) {
  std::int64_t days = 0;
  EXPECT_TRUE(Lexer("1-Feb-1994").take_date(days));
  EXPECT_EQ(days, 8797);
  EXPECT_TRUE(Lexer("\"01-feb-1994\"").take_date(days));
  for (const char* text : {"30-Feb-1994", "0-Jan-1994", "1-Foo-1994", "1-Jan-94", "1 Jan 1994",
                           "\"1-Jan-1994", "001-Jan-1994"}) {
    EXPECT_FALSE(Lexer(text).take_date(days)) << text;
  }
  WallTime time;
  EXPECT_TRUE(Lexer("\" 5-Jan-2026 09:00:00 +0100\"").take_date_time(time));
  EXPECT_EQ(time.seconds(), 1767600000);
  EXPECT_FALSE(Lexer("\"5-Jan-2026 09:00:00\"").take_date_time(time));
}

TEST(LexerTest, TakesRawValuesWithinTheDepth) {
  std::string_view raw;
  Lexer lexer("(a (b \")\" {2}\r\n)( NIL)) rest");
  EXPECT_TRUE(lexer.take_raw_value(raw, 2));
  EXPECT_EQ(raw, "(a (b \")\" {2}\r\n)( NIL))");
  EXPECT_TRUE(Lexer("((a))").take_raw_value(raw, 2));
  EXPECT_FALSE(Lexer("(((a)))").take_raw_value(raw, 2));
  EXPECT_FALSE(Lexer("((a)").take_raw_value(raw, 2));
  EXPECT_FALSE(Lexer(")").take_raw_value(raw, 2));
}

TEST(FlagsTest, HoldsEachKeywordOnce) {
  Flags flags;
  EXPECT_TRUE(flags.add_keyword("b"));
  EXPECT_TRUE(flags.add_keyword("A"));
  EXPECT_TRUE(flags.add_keyword("B"));
  EXPECT_EQ(flags.to_string(), "A b");
  EXPECT_TRUE(flags.has_keyword("a"));
  flags.remove_keyword("B");
  EXPECT_EQ(flags.to_string(), "A");
}

TEST(FlagsTest, LimitsKeywords) {
  Flags flags;
  for (std::size_t i = 0; i < kKeywordsMax; ++i)
    EXPECT_TRUE(flags.add_keyword("k" + std::to_string(i)));
  EXPECT_FALSE(flags.add_keyword("more"));
  Flags other;
  EXPECT_TRUE(other.add_keyword(std::string(kKeywordLengthMax, 'a')));
  EXPECT_FALSE(other.add_keyword(std::string(kKeywordLengthMax + 1, 'b')));
}

// RFC 3501 section 6.4.6: FLAGS replaces all but \Recent.
TEST(FlagsTest, AppliesAChange) {
  const Flags before = *parse_flags("\\Seen \\Recent a");
  EXPECT_EQ(apply(StoreMode::kReplace, before, *parse_flags("\\Draft b")).to_string(),
            "\\Draft \\Recent b");
  EXPECT_EQ(apply(StoreMode::kAdd, before, *parse_flags("\\Draft b")).to_string(),
            "\\Seen \\Draft \\Recent a b");
  EXPECT_EQ(apply(StoreMode::kRemove, before, *parse_flags("\\Seen A \\Recent")).to_string(),
            "\\Recent");
}

TEST(ValueTest, ReadsNestedLists) {
  const auto value = parse_value("(NIL \"a\" (b 1)(c) {3}\r\n(x) ())");
  ASSERT_TRUE(value);
  ASSERT_EQ(value->values.size(), 6u);
  EXPECT_TRUE(value->values[0].is_nil());
  EXPECT_EQ(value->values[1].kind, Value::Kind::kString);
  EXPECT_EQ(value->values[2].values[1].text, "1");
  EXPECT_EQ(value->values[4].text, "(x)");
  EXPECT_TRUE(value->values[5].is_list());
}

TEST(ValueTest, RefusesBrokenOnes) {
  for (const char* text : {"", "(", ")", "(a", "a b", "\"a", "(a))", "{3}\r\na"})
    EXPECT_FALSE(parse_value(text)) << text;
}

TEST(ValueTest, LimitsDepthAndCount) {
  EXPECT_TRUE(parse_value("((a))", {2, 10}));
  EXPECT_FALSE(parse_value("(((a)))", {2, 10}));
  EXPECT_TRUE(parse_value("(a b)", {2, 3}));
  EXPECT_FALSE(parse_value("(a b c)", {2, 3}));
  EXPECT_FALSE(parse_value(std::string(1'000'000, '(')));
}

TEST(WriteTest, ChoosesTheFormOfAString) {
  const auto written = [](std::string_view text) {
    std::string output;
    append_string(text, output);
    return output;
  };
  EXPECT_EQ(written("a\"\\"), R"("a\"\\")");
  EXPECT_EQ(written(""), "\"\"");
  EXPECT_EQ(written("a\r\nb"), "{4}\r\na\r\nb");
  EXPECT_EQ(written("\xc3\xa4"), "{2}\r\n\xc3\xa4");
  EXPECT_EQ(written(std::string_view("a\0b", 3)), "{3}\r\na b");
}

TEST(WriteTest, WritesMailboxNames) {
  const auto written = [](std::string_view name) {
    std::string output;
    append_mailbox(name, output);
    return output;
  };
  EXPECT_EQ(written("INBOX"), "INBOX");
  EXPECT_EQ(written("a b"), "\"a b\"");
  EXPECT_EQ(written("nil"), "\"nil\"");
  EXPECT_EQ(written(""), "\"\"");
  EXPECT_EQ(written("\u00e4\"[]"), "\"&AOQ-\\\"[]\"");
}

TEST(WireSplitterTest, TellsLinesFromLiteralsHoweverTheyAreCut) {
  const std::string wire = "a b {4}\r\n{1}\r {0}\r\n c\r\nd {3+}\r\nxyz\r\n\r\n";
  const auto pieces = [](std::initializer_list<std::string_view> inputs) {
    std::vector<std::string> result;
    WireSplitter splitter;
    bool literal = false;
    for (std::string_view input : inputs) {
      for (auto piece = splitter.next(input); piece.kind != WireSplitter::Kind::kNone;
           piece = splitter.next(input)) {
        const bool is_literal = piece.kind == WireSplitter::Kind::kLiteral;
        if (is_literal && literal) {
          result.back().append(piece.bytes);
        } else {
          result.push_back((is_literal ? "=" : "-") + std::string(piece.bytes));
        }
        literal = is_literal;
      }
    }
    return result;
  };
  const std::vector<std::string> whole = pieces({wire});
  EXPECT_EQ(whole, (std::vector<std::string>{"-a b {4}", "={1}\r", "- {0}", "- c", "-d {3+}",
                                             "=xyz", "-", "-"}));
  for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
    const std::string_view view = wire;
    EXPECT_EQ(pieces({view.substr(0, cut), view.substr(cut)}), whole) << cut;
  }
}

}  // namespace
}  // namespace mailcosm::imap
