#include "protocols/imap/search_program.h"

#include "protocols/base/ascii.h"
#include "protocols/imap/search_text.h"
#include "protocols/mail/date.h"

namespace mailcosm::imap {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// The day of the internal date, "disregarding time and timezone" (RFC 3501 section 6.4.4), is that
// of UTC here.
std::int64_t day_of(WallTime time) {
  const std::int64_t seconds = time.seconds();
  return (seconds - (((seconds % kSecondsPerDay) + kSecondsPerDay) % kSecondsPerDay)) /
         kSecondsPerDay;
}

SearchProgram::Outcome outcome_of(bool yes) {
  return yes ? SearchProgram::Outcome::kYes : SearchProgram::Outcome::kNo;
}

SearchProgram::Outcome negated(SearchProgram::Outcome outcome) {
  if (outcome == SearchProgram::Outcome::kNeedsContent) return outcome;
  return outcome_of(outcome == SearchProgram::Outcome::kNo);
}

}  // namespace

// The words of search-key: what follows each, and the node it becomes.
struct SearchProgram::Word {
  enum class Argument : std::uint8_t { kNone, kString, kKeyword, kDate, kNumber, kSet, kField };
  std::string_view word;
  Key key;
  Argument argument;
  bool negated;
  std::uint8_t flag;
  std::string_view field;
};

const SearchProgram::Word* SearchProgram::find_word(std::string_view word) {
  using enum Word::Argument;
  constexpr auto bit = [](SystemFlag flag) { return static_cast<std::uint8_t>(flag); };
  static constexpr Word kWords[] = {
      {"ALL", Key::kAll, kNone, false, 0, {}},
      {"ANSWERED", Key::kFlag, kNone, false, bit(SystemFlag::kAnswered), {}},
      {"BCC", Key::kAddress, kString, false, 0, "Bcc"},
      {"BEFORE", Key::kBefore, kDate, false, 0, {}},
      {"BODY", Key::kBody, kString, false, 0, {}},
      {"CC", Key::kAddress, kString, false, 0, "Cc"},
      {"DELETED", Key::kFlag, kNone, false, bit(SystemFlag::kDeleted), {}},
      {"DRAFT", Key::kFlag, kNone, false, bit(SystemFlag::kDraft), {}},
      {"FLAGGED", Key::kFlag, kNone, false, bit(SystemFlag::kFlagged), {}},
      {"FROM", Key::kAddress, kString, false, 0, "From"},
      {"HEADER", Key::kField, kField, false, 0, {}},
      {"KEYWORD", Key::kKeyword, kKeyword, false, 0, {}},
      {"LARGER", Key::kLarger, kNumber, false, 0, {}},
      {"OLD", Key::kFlag, kNone, true, bit(SystemFlag::kRecent), {}},
      {"ON", Key::kOn, kDate, false, 0, {}},
      {"RECENT", Key::kFlag, kNone, false, bit(SystemFlag::kRecent), {}},
      {"SEEN", Key::kFlag, kNone, false, bit(SystemFlag::kSeen), {}},
      {"SENTBEFORE", Key::kSentBefore, kDate, false, 0, {}},
      {"SENTON", Key::kSentOn, kDate, false, 0, {}},
      {"SENTSINCE", Key::kSentSince, kDate, false, 0, {}},
      {"SINCE", Key::kSince, kDate, false, 0, {}},
      {"SMALLER", Key::kSmaller, kNumber, false, 0, {}},
      {"SUBJECT", Key::kField, kString, false, 0, "Subject"},
      {"TEXT", Key::kText, kString, false, 0, {}},
      {"TO", Key::kAddress, kString, false, 0, "To"},
      {"UID", Key::kUids, kSet, false, 0, {}},
      {"UNANSWERED", Key::kFlag, kNone, true, bit(SystemFlag::kAnswered), {}},
      {"UNDELETED", Key::kFlag, kNone, true, bit(SystemFlag::kDeleted), {}},
      {"UNDRAFT", Key::kFlag, kNone, true, bit(SystemFlag::kDraft), {}},
      {"UNFLAGGED", Key::kFlag, kNone, true, bit(SystemFlag::kFlagged), {}},
      {"UNKEYWORD", Key::kKeyword, kKeyword, true, 0, {}},
      {"UNSEEN", Key::kFlag, kNone, true, bit(SystemFlag::kSeen), {}},
  };
  for (const Word& row : kWords) {
    if (ascii::equal_ignoring_case(row.word, word)) return &row;
  }
  return nullptr;
}

bool SearchProgram::take_keys(Lexer& lexer, const SearchLimits& limits) {
  nodes_.clear();
  nodes_.emplace_back();
  do {
    std::uint32_t child = 0;
    if (!take_key(lexer, limits, 0, child)) return false;
    nodes_.front().children.push_back(child);
  } while (lexer.take_space());
  return lexer.at_end();
}

bool SearchProgram::take_key(Lexer& lexer, const SearchLimits& limits, std::size_t depth,
                             std::uint32_t& node) {
  if (nodes_.size() > limits.keys_max || depth > limits.depth_max) return false;
  node = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back();
  const char c = lexer.peek();
  if (c == '(') return take_list(lexer, limits, depth + 1, node);
  if (ascii::is_digit(c) || c == '*') {
    nodes_[node].key = Key::kNumbers;
    return lexer.take_sequence_set(nodes_[node].set, limits.ranges_max);
  }
  return take_word(lexer, limits, depth, node);
}

// "(" search-key *(SP search-key) ")"
bool SearchProgram::take_list(Lexer& lexer, const SearchLimits& limits, std::size_t depth,
                              std::uint32_t& node) {
  lexer.take('(');
  do {
    std::uint32_t child = 0;
    if (!take_key(lexer, limits, depth, child)) return false;
    nodes_[node].children.push_back(child);
  } while (lexer.take_space());
  return lexer.take(')');
}

