#include "protocols/imap/lexer.h"

#include "protocols/base/ascii.h"
#include "protocols/imap/mailbox_name.h"
#include "protocols/imap/wire_splitter.h"
#include "protocols/mail/date.h"

namespace mailcosm::imap {

bool is_atom_char(char c) {
  if (!ascii::is_printable(c)) return false;
  switch (c) {
    case '(':
    case ')':
    case '{':
    case ' ':
    case '%':
    case '*':
    case '"':
    case '\\':
    case ']':
      return false;
    default:
      return true;
  }
}

bool is_astring_char(char c) { return is_atom_char(c) || c == ']'; }

bool is_atom(std::string_view text) {
  for (char c : text) {
    if (!is_atom_char(c)) return false;
  }
  return !text.empty();
}

bool is_tag(std::string_view text) {
  for (char c : text) {
    if (!is_astring_char(c) || c == '+') return false;
  }
  return !text.empty();
}

template <typename Allowed>
bool Lexer::take_while(Allowed allowed, std::string_view& taken) {
  const std::size_t begin = position_;
  while (!at_end() && allowed(text_[position_])) ++position_;
  taken = text_.substr(begin, position_ - begin);
  return !taken.empty();
}

bool Lexer::take(char c) {
  if (at_end() || text_[position_] != c) return false;
  ++position_;
  return true;
}

bool Lexer::take_word(std::string_view word) {
  if (!ascii::starts_with_ignoring_case(rest(), word)) return false;
  position_ += word.size();
  return true;
}

bool Lexer::take_tag(std::string_view& tag) {
  return take_while([](char c) { return is_astring_char(c) && c != '+'; }, tag);
}

bool Lexer::take_atom(std::string_view& atom) { return take_while(is_atom_char, atom); }

bool Lexer::take_number64(std::uint64_t& number) {
  std::string_view digits;
  if (!take_while(ascii::is_digit, digits)) return false;
  const auto value = ascii::parse_unsigned(digits);
  number = value.value_or(0);
  return value.has_value();
}

bool Lexer::take_number(std::uint32_t& number) {
  std::uint64_t wide = 0;
  if (!take_number64(wide) || wide > UINT32_MAX) return false;
  number = static_cast<std::uint32_t>(wide);
  return true;
}

bool Lexer::take_nz_number(std::uint32_t& number) {
  return peek() != '0' && take_number(number) && number != 0;
}

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
bool Lexer::take_quoted(std::string& value) {
  value.clear();
  if (!take('"')) return false;
  while (!at_end()) {
    char c = text_[position_++];
    if (c == '"') return true;
    if (c == '\\') {
      if (at_end()) return false;
      c = text_[position_++];
      if (c != '"' && c != '\\') return false;
    }
    if (c == '\0' || c == '\r' || c == '\n') return false;
    if (strings_ == Strings::kStrict && ascii::is_eight_bit(c)) return false;
    value.push_back(c);
  }
  return false;
}

// literal = "{" number ["+"] "}" CRLF *CHAR8
bool Lexer::take_literal(std::string_view& bytes) {
  const std::size_t end = rest().find("\r\n");
  if (end == std::string_view::npos) return false;
  LiteralAnnouncement announcement;
  if (!find_literal(rest().substr(0, end), announcement) || announcement.length != end)
    return false;
  position_ += end + 2;
  if (announcement.size > text_.size() - position_) return false;
  bytes = text_.substr(position_, static_cast<std::size_t>(announcement.size));
  position_ += bytes.size();
  return true;
}

bool Lexer::take_string(std::string& value) {
  if (peek() == '"') return take_quoted(value);
  std::string_view bytes;
  if (!take_literal(bytes)) return false;
  if (strings_ == Strings::kStrict && bytes.find('\0') != std::string_view::npos) return false;
  value.assign(bytes);
  return true;
}

bool Lexer::take_string_view(std::string_view& bytes, std::string& storage) {
  if (peek() == '{') return take_literal(bytes);
  if (!take_quoted(storage)) return false;
  bytes = storage;
  return true;
}

bool Lexer::take_astring(std::string& value) {
  if (peek() == '"' || peek() == '{') return take_string(value);
  std::string_view atom;
  if (!take_while(is_astring_char, atom)) return false;
  value.assign(atom);
  return true;
}

bool Lexer::take_nstring(std::optional<std::string>& value) {
  if (peek() == 'N' || peek() == 'n') {
    value.reset();
    return take_word("NIL");
  }
  return take_string(value.emplace());
}

bool Lexer::take_list_mailbox(std::string& value) {
  if (peek() == '"' || peek() == '{') return take_string(value);
  std::string_view atom;
  if (!take_while([](char c) { return is_astring_char(c) || c == '%' || c == '*'; }, atom))
    return false;
  value.assign(atom);
  return true;
}

bool Lexer::take_mailbox(std::string& name) {
  if (!take_astring(name)) return false;
  // Most names need no decoding; the check keeps their storage.
  bool plain = name.size() <= kMailboxNameLengthMax;
  for (char c : name) plain = plain && ascii::is_printable(c) && c != '&';
  if (!plain) {
    auto decoded = decode_mailbox_name(name);
    if (!decoded) return false;
    name = *std::move(decoded);
  }
  normalise_inbox(name);
  return true;
}

bool Lexer::take_sequence_set(SequenceSet& set, std::size_t ranges_max) {
  std::string_view text;
  const auto allowed = [](char c) {
    return ascii::is_digit(c) || c == ':' || c == ',' || c == '*';
  };
  if (!take_while(allowed, text)) return false;
  auto parsed = SequenceSet::parse(text, ranges_max);
  if (!parsed) return false;
  set = *std::move(parsed);
  return true;
}

bool Lexer::take_one_flag(Flags& flags) {
  const std::size_t begin = position_;
  const bool system = take('\\');
  if (system && strings_ == Strings::kLenient && take('*')) return true;
  std::string_view atom;
  if (!take_atom(atom)) return false;
  const std::string_view name = text_.substr(begin, position_ - begin);
  if (strings_ == Strings::kLenient) {
    add_flag(name, flags);
    return true;
  }
  return !ascii::equal_ignoring_case(name, "\\Recent") && add_flag(name, flags);
}

bool Lexer::take_flags(Flags& flags) {
  flags = {};
  do {
    if (!take_one_flag(flags)) return false;
  } while (take(' '));
  return true;
}

bool Lexer::take_flag_list(Flags& flags) {
  flags = {};
  if (!take('(')) return false;
  if (take(')')) return true;
  return take_flags(flags) && take(')');
}

// date = date-text / DQUOTE date-text DQUOTE;  date-text = date-day "-" date-month "-" date-year
bool Lexer::take_date(std::int64_t& days) {
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const bool quoted = take('"');
  std::string_view day_digits;
  std::string_view month_name;
  std::string_view year_digits;
  if (!take_while(ascii::is_digit, day_digits) || day_digits.size() > 2 || !take('-')) return false;
  if (!take_while(ascii::is_alpha, month_name) || !take('-')) return false;
  if (!take_while(ascii::is_digit, year_digits) || year_digits.size() != 4) return false;
  if (quoted && !take('"')) return false;
  const int year = static_cast<int>(*ascii::parse_unsigned(year_digits));
  const int day = static_cast<int>(*ascii::parse_unsigned(day_digits));
  for (int month = 1; month <= 12; ++month) {
    if (!ascii::equal_ignoring_case(kMonths[month - 1], month_name)) continue;
    if (day < 1 || day > mail::days_in_month(year, month)) return false;
    days = mail::days_from_civil(year, month, day);
    return true;
  }
  return false;
}

bool Lexer::take_date_time(WallTime& time) {
  // DQUOTE, 26 characters, DQUOTE
  const std::string_view quoted = rest().substr(0, 28);
  if (quoted.size() != 28 || quoted.front() != '"' || quoted.back() != '"') return false;
  const auto parsed = mail::parse_imap_date(quoted.substr(1, 26));
  if (!parsed) return false;
  time = parsed->wall_time();
  position_ += quoted.size();
  return true;
}

bool Lexer::take_raw_value(std::string_view& raw, std::size_t depth_max) {
  const std::size_t begin = position_;
  std::size_t depth = 0;
  std::string_view ignored;
  std::string storage;
  do {
    const char c = peek();
    if (c == '(') {
      if (depth == depth_max) return false;
      ++depth;
      ++position_;
    } else if (c == ')') {
      if (depth == 0) return false;
      --depth;
      ++position_;
    } else if (c == ' ' && depth > 0) {
      ++position_;
    } else if (c == '"' || c == '{') {
      if (!take_string_view(ignored, storage)) return false;
    } else if (!take_while(
                   [](char a) { return is_astring_char(a) || a == '\\' || a == '*' || a == '%'; },
                   ignored)) {
      return false;
    }
  } while (depth > 0);
  raw = text_.substr(begin, position_ - begin);
  return true;
}

}  // namespace mailcosm::imap
