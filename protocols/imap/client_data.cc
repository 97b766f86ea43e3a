#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/imap/client_session.h"
#include "protocols/imap/mailbox_name.h"

namespace mailcosm::imap {

using namespace client;

namespace {

constexpr std::size_t kDepthMax = 128;           // parentheses inside each other
constexpr std::size_t kNumbersMax = 10'000'000;  // of one SEARCH response
constexpr std::size_t kSectionsMax = 1'000;      // of one FETCH response

}  // namespace

bool ClientSession::take_name(Lexer& lexer) {
  if (!lexer.take_astring(name_)) return false;
  if (auto decoded = decode_mailbox_name(name_)) name_ = *std::move(decoded);
  normalise_inbox(name_);
  return true;
}

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
bool ClientSession::handle_listed(Lexer& lexer, bool subscribed) {
  std::string_view raw;
  if (lexer.peek() != '(' || !lexer.take_raw_value(raw, 1) || !lexer.take_space()) return false;
  attributes_.assign(raw.substr(1, raw.size() - 2));
  std::optional<std::string> delimiter;
  if (!lexer.take_nstring(delimiter) || !lexer.take_space() || !take_name(lexer)) return false;
  bool selectable = true;
  for (std::string_view rest = attributes_; !rest.empty();) {
    const std::string_view attribute = ascii::take_until(rest, ' ');
    if (ascii::equal_ignoring_case(attribute, "\\Noselect") ||
        ascii::equal_ignoring_case(attribute, "\\NonExistent")) {
      selectable = false;
    }
  }
  const char character = delimiter && !delimiter->empty() ? delimiter->front() : '\0';
  due_.push_back(MailboxListed{name_, character, selectable, attributes_, subscribed});
  return true;
}

// "STATUS" SP mailbox SP "(" [status-att SP number *(SP status-att SP number)] ")"
bool ClientSession::handle_status(Lexer& lexer) {
  if (!take_name(lexer) || !lexer.take_space() || !lexer.take('(')) return false;
  StatusReceived status{};
  status.name = name_;
  while (!lexer.take(')')) {
    lexer.take_space();
    std::string_view word;
    std::uint64_t wide = 0;
    if (!lexer.take_atom(word) || !lexer.take_space() || !lexer.take_number64(wide)) return false;
    const auto number = static_cast<std::uint32_t>(std::min<std::uint64_t>(wide, UINT32_MAX));
    if (ascii::equal_ignoring_case(word, "MESSAGES")) status.messages = number;
    if (ascii::equal_ignoring_case(word, "RECENT")) status.recent = number;
    if (ascii::equal_ignoring_case(word, "UIDNEXT")) status.uid_next = number;
    if (ascii::equal_ignoring_case(word, "UIDVALIDITY")) status.uid_validity = number;
    if (ascii::equal_ignoring_case(word, "UNSEEN")) status.unseen = number;
  }
  due_.push_back(status);
  return true;
}

// "SEARCH" *(SP nz-number)
bool ClientSession::handle_search(Lexer& lexer) {
  numbers_.clear();
  while (!lexer.at_end()) {
    std::uint32_t number = 0;
    if (lexer.take_space()) continue;
    if (numbers_.size() == kNumbersMax || !lexer.take_nz_number(number)) return false;
    numbers_.push_back(number);
  }
  due_.push_back(SearchReceived{numbers_});
  return true;
}

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"
bool ClientSession::handle_fetched(Lexer& lexer, SequenceNumber number) {
  Fetched fetched{};
  fetched.number = number;
  sections_.clear();
  strings_.clear();
  if (!lexer.take('(')) return false;
  while (!lexer.take(')')) {
    lexer.take_space();
    if (!take_fetch_item(lexer, fetched)) return false;
  }
  fetched.sections = sections_;
  due_.push_back(fetched);
  return true;
}

bool ClientSession::take_fetch_item(Lexer& lexer, Fetched& fetched) {
  const std::string_view rest = lexer.rest();
  std::size_t length = 0;
  while (length < rest.size() &&
         (ascii::is_alphanumeric(rest[length]) || rest[length] == '.' || rest[length] == '-')) {
    ++length;
  }
  const std::string_view word = rest.substr(0, length);
  lexer.skip(length);
  const auto is = [word](std::string_view name) { return ascii::equal_ignoring_case(word, name); };
  if (is("BODY") && lexer.peek() == '[') return take_fetch_section(lexer, {});
  if (length == 0 || !lexer.take_space()) return false;
  if (is("UID")) return lexer.take_nz_number(fetched.uid.emplace());
  if (is("FLAGS")) {
    fetched.flags = &flags_;
    return lexer.take_flag_list(flags_);
  }
  if (is("INTERNALDATE")) return lexer.take_date_time(fetched.internal_date.emplace());
  if (is("RFC822.SIZE")) return lexer.take_number64(fetched.size.emplace());
  if (is("ENVELOPE")) return lexer.take_raw_value(fetched.envelope, kDepthMax);
  if (is("BODY") || is("BODYSTRUCTURE"))
    return lexer.take_raw_value(fetched.body_structure, kDepthMax);
  if (is("RFC822") || is("RFC822.HEADER") || is("RFC822.TEXT"))
    return take_fetch_section(lexer, word);
  std::string_view ignored;
  return lexer.take_raw_value(ignored, kDepthMax);
}

// "BODY" section ["<" number ">"] SP nstring; `word` names RFC822 and its like, which have no
// section.
bool ClientSession::take_fetch_section(Lexer& lexer, std::string_view word) {
  if (sections_.size() == kSectionsMax) return false;
  FetchedSection& section = sections_.emplace_back();
  section.section = word;
  if (word.empty()) {
    lexer.take('[');
    const std::size_t begin = lexer.position();
    std::string_view ignored;
    // Header names may be strings, with brackets inside.
    while (lexer.peek() != ']') {
      if (lexer.at_end()) return false;
      if (lexer.peek() != '"' && lexer.peek() != '{') {
        lexer.skip(1);
      } else if (!lexer.take_string_view(ignored, strings_.emplace_back())) {
        return false;
      }
    }
    section.section = lexer.text().substr(begin, lexer.position() - begin);
    lexer.take(']');
    if (lexer.take('<') && (!lexer.take_number(section.origin.emplace()) || !lexer.take('>')))
      return false;
    if (!lexer.take_space()) return false;
  }
  if (lexer.take_word("NIL")) return true;
  return lexer.take_string_view(section.bytes.emplace(), strings_.emplace_back());
}

}  // namespace mailcosm::imap
