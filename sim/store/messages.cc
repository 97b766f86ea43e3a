// MailboxStore's part that adds, changes and removes messages.
#include <algorithm>
#include <set>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "protocols/mail/message.h"
#include "sim/store/account_journal.h"
#include "sim/store/account_paths.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {

void MailboxStore::emit(Kind kind, const Mailbox& mailbox, const StoredMessage& message) {
  HostTrace& trace = runtime_->trace();
  if (!trace.wants(kind)) {
    trace.emit(kind, {});
    return;
  }
  const std::string message_id = mail::message_id_of(message.content);
  const Subject subject{{}, message_id};
  const std::string& user = mailbox.account().login();
  const std::string flags = to_string(message.flags, mailbox.keywords());
  switch (kind) {
    case Kind::kMessageStored:
      trace.emit(kind, {user, mailbox.name(), message.uid, flags, message.content.text()}, subject);
      break;
    case Kind::kFlagsChanged:
      trace.emit(kind, {user, mailbox.name(), message.uid, flags}, subject);
      break;
    default:
      trace.emit(kind, {user, mailbox.name(), message.uid}, subject);
      break;
  }
}

StoreError MailboxStore::append(Mailbox& mailbox, std::span<const NewMessage> messages,
                                StoreHandler& handler, std::uint64_t token) {
  Account& account = mailbox.account();
  if (!mailbox.selectable_) return StoreError::kNotSelectable;
  std::uint64_t size = 0;
  for (const NewMessage& message : messages) size += message.content.size();
  if (!fits_quota(account, size)) return StoreError::kOverQuota;

  Waiting waiting{.account = &account, .mailbox = mailbox.uid_validity()};
  ChangeRecords change;
  const std::uint32_t numbers_before = account.content_number_last_;
  bool is_written = true;
  for (const NewMessage& message : messages) {
    const std::uint32_t number = ++account.content_number_last_;
    const Uid uid = mailbox.uid_reserved_ + (number - numbers_before - 1);
    is_written = is_written &&
                 runtime_->disk().write(content_path(account.login(), number), message.content);
    waiting.messages.push_back(
        {uid, number, message.flags, message.internal_date, message.content});
    change.message_added(mailbox.uid_validity(), waiting.messages.back());
  }
  if (!is_written || !commit(account, change)) {
    for (const StoredMessage& message : waiting.messages) {
      runtime_->disk().remove(content_path(account.login(), message.content_number));
    }
    return StoreError::kDiskFull;
  }
  mailbox.uid_reserved_ += static_cast<Uid>(messages.size());
  account.bytes_used_ += size;
  wait(std::move(waiting), handler, token);
  return StoreError::kNone;
}

StoreError MailboxStore::copy(Mailbox& from, std::span<const Uid> uids, Mailbox& to,
                              StoreHandler& handler, std::uint64_t token) {
  return copy_or_move(from, uids, to, false, handler, token);
}

StoreError MailboxStore::move(Mailbox& from, std::span<const Uid> uids, Mailbox& to,
                              StoreHandler& handler, std::uint64_t token) {
  return copy_or_move(from, uids, to, true, handler, token);
}