bool SearchProgram::take_word(Lexer& lexer, const SearchLimits& limits, std::size_t depth,
                              std::uint32_t node) {
  std::string_view word;
  if (!lexer.take_atom(word)) return false;
  const bool either = ascii::equal_ignoring_case(word, "OR");
  if (either || ascii::equal_ignoring_case(word, "NOT")) {
    nodes_[node].key = either ? Key::kAny : Key::kNot;
    for (int i = 0; i < (either ? 2 : 1); ++i) {
      std::uint32_t child = 0;
      if (!lexer.take_space() || !take_key(lexer, limits, depth + 1, child)) return false;
      nodes_[node].children.push_back(child);
    }
    return true;
  }
  if (ascii::equal_ignoring_case(word, "NEW")) {  // RECENT UNSEEN
    std::uint32_t child = 0;
    Lexer both("(RECENT UNSEEN)");
    if (!take_key(both, limits, depth, child)) return false;
    nodes_[node].children.push_back(child);
    return true;
  }
  const Word* row = find_word(word);
  if (row == nullptr) return false;
  Node key;
  key.key = row->key;
  key.number = row->flag;
  key.name = row->field;
  if (row->argument != Word::Argument::kNone && !lexer.take_space()) return false;
  std::string_view keyword;
  std::uint32_t number = 0;
  bool taken = true;
  switch (row->argument) {
    case Word::Argument::kNone:
      break;
    case Word::Argument::kString:
      taken = lexer.take_astring(key.text);
      break;
    case Word::Argument::kKeyword:
      taken = lexer.take_atom(keyword);
      key.text = keyword;
      break;
    case Word::Argument::kDate:
      taken = lexer.take_date(key.number);
      break;
    case Word::Argument::kNumber:
      taken = lexer.take_number(number);
      key.number = number;
      break;
    case Word::Argument::kSet:
      taken = lexer.take_sequence_set(key.set, limits.ranges_max);
      break;
    case Word::Argument::kField:
      taken = lexer.take_astring(key.name) && lexer.take_space() && lexer.take_astring(key.text);
      break;
  }
  if (!taken) return false;
  if (row->negated) {
    nodes_[node].key = Key::kNot;
    nodes_[node].children.push_back(static_cast<std::uint32_t>(nodes_.size()));
    nodes_.push_back(std::move(key));
  } else {
    nodes_[node] = std::move(key);
  }
  return true;
}

void SearchProgram::resolve(SequenceNumber largest_number, Uid largest_uid) {
  for (Node& node : nodes_) {
    if (node.key == Key::kNumbers) node.set = node.set.resolved(largest_number);
    if (node.key == Key::kUids) node.set = node.set.resolved(largest_uid);
  }
}

SearchProgram::Outcome SearchProgram::match(const Subject& subject) const {
  return match_node(nodes_.front(), subject);
}

// Content is asked for only if no other child decides.
SearchProgram::Outcome SearchProgram::match_children(const Node& node,
                                                     const Subject& subject) const {
  const Outcome decisive = node.key == Key::kAll ? Outcome::kNo : Outcome::kYes;
  Outcome outcome = negated(decisive);
  for (std::uint32_t child : node.children) {
    const Outcome found = match_node(nodes_[child], subject);
    if (found == decisive) return decisive;
    if (found == Outcome::kNeedsContent) outcome = found;
  }
  return outcome;
}

SearchProgram::Outcome SearchProgram::match_node(const Node& node, const Subject& subject) const {
  const MessageInfo& info = *subject.info;
  switch (node.key) {
    case Key::kAll:
    case Key::kAny:
      return match_children(node, subject);
    case Key::kNot:
      return negated(match_node(nodes_[node.children.front()], subject));
    case Key::kFlag:
      return outcome_of((info.flags.system & node.number) != 0);
    case Key::kKeyword:
      return outcome_of(info.flags.has_keyword(node.text));
    case Key::kNumbers:
      return outcome_of(node.set.contains(subject.number));
    case Key::kUids:
      return outcome_of(node.set.contains(info.uid));
    case Key::kLarger:
      return outcome_of(info.size > static_cast<std::uint64_t>(node.number));
    case Key::kSmaller:
      return outcome_of(info.size < static_cast<std::uint64_t>(node.number));
    case Key::kBefore:
      return outcome_of(day_of(info.internal_date) < node.number);
    case Key::kOn:
      return outcome_of(day_of(info.internal_date) == node.number);
    case Key::kSince:
      return outcome_of(day_of(info.internal_date) >= node.number);
    default:
      break;
  }
  if (subject.tree == nullptr) return Outcome::kNeedsContent;
  const mail::MimeTree& tree = *subject.tree;
  const auto sent = [&tree](auto compare) {
    const auto day = sent_day(tree);
    return outcome_of(day.has_value() && compare(*day));
  };
  switch (node.key) {
    case Key::kSentBefore:
      return sent([&node](std::int64_t day) { return day < node.number; });
    case Key::kSentOn:
      return sent([&node](std::int64_t day) { return day == node.number; });
    case Key::kSentSince:
      return sent([&node](std::int64_t day) { return day >= node.number; });
    case Key::kField:
      return outcome_of(field_contains(tree, node.name, node.text));
    case Key::kAddress:
      return outcome_of(addresses_contain(tree, node.name, node.text));
    case Key::kBody:
      return outcome_of(body_contains(tree, node.text));
    default:
      return outcome_of(header_contains(tree, node.text) || body_contains(tree, node.text));
  }
}

}  // namespace mailcosm::imap
