// MailboxStore's part that makes, deletes and renames mailboxes.
#include <algorithm>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/mail/charset.h"
#include "sim/store/account_journal.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {
namespace {

constexpr char kSeparator = '/';

// INBOX in any case is one name, also as the first level (RFC 3501 section 5.1).
std::string canonical_name(std::string_view name) {
  if (name.size() > 1 && name.ends_with(kSeparator)) name.remove_suffix(1);
  std::string canonical(name);
  std::string_view rest = name;
  const std::string_view first = ascii::take_until(rest, kSeparator);
  if (ascii::equal_ignoring_case(first, "INBOX")) canonical.replace(0, first.size(), "INBOX");
  return canonical;
}

std::string_view name_of(const std::unique_ptr<Mailbox>& mailbox) { return mailbox->name(); }

}  // namespace

StoreError MailboxStore::check_name(std::string_view name) const {
  if (name.empty() || name.size() > limits_.name_length_max) return StoreError::kNameInvalid;
  if (!mail::is_utf8(name)) return StoreError::kNameInvalid;
  for (const char c : name) {
    if (ascii::is_control(c) || c == '*' || c == '%') return StoreError::kNameInvalid;
  }
  const auto levels = static_cast<std::size_t>(std::ranges::count(name, kSeparator)) + 1;
  if (levels > limits_.name_depth_max) return StoreError::kNameInvalid;
  const bool has_empty_level = name.starts_with(kSeparator) || name.ends_with(kSeparator) ||
                               name.find("//") != std::string_view::npos;
  return has_empty_level ? StoreError::kNameInvalid : StoreError::kNone;
}

Mailbox& MailboxStore::add_mailbox(Account& account, std::string_view name) {
  const auto seconds = static_cast<std::uint32_t>(runtime_->wall_time().seconds());
  account.uid_validity_last_ = std::max(account.uid_validity_last_ + 1, seconds);
  const auto place = std::ranges::lower_bound(account.mailboxes_, name, {}, name_of);
  return **account.mailboxes_.insert(
      place, std::make_unique<Mailbox>(account, std::string(name), account.uid_validity_last_));
}

// Adds the mailbox and those above it that are missing.
StoreError MailboxStore::add_with_superiors(Account& account, std::string_view name,
                                            std::vector<Mailbox*>& made) {
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = name.find(kSeparator, end + 1);
    const std::string_view level = name.substr(0, end);
    if (account.find(level) != nullptr) continue;
    if (account.mailboxes().size() >= limits_.mailboxes_max) {
      for (const Mailbox* mailbox : made) discard(account, *mailbox);
      return StoreError::kTooManyMailboxes;
    }
    made.push_back(&add_mailbox(account, level));
  }
  return StoreError::kNone;
}

// Records and announces the mailboxes made, or takes them back.
StoreError MailboxStore::commit_made(Account& account, const std::vector<Mailbox*>& made,
                                     ChangeRecords& change) {
  ChangeRecords all;
  for (const Mailbox* mailbox : made) all.mailbox_made(*mailbox);
  all.add(change);
  if (!commit(account, all)) {
    for (const Mailbox* mailbox : made) discard(account, *mailbox);
    account.rewrite_due_ = true;
    return StoreError::kDiskFull;
  }
  for (const Mailbox* mailbox : made) {
    runtime_->trace().emit(Kind::kMailboxCreated, {account.login(), mailbox->name()});
  }
  return StoreError::kNone;
}

void MailboxStore::discard(Account& account, const Mailbox& mailbox) {
  std::erase_if(account.mailboxes_, [&](const auto& other) { return other.get() == &mailbox; });
}

StoreError MailboxStore::create(Account& account, std::string_view given_name) {
  const std::string name = canonical_name(given_name);
  if (const StoreError error = check_name(name); error != StoreError::kNone) return error;
  ChangeRecords change;
  std::vector<Mailbox*> made;
  if (Mailbox* known = account.find(name)) {
    if (known->selectable_) return StoreError::kMailboxExists;
    known->selectable_ = true;
    change.mailbox_made(*known);
    if (!commit(account, change)) {
      known->selectable_ = false;
      account.rewrite_due_ = true;
      return StoreError::kDiskFull;
    }
    runtime_->trace().emit(Kind::kMailboxCreated, {account.login(), known->name()});
    return StoreError::kNone;
  }
  if (const StoreError error = add_with_superiors(account, name, made);
      error != StoreError::kNone) {
    return error;
  }
  return commit_made(account, made, change);
}

void MailboxStore::empty(Mailbox& mailbox) {
  for (const StoredMessage& message : mailbox.messages_) drop_content(mailbox.account(), message);
  mailbox.messages_.clear();
  Account& account = mailbox.account();
  for (Waiting& waiting : waiting_) {
    if (waiting.account != &account || waiting.mailbox != mailbox.uid_validity()) continue;
    // What was being moved stays where it is, though the journal has it leaving.
    account.rewrite_due_ = account.rewrite_due_ || !waiting.moved.empty();
    waiting.mailbox = 0;
    waiting.moved.clear();
  }
  if (!mailbox.extra_) return;
  for (MailboxObserver* observer : std::exchange(mailbox.extra_->observers, {})) {
    observer->on_deleted(mailbox);
  }
}