StoreError MailboxStore::copy_or_move(Mailbox& from, std::span<const Uid> uids, Mailbox& to,
                                      bool moves, StoreHandler& handler, std::uint64_t token) {
  Account& account = to.account();
  CHECK(&from.account() == &account);
  if (!to.selectable_) return StoreError::kNotSelectable;
  Waiting waiting{.account = &account, .mailbox = to.uid_validity()};
  if (moves) waiting.moved_from = from.uid_validity();
  ChangeRecords change;
  std::uint64_t size = 0;
  const std::set<Uid> leaving = moves ? leaving_from(from) : std::set<Uid>();
  for (const Uid uid : uids) {
    const StoredMessage* message = from.find(uid);
    if (message == nullptr || leaving.contains(uid)) continue;
    StoredMessage copied = *message;
    copied.uid = to.uid_reserved_ + static_cast<Uid>(waiting.messages.size());
    copied.flags = flags_in(to, from, message->flags);
    size += copied.content.size();
    change.message_added(to.uid_validity(), copied);
    waiting.messages.push_back(std::move(copied));
    if (moves) waiting.moved.push_back(uid);
  }
  for (const Uid uid : waiting.moved) change.message_removed(from.uid_validity(), uid);
  if (!moves && !fits_quota(account, size)) return StoreError::kOverQuota;
  if (!waiting.messages.empty() && !commit(account, change)) return StoreError::kDiskFull;
  for (const StoredMessage& message : waiting.messages) {
    ++account.extra().content_copies.try_emplace(message.content_number, 1).first->second;
  }
  to.uid_reserved_ += static_cast<Uid>(waiting.messages.size());
  account.bytes_used_ += size;
  wait(std::move(waiting), handler, token);
  return StoreError::kNone;
}

std::set<Uid> MailboxStore::leaving_from(const Mailbox& mailbox) const {
  std::set<Uid> leaving;
  for (const Waiting& waiting : waiting_) {
    if (waiting.account != &mailbox.account() || waiting.moved_from != mailbox.uid_validity())
      continue;
    leaving.insert(waiting.moved.begin(), waiting.moved.end());
  }
  return leaving;
}

// The same flags in another mailbox. A keyword that finds no room there is left out.
MessageFlags MailboxStore::flags_in(Mailbox& to, const Mailbox& from, const MessageFlags& flags) {
  MessageFlags mapped{flags.system, 0};
  for (std::size_t i = 0; i < from.keywords().size(); ++i) {
    if ((flags.keywords >> i & 1) == 0) continue;
    mapped.keywords |= keyword_bit(to, from.keywords()[i]).value_or(0);
  }
  return mapped;
}

// Makes visible what has become safe.
StoreError MailboxStore::settle(Waiting& waiting, bool ok, std::vector<Uid>& uids) {
  if (waiting.account == nullptr) return ok ? StoreError::kNone : StoreError::kDiskFailed;
  Account& account = *waiting.account;
  const bool removes_only = waiting.messages.empty() && !waiting.moved.empty();
  if (removes_only) return settle_removal(waiting, ok);
  Mailbox* mailbox = account.find(waiting.mailbox);
  if (!ok || mailbox == nullptr || !mailbox->selectable_) {
    for (const StoredMessage& message : waiting.messages) drop_content(account, message);
    account.rewrite_due_ = account.rewrite_due_ || !ok;
    return ok ? StoreError::kNoMailbox : StoreError::kDiskFailed;
  }
  if (waiting.messages.empty()) return StoreError::kNone;
  const Uid first = waiting.messages.front().uid;
  for (StoredMessage& message : waiting.messages) {
    uids.push_back(message.uid);
    mailbox->uid_next_ = message.uid + 1;
    mailbox->messages_.push_back(std::move(message));
    emit(Kind::kMessageStored, *mailbox, mailbox->messages_.back());
  }
  if (mailbox->extra_) {
    for (MailboxObserver* observer : mailbox->extra_->observers)
      observer->on_added(*mailbox, first);
  }
  return settle_removal(waiting, ok);
}

StoreError MailboxStore::settle_removal(const Waiting& waiting, bool ok) {
  Account& account = *waiting.account;
  account.rewrite_due_ = account.rewrite_due_ || !ok;
  if (!ok) return StoreError::kDiskFailed;
  Mailbox* source = waiting.moved.empty() ? nullptr : account.find(waiting.moved_from);
  if (source != nullptr) remove_messages(*source, waiting.moved);
  return StoreError::kNone;
}

