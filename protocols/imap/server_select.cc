#include "protocols/base/check.h"
#include "protocols/imap/server_session.h"
#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

using namespace server;

constexpr std::string_view kSystemFlags = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

void append_coded(std::string_view code, std::uint64_t number, std::string_view text,
                  std::string& output) {
  output.append("* OK [").append(code).append(" ");
  append_number(number, output);
  output.append("] ").append(text).append("\r\n");
}

void append_counted(std::size_t number, std::string_view what, std::string& output) {
  output.append("* ");
  append_number(number, output);
  output.append(" ").append(what).append("\r\n");
}

// The keywords in use, each once.
Flags keywords_of(const std::vector<MessageInfo>& messages) {
  Flags all;
  for (const MessageInfo& message : messages) {
    for (const std::string& keyword : message.flags.keywords) all.add_keyword(keyword);
  }
  return all;
}

}  // namespace

// select = "SELECT" SP mailbox
ServerSession::Step ServerSession::select(Lexer& lexer, std::string& output) {
  if (!lexer.take_space() || !lexer.take_mailbox(name_) || !lexer.at_end()) {
    return bad("Takes one mailbox name", output);
  }
  // Whatever comes of it, what was selected no longer is (RFC 3501 section 6.3.1).
  deselect();
  ask_due_ = Question::kSelect;
  return {};
}

void ServerSession::answer(Snapshot snapshot, Instant now, std::string& output) {
  if (phase_ == Phase::kClosed) return;
  CHECK(question_ == Question::kSelect);
  now_ = now;
  question_ = Question::kNone;
  read_only_ = snapshot.read_only || verb_ == Command::kExamine;
  const std::string keywords = keywords_of(snapshot.messages).to_string();
  mailbox_ = SelectedMailbox(std::move(snapshot.messages));
  selected_ = name_;

  output.append("* FLAGS (").append(kSystemFlags);
  if (!keywords.empty()) output.append(" ").append(keywords);
  output.append(")\r\n* OK [PERMANENTFLAGS (");
  if (!read_only_) {
    output.append(kSystemFlags);
    if (!keywords.empty()) output.append(" ").append(keywords);
    output.append(" \\*");
  }
  output.append(read_only_ ? ")] No flags are kept\r\n" : ")] Flags are kept\r\n");
  append_counted(mailbox_.exists(), "EXISTS", output);
  append_counted(mailbox_.recent(), "RECENT", output);
  if (const SequenceNumber unseen = mailbox_.first_unseen(); unseen != 0) {
    append_coded("UNSEEN", unseen, "First unseen", output);
  }
  append_coded("UIDVALIDITY", snapshot.uid_validity, "UIDs are valid", output);
  append_coded("UIDNEXT", snapshot.uid_next, "Predicted next UID", output);
  done_with(read_only_ ? "READ-ONLY" : "READ-WRITE", output);
}

// CLOSE expunges without telling (RFC 3501 section 6.4.2); UNSELECT does not expunge (RFC 3691).
ServerSession::Step ServerSession::close_mailbox(Lexer& lexer, std::string& output) {
  if (!lexer.at_end()) return bad("Takes no arguments", output);
  if (verb_ == Command::kClose && !read_only_) {
    for (std::size_t i = 0; i < mailbox_.exists(); ++i) {
      const SelectedMailbox::Entry& entry = mailbox_.at(i);
      if (!entry.gone && entry.info.flags.has(SystemFlag::kDeleted))
        uids_.push_back(entry.info.uid);
    }
  }
  if (!uids_.empty()) return ask(Question::kExpunge);
  deselect();
  return done(output);
}

}  // namespace mailcosm::imap
