// Scanner: the lexical tokens of RFC 5322 section 3.2, shared by the parsers of structured fields.
//
// Reads a view it does not own from left to right. Every token stops at the first octet that cannot
// belong to it, so that the grammar above decides what is an error. Obsolete forms (section 4.1)
// are read. Nothing recurses.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/ascii.h"

namespace mailcosm::mail {

// By octet: whether it is atext.
inline constexpr std::array<bool, 256> kIsAtext = [] {
  std::array<bool, 256> is{};
  for (std::size_t i = 0; i < is.size(); ++i) {
    const auto c = static_cast<char>(i);
    constexpr std::string_view kSpecial = "!#$%&'*+-/=?^_`{|}~";
    is[i] = ascii::is_alphanumeric(c) || kSpecial.find(c) != std::string_view::npos;
  }
  return is;
}();
// atext of RFC 5322 section 3.2.3.
constexpr bool is_atext(char c) { return kIsAtext[static_cast<unsigned char>(c)]; }

class Scanner {
 public:
  // `utf8`: octets above 127 count as text (RFC 6532 section 3.2).
  explicit Scanner(std::string_view text, bool utf8 = false) : text_(text), utf8_(utf8) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool next_is(char c) const { return !at_end() && text_[at_] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  // REQUIRES: there are so many octets left.
  void skip(std::size_t count) { at_ += count; }
  std::size_t offset() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }

  // Folding white space: WSP, and CRLF that WSP follows.
  void skip_fws();
  // Comments and folding white space. False if a comment is not closed or has an octet no comment
  // may have. The texts of comments are appended to `comments` (if not null), joined by spaces.
  bool skip_cfws(std::string* comments = nullptr);
  // The longest run of atext; maybe empty.
  std::string_view atom();
  // A quoted string at the current place, its content without quoting appended. False if it is not
  // closed or has an octet that may not be there. REQUIRES: next_is('"').
  bool quoted_string(std::string& output);
  // A domain literal with its brackets, without the white space in it. REQUIRES: next_is('[').
  bool domain_literal(std::string& output);
  // Digits only; at most `digits_max` of them. -1 if there is none or there are more.
  int number(int digits_max);

 private:
  bool comment(std::string* output);
  // Takes a backslash and the octet after it; false if there is none, or one that may not be
  // quoted.
  bool quoted_pair(std::string* output);
  bool is_text(char c) const {
    if (ascii::is_eight_bit(c)) return utf8_;
    return c != '\0' && c != '\r' && c != '\n';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool utf8_;
};

}  // namespace mailcosm::mail