std::optional<std::uint64_t> MailboxStore::keyword_bit(Mailbox& mailbox, std::string_view keyword) {
  const std::span<const std::string> known = mailbox.keywords();
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (ascii::equal_ignoring_case(known[i], keyword)) return std::uint64_t{1} << i;
  }
  if (known.size() >= MessageFlags::kKeywordsMax) return std::nullopt;
  ChangeRecords change;
  change.keyword_made(mailbox.uid_validity(), keyword);
  if (!commit(mailbox.account(), change)) return std::nullopt;
  mailbox.extra().keywords.emplace_back(keyword);
  return std::uint64_t{1} << known.size();
}

StoreError MailboxStore::set_flags(Mailbox& mailbox, Uid uid, const MessageFlags& flags) {
  const StoredMessage* found = mailbox.find(uid);
  if (found == nullptr || found->flags == flags) return StoreError::kNone;
  ChangeRecords change;
  change.flags_set(mailbox.uid_validity(), uid, flags);
  if (!commit(mailbox.account(), change)) return StoreError::kDiskFull;
  StoredMessage& message = mailbox.messages_[mailbox.position_of(uid)];
  message.flags = flags;
  emit(Kind::kFlagsChanged, mailbox, message);
  if (!mailbox.extra_) return StoreError::kNone;
  for (MailboxObserver* observer : mailbox.extra_->observers) {
    observer->on_flags_changed(mailbox, message);
  }
  return StoreError::kNone;
}

StoreError MailboxStore::expunge(Mailbox& mailbox, std::span<const Uid> uids) {
  ChangeRecords change;
  std::vector<Uid> found;
  const std::set<Uid> leaving = leaving_from(mailbox);
  for (const Uid uid : uids) {
    if (mailbox.find(uid) == nullptr || leaving.contains(uid)) continue;
    found.push_back(uid);
    change.message_removed(mailbox.uid_validity(), uid);
  }
  if (found.empty()) return StoreError::kNone;
  Account& account = mailbox.account();
  if (!commit(account, change)) return StoreError::kDiskFull;
  Waiting waiting{.sync = syncs_ + 1, .account = &account, .moved_from = mailbox.uid_validity()};
  waiting.moved = std::move(found);
  waiting_.push_back(std::move(waiting));
  return StoreError::kNone;
}

void MailboxStore::remove_messages(Mailbox& mailbox, std::span<const Uid> uids) {
  std::vector<Uid> wanted(uids.begin(), uids.end());
  std::ranges::sort(wanted);
  std::vector<StoredMessage> removed;
  std::erase_if(mailbox.messages_, [&](StoredMessage& message) {
    const bool is_wanted = std::ranges::binary_search(wanted, message.uid);
    if (is_wanted) removed.push_back(message);
    return is_wanted;
  });
  for (const StoredMessage& message : removed) {
    drop_content(mailbox.account(), message);
    emit(Kind::kMessageExpunged, mailbox, message);
    notify_expunged(mailbox, message.uid);
  }
}

void MailboxStore::notify_expunged(const Mailbox& mailbox, Uid uid) {
  if (!mailbox.extra_) return;
  for (MailboxObserver* observer : mailbox.extra_->observers) observer->on_expunged(mailbox, uid);
}

void MailboxStore::drop_content(Account& account, const StoredMessage& message) {
  account.bytes_used_ -= message.content.size();
  if (account.extra_) {
    auto& all = account.extra_->content_copies;
    if (const auto copies = all.find(message.content_number); copies != all.end()) {
      if (--copies->second == 1) all.erase(copies);
      return;
    }
  }
  runtime_->disk().remove(content_path(account.login(), message.content_number));
}

void MailboxStore::claim_recent(Mailbox& mailbox) {
  if (mailbox.recent_from_ == mailbox.uid_next_) return;
  ChangeRecords change;
  change.recent_claimed(mailbox.uid_validity(), mailbox.uid_next_);
  // A full disk only means that they are \Recent once more after a restart.
  (void)commit(mailbox.account(), change);
  mailbox.recent_from_ = mailbox.uid_next_;
}

}  // namespace mailcosm::sim
