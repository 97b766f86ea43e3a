#include <algorithm>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/imap/mailbox_name.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

using namespace server;

constexpr std::string_view kStatusItems[] = {"MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY",
                                             "UNSEEN"};

struct Listed {
  std::string name;
  bool exists = true;
  bool selectable = true;
  std::string_view special_use;
};

bool is_inferior(std::string_view name, std::string_view superior) {
  return name.size() > superior.size() && name.starts_with(superior) &&
         name[superior.size()] == kHierarchyDelimiter;
}

// The names are in byte order, so inferiors stand together.
bool has_children(std::span<const MailboxEntry> mailboxes, std::string_view name) {
  std::string first(name);
  first.push_back(kHierarchyDelimiter);
  const auto place = std::lower_bound(
      mailboxes.begin(), mailboxes.end(), first,
      [](const MailboxEntry& entry, const std::string& wanted) { return entry.name < wanted; });
  return place != mailboxes.end() && is_inferior(place->name, name);
}

// Superiors that match where only an inferior exists, or is subscribed: `%` must not hide it (RFC
// 3501 sections 6.3.8 and 6.3.9).
void add_superiors(std::string_view name, std::string_view pattern, std::vector<Listed>& listed) {
  for (std::size_t i = name.find(kHierarchyDelimiter); i != std::string_view::npos;
       i = name.find(kHierarchyDelimiter, i + 1)) {
    const std::string_view superior = name.substr(0, i);
    if (matches_list_pattern(pattern, superior))
      listed.push_back({std::string(superior), false, false, {}});
  }
}

std::vector<Listed> select(std::span<const MailboxEntry> mailboxes, std::string_view pattern) {
  std::vector<Listed> listed;
  const bool one_level = pattern.find('%') != std::string_view::npos;
  for (const MailboxEntry& entry : mailboxes) {
    if (matches_list_pattern(pattern, entry.name)) {
      listed.push_back({entry.name, true, entry.selectable, entry.special_use});
    } else if (one_level) {
      add_superiors(entry.name, pattern, listed);
    }
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return a.name != b.name ? a.name < b.name : a.exists > b.exists;
  });
  listed.erase(std::unique(listed.begin(), listed.end(),
                           [](const Listed& a, const Listed& b) { return a.name == b.name; }),
               listed.end());
  return listed;
}

void append_attribute(std::string_view attribute, std::string_view& separator,
                      std::string& output) {
  output.append(separator).append(attribute);
  separator = " ";
}

}  // namespace

// list = "LIST" SP mailbox SP list-mailbox
ServerSession::Step ServerSession::list(Lexer& lexer, std::string& output) {
  if (!lexer.take_space() || !lexer.take_astring(name_) || !lexer.take_space() ||
      !lexer.take_list_mailbox(to_) || !lexer.at_end()) {
    return bad("Takes a reference and a pattern", output);
  }
  if (to_.empty()) {  // asks for the hierarchy delimiter
    output.append("* ").append(to_string(verb_)).append(" (\\Noselect) \"/\" \"\"\r\n");
    return done(output);
  }
  name_.append(to_);
  // A pattern that is no name in modified UTF-7 matches nothing.
  auto pattern = decode_mailbox_name(name_);
  if (!pattern) return done(output);
  to_ = *std::move(pattern);
  normalise_inbox(to_);
  return ask(Question::kList);
}

void ServerSession::answer(std::span<const MailboxEntry> mailboxes, Instant now,
                           std::string& output) {
  if (phase_ == Phase::kClosed) return;
  CHECK(question_ == Question::kList);
  now_ = now;
  question_ = Question::kNone;
  const bool subscribed = verb_ == Command::kLsub;
  for (const Listed& entry : imap::select(mailboxes, to_)) {
    output.append("* ").append(to_string(verb_)).append(" (");
    std::string_view separator;
    if (!entry.selectable) append_attribute("\\Noselect", separator, output);
    if (!subscribed) {
      append_attribute(has_children(mailboxes, entry.name) ? "\\HasChildren" : "\\HasNoChildren",
                       separator, output);
      if (!entry.special_use.empty()) append_attribute(entry.special_use, separator, output);
    }
    output.append(") \"/\" ");
    append_mailbox(entry.name, output);
    output.append("\r\n");
  }
  done(output);
}

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
ServerSession::Step ServerSession::status(Lexer& lexer, std::string& output) {
  const auto wrong = [&] { return bad("Takes a mailbox name and a list of items", output); };
  status_items_.clear();
  if (!lexer.take_space() || !lexer.take_mailbox(name_) || !lexer.take_space() || !lexer.take('('))
    return wrong();
  do {
    std::string_view word;
    if (!lexer.take_atom(word) || status_items_.size() == 2 * std::size(kStatusItems))
      return wrong();
    const auto item = std::find_if(
        std::begin(kStatusItems), std::end(kStatusItems),
        [word](std::string_view name) { return ascii::equal_ignoring_case(name, word); });
    if (item == std::end(kStatusItems)) return wrong();
    status_items_.push_back(static_cast<std::uint8_t>(item - std::begin(kStatusItems)));
  } while (lexer.take_space());
  if (!lexer.take(')') || !lexer.at_end()) return wrong();
  return ask(Question::kStatus);
}

void ServerSession::answer(const Status& status, Instant now, std::string& output) {
  if (phase_ == Phase::kClosed) return;
  CHECK(question_ == Question::kStatus);
  now_ = now;
  question_ = Question::kNone;
  const std::uint32_t values[] = {status.messages, status.recent, status.uid_next,
                                  status.uid_validity, status.unseen};
  output.append("* STATUS ");
  append_mailbox(name_, output);
  std::string_view separator = " (";
  for (std::uint8_t item : status_items_) {
    output.append(separator).append(kStatusItems[item]).append(" ");
    append_number(values[item], output);
    separator = " ";
  }
  output.append(")\r\n");
  done(output);
}

// RFC 2342 section 5: one personal namespace.
ServerSession::Step ServerSession::name_space(Lexer& lexer, std::string& output) {
  if (!lexer.at_end()) return bad("Takes no arguments", output);
  output.append("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
  return done(output);
}

}  // namespace mailcosm::imap
