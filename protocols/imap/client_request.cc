#include "protocols/base/ascii.h"
#include "protocols/imap/client_session.h"
#include "protocols/imap/mailbox_name.h"
#include "protocols/imap/write.h"
#include "protocols/mail/date.h"

namespace mailcosm::imap {
namespace {

// What may stand between a command's name and its CRLF as it is: one line.
bool is_line(std::string_view text) {
  for (char c : text) {
    if (ascii::is_control(c)) return false;
  }
  return !text.empty();
}

bool is_sayable(std::string_view text) { return text.find('\0') == std::string_view::npos; }

// Names on the server may be anything in modified UTF-7; those of this side must be names.
bool is_name(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMailboxNameLengthMax) return false;
  for (char c : utf8) {
    if (ascii::is_control(c)) return false;
  }
  return true;
}

}  // namespace

ClientSession::RequestId ClientSession::add(Command command, std::string text, bool pipelines) {
  if (phase_ == Phase::kClosed || logging_out_) return 0;
  Request& request = requests_.emplace_back();
  request.id = ++last_id_;
  request.command = command;
  request.text = std::move(text);
  request.pipelines = pipelines;
  if (phase_ == Phase::kIdle) done_wanted_ = true;
  return request.id;
}

// Before anything that waits.
void ClientSession::ask_capabilities() {
  Request request;
  request.id = ++last_id_;
  request.command = Command::kCapability;
  request.internal = true;
  request.text = "CAPABILITY";
  requests_.insert(requests_.begin() + static_cast<std::ptrdiff_t>(sent_), std::move(request));
}

ClientSession::RequestId ClientSession::log_in(std::string_view user, std::string_view password,
                                               LoginMethod method) {
  if (!is_sayable(user) || !is_sayable(password)) return 0;
  const RequestId id = add(Command::kLogin, {}, false);
  if (id == 0) return 0;
  requests_.back().credentials = {{}, std::string(user), std::string(password)};
  requests_.back().sasl_wanted = method == LoginMethod::kSasl;
  return id;
}

ClientSession::RequestId ClientSession::noop() { return add(Command::kNoop, "NOOP", false); }
ClientSession::RequestId ClientSession::check() { return add(Command::kCheck, "CHECK", false); }
ClientSession::RequestId ClientSession::close() { return add(Command::kClose, "CLOSE", false); }
ClientSession::RequestId ClientSession::unselect() {
  return add(Command::kUnselect, "UNSELECT", false);
}
ClientSession::RequestId ClientSession::expunge() {
  return add(Command::kExpunge, "EXPUNGE", false);
}
ClientSession::RequestId ClientSession::idle() { return add(Command::kIdle, "IDLE", false); }

ClientSession::RequestId ClientSession::log_out() {
  const RequestId id = add(Command::kLogout, "LOGOUT", false);
  logging_out_ = true;
  return id;
}

void ClientSession::done() {
  for (const Request& request : requests_) {
    if (request.command == Command::kIdle) done_wanted_ = true;
  }
}

ClientSession::RequestId ClientSession::add_mailbox(Command command, std::string_view mailbox,
                                                    bool pipelines) {
  if (!is_name(mailbox)) return 0;
  std::string text(to_string(command));
  text.push_back(' ');
  append_mailbox(mailbox, text);
  return add(command, std::move(text), pipelines);
}

ClientSession::RequestId ClientSession::select(std::string_view mailbox) {
  const RequestId id = add_mailbox(Command::kSelect, mailbox, false);
  if (id != 0) requests_.back().mailbox.assign(mailbox);
  return id;
}

ClientSession::RequestId ClientSession::examine(std::string_view mailbox) {
  const RequestId id = add_mailbox(Command::kExamine, mailbox, false);
  if (id != 0) requests_.back().mailbox.assign(mailbox);
  return id;
}

ClientSession::RequestId ClientSession::create(std::string_view mailbox) {
  return add_mailbox(Command::kCreate, mailbox, true);
}

ClientSession::RequestId ClientSession::remove(std::string_view mailbox) {
  return add_mailbox(Command::kDelete, mailbox, true);
}

ClientSession::RequestId ClientSession::rename(std::string_view mailbox, std::string_view to) {
  if (!is_name(mailbox) || !is_name(to)) return 0;
  std::string text = "RENAME ";
  append_mailbox(mailbox, text);
  text.push_back(' ');
  append_mailbox(to, text);
  return add(Command::kRename, std::move(text), true);
}

ClientSession::RequestId ClientSession::subscribe(std::string_view mailbox) {
  return add_mailbox(Command::kSubscribe, mailbox, true);
}

ClientSession::RequestId ClientSession::unsubscribe(std::string_view mailbox) {
  return add_mailbox(Command::kUnsubscribe, mailbox, true);
}

