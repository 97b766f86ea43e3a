#include <algorithm>

#include "protocols/base/check.h"
#include "protocols/imap/body_structure.h"
#include "protocols/imap/envelope.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"
#include "protocols/mail/date.h"
#include "protocols/mail/mime.h"

namespace mailcosm::imap {
namespace {

using namespace server;
using Kind = FetchItem::Kind;

bool is_whole(const FetchItem& item) {
  return item.kind == Kind::kRfc822 || (item.kind == Kind::kSection && item.section.part.empty() &&
                                        item.section.text == Section::Text::kAll);
}

bool needs_tree(const std::vector<FetchItem>& items) {
  return std::any_of(items.begin(), items.end(),
                     [](const FetchItem& item) { return item.needs_content() && !is_whole(item); });
}

// `BODY[1]<0> {5}` and so on. Octets beyond the end are left out, up to an empty string (RFC 3501
// section 6.4.5).
void append_octets(const FetchItem& item, std::optional<std::string_view> bytes,
                   std::string& output) {
  if (item.partial) {
    output.push_back('<');
    append_number(item.partial->origin, output);
    output.push_back('>');
  }
  output.push_back(' ');
  if (!bytes) {
    output.append("NIL");
    return;
  }
  if (item.partial) {
    bytes->remove_prefix(std::min<std::size_t>(item.partial->origin, bytes->size()));
    bytes = bytes->substr(0, item.partial->count);
  }
  append_literal(*bytes, output);
}

void append_section(const FetchItem& item, const mail::MimeTree& tree, std::string_view content,
                    std::string& output) {
  output.append("BODY[");
  item.section.append_to(output);
  output.push_back(']');
  std::string storage;
  append_octets(item, is_whole(item) ? content : find_section(tree, item.section, storage), output);
}

void append_item(const FetchItem& item, const MessageInfo& info, const mail::MimeTree& tree,
                 std::string_view content, std::string& output) {
  switch (item.kind) {
    case Kind::kUid:
      output.append("UID ");
      append_number(info.uid, output);
      return;
    case Kind::kFlags:
      output.append("FLAGS (");
      info.flags.append_to(output);
      output.push_back(')');
      return;
    case Kind::kInternalDate:
      output.append("INTERNALDATE \"")
          .append(mail::format_imap_date(info.internal_date))
          .append("\"");
      return;
    case Kind::kSize:
      output.append("RFC822.SIZE ");
      append_number(info.size, output);
      return;
    case Kind::kEnvelope:
      output.append("ENVELOPE ");
      append_envelope(mail::make_envelope(tree.root().header), output);
      return;
    case Kind::kBody:
    case Kind::kBodyStructure:
      output.append(item.kind == Kind::kBody ? "BODY " : "BODYSTRUCTURE ");
      append_body_structure(tree, item.kind == Kind::kBodyStructure, output);
      return;
    case Kind::kSection:
      append_section(item, tree, content, output);
      return;
    case Kind::kRfc822:
      output.append("RFC822 ");
      append_literal(content, output);
      return;
    case Kind::kRfc822Header:
      output.append("RFC822.HEADER ");
      append_literal(tree.header_of(tree.root()), output);
      return;
    case Kind::kRfc822Text:
      output.append("RFC822.TEXT ");
      append_literal(tree.body_of(tree.root()), output);
      return;
  }
}

bool contains(const std::vector<FetchItem>& items, Kind kind) {
  return std::any_of(items.begin(), items.end(),
                     [kind](const FetchItem& item) { return item.kind == kind; });
}

}  // namespace

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP
// fetch-att) ")")
ServerSession::Step ServerSession::fetch(Lexer& lexer, std::string& output) {
  bool found = false;
  if (!read_targets(lexer, found) || !lexer.take_space() ||
      !take_fetch_items(lexer, config_->limits.fetch_items_max, items_) || !lexer.at_end()) {
    return bad("FETCH takes a set of messages and items", output);
  }
  if (!found) return bad("No such message", output);
  if (by_uid_ && !contains(items_, Kind::kUid)) {
    items_.emplace(items_.begin())->kind = Kind::kUid;
  }
  const bool sets_seen = std::any_of(items_.begin(), items_.end(),
                                     [](const FetchItem& item) { return item.sets_seen; });
  if (sets_seen && !read_only_) {
    for (std::uint32_t position : positions_) {
      const SelectedMailbox::Entry& entry = mailbox_.at(position);
      if (!entry.gone && !entry.info.flags.has(SystemFlag::kSeen)) uids_.push_back(entry.info.uid);
    }
  }
  phase_ = Phase::kFetch;
  if (uids_.empty()) return {};
  store_mode_ = StoreMode::kAdd;
  flags_ = SystemFlag::kSeen;
  return ask(Question::kSeen);
}

ServerSession::Step ServerSession::fetch_step(std::string& output) {
  const bool needs_content = std::any_of(
      items_.begin(), items_.end(), [](const FetchItem& item) { return item.needs_content(); });
  while (at_ < positions_.size()) {
    if (written_ >= config_->limits.output_pause) {
      written_ = 0;
      return OutputPaused{};
    }
    const SelectedMailbox::Entry& entry = mailbox_.at(positions_[at_]);
    if (needs_content && !entry.gone) return ask(Question::kContent);
    if (needs_content) {
      missing_ = true;
    } else {
      write_fetch(positions_[at_], nullptr, output);
    }
    ++at_;
  }
  return finish_run(output);
}

// RFC 2180 section 4.1.3: what has been expunged elsewhere cannot be shown, and the client is told
// so at the end.
ServerSession::Step ServerSession::finish_run(std::string& output) {
  if (missing_ && !by_uid_) {
    return finish(Condition::kNo, ResponseCode::kExpungeIssued, "Some messages no longer exist",
                  output);
  }
  return done(output);
}

void ServerSession::write_fetch(std::uint32_t position, const Content& content,
                                std::string& output) {
  const std::size_t begin = output.size();
  const SelectedMailbox::Entry& entry = mailbox_.at(position);
  const std::string text = content ? content.text() : std::string();
  mail::MimeTree tree;
  if (content && needs_tree(items_)) tree = mail::MimeTree::parse(text);
  output.append("* ");
  append_number(position + 1, output);
  std::string_view separator = " FETCH (";
  for (const FetchItem& item : items_) {
    output.append(separator);
    separator = " ";
    append_item(item, entry.info, tree, text, output);
  }
  // Changed flags, by this FETCH or meanwhile, come along (RFC 3501 section 6.4.5).
  if (entry.flags_changed && !contains(items_, Kind::kFlags)) {
    output.append(" FLAGS (");
    entry.info.flags.append_to(output);
    output.push_back(')');
  }
  mailbox_.flags_told(position);
  output.append(")\r\n");
  written_ += output.size() - begin;
}

void ServerSession::answer(Content content, Instant now, std::string& output) {
  if (phase_ == Phase::kClosed) return;
  CHECK(question_ == Question::kContent);
  now_ = now;
  question_ = Question::kNone;
  const std::uint32_t position = positions_[at_++];
  if (phase_ == Phase::kFetch) {
    if (content) {
      write_fetch(position, content, output);
    } else {
      missing_ = true;
    }
    return;
  }
  if (!content) return;
  const std::string text = content.text();
  const mail::MimeTree tree = mail::MimeTree::parse(text);
  const MessageInfo& info = mailbox_.at(position).info;
  if (program_.match({&info, position + 1, &tree}) == SearchProgram::Outcome::kYes) {
    found_.push_back(by_uid_ ? info.uid : position + 1);
  }
}

}  // namespace mailcosm::imap
