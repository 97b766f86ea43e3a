#include "protocols/imap/fetch_request.h"

#include "protocols/base/ascii.h"

namespace mailcosm::imap {
namespace {

using Kind = FetchItem::Kind;

struct Row {
  std::string_view name;
  Kind kind;
  bool sets_seen;
};
constexpr Row kRows[] = {
    {"UID", Kind::kUid, false},
    {"FLAGS", Kind::kFlags, false},
    {"INTERNALDATE", Kind::kInternalDate, false},
    {"RFC822.SIZE", Kind::kSize, false},
    {"ENVELOPE", Kind::kEnvelope, false},
    {"BODYSTRUCTURE", Kind::kBodyStructure, false},
    {"RFC822.HEADER", Kind::kRfc822Header, false},
    {"RFC822.TEXT", Kind::kRfc822Text, true},
    {"RFC822", Kind::kRfc822, true},
};

// The word ends where no letter, digit or dot follows; `BODY.PEEK[` and `BODY[` end before the
// bracket.
std::string_view word_of(const Lexer& lexer) {
  const std::string_view rest = lexer.rest();
  std::size_t length = 0;
  while (length < rest.size() && (ascii::is_alphanumeric(rest[length]) || rest[length] == '.'))
    ++length;
  return rest.substr(0, length);
}

// ["<" number "." nz-number ">"]
bool take_partial(Lexer& lexer, FetchItem& item) {
  if (!lexer.take('<')) return true;
  FetchItem::Partial partial;
  if (!lexer.take_number(partial.origin) || !lexer.take('.') ||
      !lexer.take_nz_number(partial.count) || !lexer.take('>')) {
    return false;
  }
  item.partial = partial;
  return true;
}

bool take_item(Lexer& lexer, FetchItem& item) {
  const std::string_view word = word_of(lexer);
  const bool peek = ascii::equal_ignoring_case(word, "BODY.PEEK");
  if (peek || ascii::equal_ignoring_case(word, "BODY")) {
    lexer.skip(word.size());
    if (lexer.peek() != '[') {
      item.kind = Kind::kBody;
      return !peek;
    }
    item.kind = Kind::kSection;
    item.sets_seen = !peek;
    return take_section(lexer, item.section) && take_partial(lexer, item);
  }
  for (const Row& row : kRows) {
    if (!ascii::equal_ignoring_case(row.name, word)) continue;
    lexer.skip(word.size());
    item.kind = row.kind;
    item.sets_seen = row.sets_seen;
    return true;
  }
  return false;
}

void add(std::vector<FetchItem>& items, Kind kind) { items.emplace_back().kind = kind; }

bool take_macro(Lexer& lexer, std::vector<FetchItem>& items) {
  const std::string_view word = word_of(lexer);
  const bool full = ascii::equal_ignoring_case(word, "FULL");
  const bool all = full || ascii::equal_ignoring_case(word, "ALL");
  if (!all && !ascii::equal_ignoring_case(word, "FAST")) return false;
  lexer.skip(word.size());
  add(items, Kind::kFlags);
  add(items, Kind::kInternalDate);
  add(items, Kind::kSize);
  if (all) add(items, Kind::kEnvelope);
  if (full) add(items, Kind::kBody);
  return true;
}

}  // namespace

bool take_fetch_items(Lexer& lexer, std::size_t items_max, std::vector<FetchItem>& items) {
  items.clear();
  if (take_macro(lexer, items)) return true;
  if (!lexer.take('(')) return take_item(lexer, items.emplace_back());
  do {
    if (items.size() == items_max) return false;
    if (!take_item(lexer, items.emplace_back())) return false;
  } while (lexer.take_space());
  return lexer.take(')');
}

}  // namespace mailcosm::imap