ClientSession::RequestId ClientSession::add_list(Command command, std::string_view reference,
                                                 std::string_view pattern) {
  if (!is_sayable(reference) || !is_sayable(pattern)) return 0;
  std::string text(to_string(command));
  for (std::string_view name : {reference, pattern}) {
    std::string wire;
    encode_mailbox_name(name, wire);
    text.push_back(' ');
    append_string(wire, text);
  }
  return add(command, std::move(text), true);
}

ClientSession::RequestId ClientSession::list(std::string_view reference, std::string_view pattern) {
  return add_list(Command::kList, reference, pattern);
}

ClientSession::RequestId ClientSession::lsub(std::string_view reference, std::string_view pattern) {
  return add_list(Command::kLsub, reference, pattern);
}

ClientSession::RequestId ClientSession::status(std::string_view mailbox, std::string_view items) {
  if (!is_name(mailbox) || !is_line(items)) return 0;
  std::string text = "STATUS ";
  append_mailbox(mailbox, text);
  text.append(" (").append(items).append(")");
  return add(Command::kStatus, std::move(text), true);
}

ClientSession::RequestId ClientSession::append(std::string_view mailbox, const Flags& flags,
                                               std::optional<WallTime> internal_date,
                                               Content content) {
  if (!is_name(mailbox) || content == nullptr) return 0;
  std::string text = "APPEND ";
  append_mailbox(mailbox, text);
  text.append(" (");
  flags.append_to(text);
  text.append(") ");
  if (internal_date) text.append("\"").append(mail::format_imap_date(*internal_date)).append("\" ");
  text.push_back('{');
  append_number(content.size(), text);
  text.append("}\r\n");
  const RequestId id = add(Command::kAppend, std::move(text), false);
  if (id != 0) requests_.back().content = std::move(content);
  return id;
}

ClientSession::RequestId ClientSession::add_set(Command command, bool by_uid,
                                                const SequenceSet& set, std::string_view rest) {
  if (set.empty()) return 0;
  std::string text = by_uid ? "UID " : "";
  text.append(to_string(command)).append(" ");
  set.append_to(text);
  if (!rest.empty()) text.append(" ").append(rest);
  // Sequence numbers may have changed by the time they are read (RFC 3501 section 5.5); UIDs may
  // not.
  return add(command, std::move(text), by_uid);
}

ClientSession::RequestId ClientSession::fetch(const SequenceSet& set, std::string_view items) {
  return is_line(items) ? add_set(Command::kFetch, false, set, items) : 0;
}

ClientSession::RequestId ClientSession::uid_fetch(const SequenceSet& set, std::string_view items) {
  return is_line(items) ? add_set(Command::kFetch, true, set, items) : 0;
}

ClientSession::RequestId ClientSession::add_store(bool by_uid, const SequenceSet& set,
                                                  StoreMode mode, const Flags& flags, bool silent) {
  std::string rest = mode == StoreMode::kAdd      ? "+FLAGS"
                     : mode == StoreMode::kRemove ? "-FLAGS"
                                                  : "FLAGS";
  rest.append(silent ? ".SILENT (" : " (");
  Flags sayable = flags;
  sayable.clear(SystemFlag::kRecent);
  sayable.append_to(rest);
  rest.push_back(')');
  return add_set(Command::kStore, by_uid, set, rest);
}

ClientSession::RequestId ClientSession::store(const SequenceSet& set, StoreMode mode,
                                              const Flags& flags, bool silent) {
  return add_store(false, set, mode, flags, silent);
}

ClientSession::RequestId ClientSession::uid_store(const SequenceSet& set, StoreMode mode,
                                                  const Flags& flags, bool silent) {
  return add_store(true, set, mode, flags, silent);
}

ClientSession::RequestId ClientSession::copy(const SequenceSet& set, std::string_view mailbox) {
  if (!is_name(mailbox)) return 0;
  std::string name;
  append_mailbox(mailbox, name);
  return add_set(Command::kCopy, false, set, name);
}

ClientSession::RequestId ClientSession::uid_copy(const SequenceSet& set, std::string_view mailbox) {
  if (!is_name(mailbox)) return 0;
  std::string name;
  append_mailbox(mailbox, name);
  return add_set(Command::kCopy, true, set, name);
}

ClientSession::RequestId ClientSession::uid_move(const SequenceSet& set, std::string_view mailbox) {
  if (!is_name(mailbox)) return 0;
  std::string name;
  append_mailbox(mailbox, name);
  return add_set(Command::kMove, true, set, name);
}

ClientSession::RequestId ClientSession::uid_expunge(const SequenceSet& set) {
  return add_set(Command::kExpunge, true, set, {});
}

ClientSession::RequestId ClientSession::search(std::string_view criteria) {
  return is_line(criteria) ? add(Command::kSearch, "SEARCH " + std::string(criteria), false) : 0;
}

ClientSession::RequestId ClientSession::uid_search(std::string_view criteria) {
  return is_line(criteria) ? add(Command::kSearch, "UID SEARCH " + std::string(criteria), false)
                           : 0;
}

}  // namespace mailcosm::imap
