// Lexer: takes the arguments of a command or response apart, token by token (RFC 3501 section 9).
//
// Works on one whole command or response, in which each literal stands behind its announcement:
// `{5}` CRLF and five octets. Every take_*() either takes its token and gives true, or gives false;
// after false the position is not defined, and the command as a whole is refused. Strict as to
// spaces: exactly one where the grammar has SP.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/instant.h"
#include "protocols/imap/flags.h"
#include "protocols/imap/sequence_set.h"

namespace mailcosm::imap {

// atom-specials and resp-specials excluded: 7-bit, printable, none of `(){ %*"\]`.
bool is_atom_char(char c);
bool is_astring_char(char c);  // ATOM-CHAR or `]`
bool is_atom(std::string_view text);
bool is_tag(std::string_view text);

class Lexer {
 public:
  enum class Strings : std::uint8_t {
    kStrict,   // of a client: quoted strings are 7-bit (TEXT-CHAR)
    kLenient,  // of a server: any octet but NUL, CR and LF
  };

  explicit Lexer(std::string_view text, Strings strings = Strings::kStrict)
      : text_(text), strings_(strings) {}

  bool at_end() const { return position_ == text_.size(); }
  std::size_t position() const { return position_; }
  std::string_view text() const { return text_; }
  std::string_view rest() const { return text_.substr(position_); }
  // NUL at the end.
  char peek() const { return at_end() ? '\0' : text_[position_]; }
  void skip(std::size_t count) { position_ += count; }

  bool take(char c);
  bool take_space() { return take(' '); }
  // A word of the grammar, in any case.
  bool take_word(std::string_view word);

  bool take_tag(std::string_view& tag);
  bool take_atom(std::string_view& atom);
  bool take_number(std::uint32_t& number);
  bool take_nz_number(std::uint32_t& number);
  bool take_number64(std::uint64_t& number);
  // A quoted string or a literal. Replaces `value`.
  bool take_string(std::string& value);
  bool take_astring(std::string& value);
  // NIL gives nothing.
  bool take_nstring(std::optional<std::string>& value);
  // list-mailbox: as astring, with `%` and `*`.
  bool take_list_mailbox(std::string& value);
  // An astring that is modified UTF-7; gives UTF-8 with INBOX in capitals.
  bool take_mailbox(std::string& name);
  bool take_sequence_set(SequenceSet& set, std::size_t ranges_max = SequenceSet::kRangesMax);
  // `(\Seen keyword)`. \Recent is allowed for kLenient only, which also passes over flags it does
  // not know.
  bool take_flag_list(Flags& flags);
  // One or more flags without parentheses.
  bool take_flags(Flags& flags);
  // "1-Feb-2026", quoted or not, as days since 1970-01-01.
  bool take_date(std::int64_t& days);
  // date-time with its quotes.
  bool take_date_time(WallTime& time);

  // The octets of one nstring, atom or balanced list, without looking inside.
  bool take_raw_value(std::string_view& raw, std::size_t depth_max);
  // A string or literal as it stands behind its announcement; true also for a quoted string without
  // escapes.
  bool take_string_view(std::string_view& bytes, std::string& storage);

 private:
  template <typename Allowed>
  bool take_while(Allowed allowed, std::string_view& taken);
  bool take_quoted(std::string& value);
  bool take_literal(std::string_view& bytes);
  bool take_one_flag(Flags& flags);

  std::string_view text_;
  std::size_t position_ = 0;
  Strings strings_;
};

}  // namespace mailcosm::imap
