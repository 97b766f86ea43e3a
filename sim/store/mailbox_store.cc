// Accounts, their journals, and what waits for the disk.
#include "sim/store/mailbox_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"
#include "sim/store/account_journal.h"
#include "sim/store/account_paths.h"
#include "sim/store/journal_frame.h"

namespace mailcosm::sim {

std::string_view to_string(StoreError error) {
  switch (error) {
    case StoreError::kNone:
      return "ok";
    case StoreError::kNoMailbox:
      return "no such mailbox";
    case StoreError::kMailboxExists:
      return "mailbox exists already";
    case StoreError::kNotSelectable:
      return "mailbox cannot hold messages";
    case StoreError::kNameInvalid:
      return "mailbox name is not valid";
    case StoreError::kNotPermitted:
      return "not permitted for this mailbox";
    case StoreError::kTooManyMailboxes:
      return "too many mailboxes";
    case StoreError::kOverQuota:
      return "over quota";
    case StoreError::kDiskFull:
      return "disk is full";
    case StoreError::kDiskFailed:
      return "disk has failed";
  }
  return "unknown";
}

MailboxStore::MailboxStore(Runtime& runtime, const StoreLimits& limits)
    : runtime_(&runtime), limits_(limits) {}

MailboxStore::~MailboxStore() { runtime_->disk().forget(*this); }

Account& MailboxStore::open_account(std::string_view login, std::uint64_t quota_max) {
  CHECK(find_account(login) == nullptr);
  auto made = std::make_unique<Account>(std::string(login));
  const std::string_view key = made->login();
  Account& account = *accounts_.emplace(key, std::move(made)).first->second;
  account.quota_max_ = quota_max;
  const Content journal = runtime_->disk().read(journal_path(login));
  if (journal) read_account(account, journal.text());
  if (!account.exists()) make_account(account);
  return account;
}

Account* MailboxStore::find_account(std::string_view login) const {
  const auto found = accounts_.find(login);
  return found == accounts_.end() ? nullptr : found->second.get();
}

void MailboxStore::read_account(Account& account, const std::string& journal) {
  Disk& disk = runtime_->disk();
  const std::string prefix = content_prefix(account.login());
  account.rewrite_due_ = AccountJournal::replay(journal, disk, prefix, account);
  // UIDVALIDITYs that were given out and then lost are not given again.
  const auto seconds = static_cast<std::uint32_t>(runtime_->wall_time().seconds());
  account.uid_validity_last_ = std::max(account.uid_validity_last_, seconds);
  // Contents of messages that never became safe.
  std::set<std::string> named;
  for (const auto& mailbox : account.mailboxes_) {
    for (const StoredMessage& message : mailbox->messages()) {
      named.insert(content_path(account.login(), message.content_number));
    }
  }
  for (const std::string& path : disk.list(prefix)) {
    if (!named.contains(path)) disk.remove(path);
  }
  disk.remove(new_journal_path(account.login()));
  if (account.rewrite_due_) rewrite(account);
}

void MailboxStore::make_account(Account& account) {
  const auto seconds = static_cast<std::uint32_t>(runtime_->wall_time().seconds());
  account.set_first_mailboxes(std::max(account.uid_validity_last_ + 1, seconds));
  account.has_first_subscriptions_ = true;
  account.rewrite_due_ = true;
  rewrite(account);
  for (const std::string_view name : Account::kFirstMailboxes) {
    runtime_->trace().emit(Kind::kMailboxCreated, {account.login(), name});
  }
}

// The change is in the journal before it is in memory. A journal that has become long is first
// replaced by the present state.
bool MailboxStore::commit(Account& account, const ChangeRecords& change) {
  constexpr std::uint32_t kFramesKept = 64;
  bool is_long = account.journal_frames_ > kFramesKept;
  if (is_long) {
    std::size_t live = account.untouched();
    for (const auto& mailbox : account.mailboxes_) live += mailbox->messages().size() + 1;
    is_long = account.journal_frames_ > kFramesKept + 4 * live;
  }
  if ((is_long || account.rewrite_due_) && !rewrite(account) && account.rewrite_due_) return false;
  std::string frame;
  append_frame(change.payload(), frame);
  if (!runtime_->disk().append(journal_path(account.login()), frame)) return false;
  ++account.journal_frames_;
  return true;
}

bool MailboxStore::rewrite(Account& account) {
  ChangeRecords all;
  AccountJournal::write_all(account, all);
  // Messages on their way are in the journal that goes, and must be in the new one.
  for (const Waiting& waiting : waiting_) {
    if (waiting.account != &account) continue;
    for (const StoredMessage& message : waiting.messages)
      all.message_added(waiting.mailbox, message);
    for (const Uid uid : waiting.moved) all.message_removed(waiting.moved_from, uid);
  }
  std::string journal;
  append_frame(all.payload(), journal);
  Disk& disk = runtime_->disk();
  const std::string path = new_journal_path(account.login());
  if (!disk.write(path, Content(journal))) return false;
  CHECK(disk.rename(path, journal_path(account.login())));
  account.journal_frames_ = 1;
  account.rewrite_due_ = false;
  return true;
}

void MailboxStore::sync(StoreHandler& handler, std::uint64_t token) { wait({}, handler, token); }

void MailboxStore::wait(Waiting waiting, StoreHandler& handler, std::uint64_t token) {
  waiting.sync = ++syncs_;
  waiting.handler = &handler;
  waiting.token = token;
  waiting_.push_back(std::move(waiting));
  runtime_->disk().sync(*this, syncs_);
}

void MailboxStore::on_synced(std::uint64_t token, bool ok) {
  while (!waiting_.empty() && waiting_.front().sync <= token) {
    Waiting waiting = std::move(waiting_.front());
    waiting_.pop_front();
    settling_ = &waiting;
    std::vector<Uid> uids;
    const StoreError error = settle(waiting, ok, uids);
    settling_ = nullptr;
    if (waiting.handler != nullptr) waiting.handler->on_stored(waiting.token, error, uids);
  }
}

void MailboxStore::forget(StoreHandler& handler) {
  if (settling_ != nullptr && settling_->handler == &handler) settling_->handler = nullptr;
  for (Waiting& waiting : waiting_) {
    if (waiting.handler == &handler) waiting.handler = nullptr;
  }
}

bool MailboxStore::fits_quota(const Account& account, std::uint64_t size) const {
  return account.quota_max_ == 0 || account.bytes_used_ + size <= account.quota_max_;
}

std::string unique_id_of(const Mailbox& mailbox, const StoredMessage& message) {
  return std::to_string(mailbox.uid_validity()) + "." + std::to_string(message.uid);
}

}  // namespace mailcosm::sim
