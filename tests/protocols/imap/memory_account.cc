#include "tests/protocols/imap/memory_account.h"

#include <algorithm>
#include <variant>

namespace mailcosm::imap::testing {

using namespace server;

MemoryMessage* MemoryMailbox::find(Uid uid) {
  for (MemoryMessage& message : messages) {
    if (message.info.uid == uid) return &message;
  }
  return nullptr;
}

MemoryAccount::MemoryAccount() { make("INBOX"); }

MemoryMailbox* MemoryAccount::find(std::string_view name) {
  const auto place = mailboxes.find(name);
  return place == mailboxes.end() ? nullptr : place->second.get();
}

MemoryMailbox& MemoryAccount::make(std::string_view name) {
  auto mailbox = std::make_unique<MemoryMailbox>();
  mailbox->name = name;
  mailbox->uid_validity = ++uid_validity_last_;
  return *(mailboxes[std::string(name)] = std::move(mailbox));
}

bool MemoryAccount::remove(std::string_view name) {
  const auto place = mailboxes.find(name);
  if (place == mailboxes.end()) return false;
  for (MemorySession* session : sessions) {
    if (session->selected == place->second.get())
      session->engine.close("The mailbox has been deleted");
  }
  mailboxes.erase(place);
  return true;
}

bool MemoryAccount::rename(std::string_view from, std::string_view to) {
  const auto place = mailboxes.find(from);
  if (place == mailboxes.end() || find(to) != nullptr) return false;
  auto mailbox = std::move(place->second);
  mailboxes.erase(place);
  mailbox->name = to;
  mailboxes[std::string(to)] = std::move(mailbox);
  if (from == "INBOX") make("INBOX");
  return true;
}

Uid MemoryAccount::append(MemoryMailbox& mailbox, std::string content, Flags flags, WallTime date) {
  MemoryMessage message;
  message.info = {mailbox.uid_next++, std::move(flags), date.ns == 0 ? now : date, content.size()};
  message.content = Content(content);
  mailbox.messages.push_back(message);
  bool first = true;
  for (MemorySession* session : sessions) {
    if (session->selected != &mailbox) continue;
    MessageInfo info = message.info;
    if (first) info.flags.set(SystemFlag::kRecent);
    if (first) mailbox.recent_from = mailbox.uid_next;
    first = false;
    session->engine.arrived(info);
  }
  return message.info.uid;
}

void MemoryAccount::set_flags(MemoryMailbox& mailbox, Uid uid, StoreMode mode, const Flags& flags) {
  MemoryMessage* message = mailbox.find(uid);
  if (message == nullptr) return;
  message->info.flags = apply(mode, message->info.flags, flags);
  for (MemorySession* session : sessions) {
    if (session->selected == &mailbox) session->engine.flags_changed(uid, message->info.flags);
  }
}

void MemoryAccount::expunge(MemoryMailbox& mailbox, Uid uid) {
  std::erase_if(mailbox.messages,
                [uid](const MemoryMessage& message) { return message.info.uid == uid; });
  for (MemorySession* session : sessions) {
    if (session->selected == &mailbox) session->engine.expunged(uid);
  }
}

const ServerConfig& MemorySession::default_config() {
  static const ServerConfig config = [] {
    ServerConfig c;
    c.host_name = "imap.blue.com";
    return c;
  }();
  return config;
}

MemorySession::MemorySession(MemoryAccount& account, const ServerConfig& config)
    : engine(config, Instant{}), account_(account) {
  account_.sessions.push_back(this);
}

MemorySession::~MemorySession() { std::erase(account_.sessions, this); }

std::string MemorySession::take_output() {
  pump();
  return std::exchange(output_, {});
}

std::string MemorySession::feed(std::string_view bytes) {
  now_ = now_ + std::chrono::milliseconds(1);
  engine.receive(bytes, now_);
  return take_output();
}

void MemorySession::verdict(bool ok, ResponseCode code, std::string_view text) {
  engine.answer(ok ? Verdict::ok() : Verdict::no(code, text), now_, output_);
}

void MemorySession::on(const SelectAsked& e) {
  asked.push_back("select");
  MemoryMailbox* mailbox = account_.find(e.mailbox);
  if (mailbox == nullptr) return verdict(false, ResponseCode::kNonExistent, "No such mailbox");
  selected = mailbox;
  Snapshot snapshot;
  snapshot.uid_validity = mailbox->uid_validity;
  snapshot.uid_next = mailbox->uid_next;
  for (const MemoryMessage& message : mailbox->messages) {
    snapshot.messages.push_back(message.info);
    if (message.info.uid >= mailbox->recent_from)
      snapshot.messages.back().flags.set(SystemFlag::kRecent);
  }
  if (!e.read_only) mailbox->recent_from = mailbox->uid_next;
  engine.answer(std::move(snapshot), now_, output_);
}

void MemorySession::on(const CopyAsked& e) {
  asked.push_back(e.move ? "move" : "copy");
  MemoryMailbox* target = account_.find(e.mailbox);
  if (target == nullptr) return verdict(false, ResponseCode::kTryCreate, "No such mailbox");
  std::vector<Uid> sources;
  std::vector<Uid> targets;
  for (Uid uid : e.uids) {
    const MemoryMessage* message = selected->find(uid);
    if (message == nullptr) continue;
    const MemoryMessage copied = *message;
    sources.push_back(uid);
    targets.push_back(account_.append(*target, copied.content.text(), copied.info.flags,
                                      copied.info.internal_date));
    if (e.move) account_.expunge(*selected, uid);
  }
  engine.answer(Copied{target->uid_validity, sources, targets}, now_, output_);
}

void MemorySession::pump() {
  while (!closed) {
    const Event event = engine.next(output_);
    if (std::holds_alternative<NeedMore>(event)) return;
    if (!answers && engine.question_open()) return;
    std::visit([this](const auto& e) { on(e); }, event);
  }
}

void MemorySession::on(const LineReceived& e) { received.append(e.line).append("\r\n"); }

void MemorySession::on(const Closed& e) {
  closed = true;
  reason = e.reason;
}

void MemorySession::on(const LoginAsked& e) {
  asked.push_back("login");
  const bool known = e.credentials->login == "alice" || e.credentials->login == "bob";
  verdict(known && e.credentials->password == "secret", ResponseCode::kNone, {});
}

void MemorySession::on(const CreateAsked& e) {
  asked.push_back("create");
  const bool is_new = account_.find(e.mailbox) == nullptr;
  if (is_new) account_.make(e.mailbox);
  verdict(is_new, ResponseCode::kAlreadyExists, "It exists");
}

void MemorySession::on(const DeleteAsked& e) {
  asked.push_back("delete");
  verdict(account_.remove(e.mailbox), ResponseCode::kNonExistent, "No such mailbox");
}

void MemorySession::on(const RenameAsked& e) {
  asked.push_back("rename");
  verdict(account_.rename(e.mailbox, e.to), ResponseCode::kNonExistent, "No such mailbox");
}

void MemorySession::on(const SubscribeAsked& e) {
  asked.push_back("subscribe");
  if (e.subscribe) {
    account_.subscriptions.emplace(e.mailbox);
  } else {
    account_.subscriptions.erase(std::string(e.mailbox));
  }
  verdict(true, {}, {});
}

void MemorySession::on(const ListAsked& e) {
  asked.push_back("list");
  std::vector<MailboxEntry> entries;
  if (e.subscribed) {
    for (const std::string& name : account_.subscriptions) entries.push_back({name, true, {}});
  } else {
    for (const auto& [name, mailbox] : account_.mailboxes) entries.push_back({name, true, {}});
  }
  engine.answer(std::span<const MailboxEntry>(entries), now_, output_);
}

void MemorySession::on(const StatusAsked& e) {
  asked.push_back("status");
  const MemoryMailbox* mailbox = account_.find(e.mailbox);
  if (mailbox == nullptr) return verdict(false, ResponseCode::kNonExistent, "No such mailbox");
  Status status{static_cast<std::uint32_t>(mailbox->messages.size()), 0, mailbox->uid_next,
                mailbox->uid_validity, 0};
  for (const MemoryMessage& message : mailbox->messages) {
    if (!message.info.flags.has(SystemFlag::kSeen)) ++status.unseen;
    if (message.info.uid >= mailbox->recent_from) ++status.recent;
  }
  engine.answer(status, now_, output_);
}

void MemorySession::on(const AppendAsked& e) {
  asked.push_back("append");
  append_content_.clear();
  append_mailbox_ = e.mailbox;
  append_flags_ = *e.flags;
  append_date_ = e.internal_date.value_or(WallTime{});
  verdict(account_.find(e.mailbox) != nullptr, ResponseCode::kTryCreate, "No such mailbox");
}

void MemorySession::on(const AppendChunk& e) {
  received.append(e.bytes);
  append_content_.append(e.bytes);
}

void MemorySession::on(const AppendEndAsked&) {
  asked.push_back("append end");
  MemoryMailbox* mailbox = account_.find(append_mailbox_);
  if (mailbox == nullptr) return verdict(false, ResponseCode::kTryCreate, "No such mailbox");
  const Uid uid = account_.append(*mailbox, append_content_, append_flags_, append_date_);
  engine.answer(Appended{mailbox->uid_validity, uid}, now_, output_);
}

void MemorySession::on(const ContentAsked& e) {
  asked.push_back("content");
  const MemoryMessage* message = selected->find(e.uid);
  engine.answer(message != nullptr ? message->content : Content(), now_, output_);
}

void MemorySession::on(const StoreAsked& e) {
  asked.push_back("store");
  for (Uid uid : e.uids) account_.set_flags(*selected, uid, e.mode, *e.flags);
  verdict(true, {}, {});
}

void MemorySession::on(const ExpungeAsked& e) {
  asked.push_back("expunge");
  for (Uid uid : e.uids) account_.expunge(*selected, uid);
  verdict(true, {}, {});
}

}  // namespace mailcosm::imap::testing
