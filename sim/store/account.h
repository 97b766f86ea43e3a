// Account: one user's mailboxes, subscriptions and quota. Read by everybody, changed by
// MailboxStore alone.
//
// Every account starts with the same three mailboxes. As long as nobody has looked at one of them,
// it is a bit and a UIDVALIDITY: an account that is only there costs about 400 octets, its name and
// its journal on the disk included.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/store/mailbox.h"

namespace mailcosm::sim {

class Account {
 public:
  // What every account has from the start, in this order; all are subscribed.
  static constexpr std::array<std::string_view, 3> kFirstMailboxes = {"INBOX", "Sent", "Trash"};

  explicit Account(std::string login) : login_(std::move(login)) {}
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  const std::string& login() const { return login_; }
  // In byte order of their names; INBOX is always there.
  std::span<const std::unique_ptr<Mailbox>> mailboxes() const;
  // INBOX is found in any case (RFC 3501 section 5.1). Null if there is none.
  Mailbox* find(std::string_view name) const;
  Mailbox* find(std::uint32_t uid_validity) const;
  Mailbox& inbox() const;
  bool has_inferiors(const Mailbox& mailbox) const;
  // In byte order; a subscribed name need not exist (RFC 3501 section 6.3.6).
  const std::set<std::string, std::less<>>& subscriptions() const;

  std::uint64_t bytes_used() const { return bytes_used_; }
  std::uint64_t quota_max() const { return quota_max_; }  // octets; 0: unlimited
  bool maildrop_locked() const { return maildrop_locked_; }

 private:
  friend class MailboxStore;
  friend class AccountJournal;
  friend class MaildropLock;

  // What few accounts have.
  struct Extra {
    std::set<std::string, std::less<>> subscriptions;  // unless they are the first ones
    std::map<std::uint32_t, std::uint32_t>
        content_copies;  // messages of one content, if more than one
  };
  Extra& extra();
  // To be changed; no longer the first ones.
  std::set<std::string, std::less<>>& own_subscriptions();

  // All first mailboxes exist, and nobody has looked at them.
  void set_first_mailboxes(std::uint32_t uid_validity);
  bool exists() const { return untouched_ != 0 || !mailboxes_.empty(); }
  std::size_t untouched() const { return static_cast<std::size_t>(std::popcount(untouched_)); }
  bool is_untouched(std::size_t first) const { return (untouched_ >> first & 1) != 0; }
  void touch(std::size_t first) const;
  void touch_all() const;

  std::string login_;
  mutable std::vector<std::unique_ptr<Mailbox>> mailboxes_;  // without the untouched
  std::unique_ptr<Extra> extra_;
  std::uint64_t quota_max_ = 0;
  std::uint64_t bytes_used_ = 0;  // messages of all mailboxes and those on their way to the disk
  std::uint32_t first_uid_validity_ = 0;  // INBOX's; those of the other first ones follow
  std::uint32_t uid_validity_last_ = 0;
  std::uint32_t content_number_last_ = 0;
  std::uint32_t journal_frames_ = 0;    // since the journal was last rewritten
  mutable std::uint8_t untouched_ = 0;  // by place in kFirstMailboxes
  bool has_first_subscriptions_ = false;
  bool rewrite_due_ = false;  // the journal on the disk does not lead to this state
  bool maildrop_locked_ = false;
};

// The exclusive-access lock of a POP3 session (RFC 1939 section 4), released by destruction.
class MaildropLock {
 public:
  MaildropLock() = default;
  // Holds nothing if another session has the lock.
  explicit MaildropLock(Account& account);
  ~MaildropLock() { release(); }
  MaildropLock(MaildropLock&& other) noexcept : account_(other.account_) {
    other.account_ = nullptr;
  }
  MaildropLock& operator=(MaildropLock&& other) noexcept;

  bool held() const { return account_ != nullptr; }
  void release();

 private:
  Account* account_ = nullptr;
};

}  // namespace mailcosm::sim