StoreError MailboxStore::remove(Account& account, std::string_view name) {
  Mailbox* mailbox = account.find(canonical_name(name));
  if (mailbox == nullptr) return StoreError::kNoMailbox;
  if (mailbox->name() == "INBOX") return StoreError::kNotPermitted;
  const bool is_kept = account.has_inferiors(*mailbox);
  if (is_kept && !mailbox->selectable_) return StoreError::kNotPermitted;
  ChangeRecords change;
  if (is_kept) {
    change.mailbox_emptied(mailbox->uid_validity());
  } else {
    change.mailbox_removed(mailbox->uid_validity());
  }
  if (!commit(account, change)) return StoreError::kDiskFull;
  runtime_->trace().emit(Kind::kMailboxDeleted, {account.login(), mailbox->name()});
  empty(*mailbox);
  mailbox->selectable_ = false;
  if (!is_kept) discard(account, *mailbox);
  if (account.rewrite_due_) rewrite(account);
  return StoreError::kNone;
}

StoreError MailboxStore::rename(Account& account, std::string_view from_name,
                                std::string_view to_name) {
  const std::string to = canonical_name(to_name);
  Mailbox* mailbox = account.find(canonical_name(from_name));
  if (mailbox == nullptr) return StoreError::kNoMailbox;
  if (const StoreError error = check_name(to); error != StoreError::kNone) return error;
  if (account.find(to) != nullptr) return StoreError::kMailboxExists;
  const std::string from = mailbox->name();
  if (from == "INBOX") return rename_inbox(account, to);
  if (to.starts_with(from + kSeparator)) return StoreError::kNotPermitted;

  std::vector<Mailbox*> renamed;
  ChangeRecords change;
  for (const auto& other : account.mailboxes()) {
    const bool is_inferior = other->name().starts_with(from + kSeparator);
    if (other.get() != mailbox && !is_inferior) continue;
    const std::string name = to + other->name().substr(from.size());
    if (const StoreError error = check_name(name); error != StoreError::kNone) return error;
    renamed.push_back(other.get());
    change.mailbox_renamed(other->uid_validity(), name);
  }
  std::vector<Mailbox*> made;
  const std::size_t parent = to.rfind(kSeparator);
  if (parent != std::string::npos) {
    const StoreError error = add_with_superiors(account, to.substr(0, parent), made);
    if (error != StoreError::kNone) return error;
  }
  if (const StoreError error = commit_made(account, made, change); error != StoreError::kNone) {
    return error;
  }
  for (Mailbox* other : renamed) other->name_.replace(0, from.size(), to);
  std::ranges::sort(account.mailboxes_, {}, name_of);
  runtime_->trace().emit(Kind::kMailboxRenamed, {account.login(), from, to});
  return StoreError::kNone;
}

StoreError MailboxStore::rename_inbox(Account& account, std::string_view to) {
  Mailbox& inbox = account.inbox();
  std::vector<Mailbox*> made;
  if (const StoreError error = add_with_superiors(account, to, made); error != StoreError::kNone) {
    return error;
  }
  Mailbox& target = *made.back();
  ChangeRecords change;
  change.messages_moved(inbox.uid_validity(), target.uid_validity());
  if (const StoreError error = commit_made(account, made, change); error != StoreError::kNone) {
    return error;
  }
  target.messages_ = std::exchange(inbox.messages_, {});
  target.uid_next_ = target.uid_reserved_ = inbox.uid_next_;
  target.recent_from_ = inbox.recent_from_;
  if (!inbox.keywords().empty()) target.extra().keywords = inbox.extra().keywords;
  // Messages on their way still go to INBOX, though the journal has them before the move; those
  // that are leaving do so from the new mailbox.
  for (Waiting& waiting : waiting_) {
    if (waiting.moved_from == inbox.uid_validity()) waiting.moved_from = target.uid_validity();
  }
  account.rewrite_due_ = !rewrite(account);
  runtime_->trace().emit(Kind::kMailboxRenamed, {account.login(), inbox.name(), to});
  for (const StoredMessage& message : target.messages_) notify_expunged(inbox, message.uid);
  return StoreError::kNone;
}

StoreError MailboxStore::subscribe(Account& account, std::string_view given_name) {
  const std::string name = canonical_name(given_name);
  if (const StoreError error = check_name(name); error != StoreError::kNone) return error;
  if (account.subscriptions().contains(name)) return StoreError::kNone;
  if (account.subscriptions().size() >= limits_.mailboxes_max) return StoreError::kTooManyMailboxes;
  ChangeRecords change;
  change.subscribed(name);
  if (!commit(account, change)) return StoreError::kDiskFull;
  account.own_subscriptions().insert(name);
  return StoreError::kNone;
}

StoreError MailboxStore::unsubscribe(Account& account, std::string_view given_name) {
  const std::string name = canonical_name(given_name);
  if (!account.subscriptions().contains(name)) return StoreError::kNoMailbox;
  ChangeRecords change;
  change.unsubscribed(name);
  if (!commit(account, change)) return StoreError::kDiskFull;
  account.own_subscriptions().erase(name);
  return StoreError::kNone;
}

}  // namespace mailcosm::sim
