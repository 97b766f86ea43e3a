// MailboxStore: the accounts of one mailbox server, on its disk.
//
// Every change goes into a journal, one per account. That messages come (append, copy, move) and go
// (move, expunge) is visible, to sessions as to the trace, only when a sync of the disk has
// completed: then UIDs can never be given again, and on_stored() says that it is safe. Other
// changes are visible at once and safe after the next sync(). After a crash, opening the accounts
// again finds all that was safe, and no message that was announced or seen to go is otherwise.
//
// Emits mailbox.created, mailbox.deleted, mailbox.renamed, message.stored, flags.changed and
// message.expunged. One object per host; the Runtime must outlive it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/host/runtime.h"
#include "sim/store/account.h"
#include "sim/store/mailbox.h"

namespace mailcosm::sim {

class ChangeRecords;

enum class StoreError : std::uint8_t {
  kNone,
  kNoMailbox,  // it does not exist, or has been deleted meanwhile
  kMailboxExists,
  kNotSelectable,
  kNameInvalid,   // empty level, wildcard, control character, no UTF-8, longer or deeper than
                  // allowed
  kNotPermitted,  // INBOX cannot be deleted; \Noselect with inferiors cannot be deleted again
  kTooManyMailboxes,
  kOverQuota,
  kDiskFull,
  kDiskFailed,
};
std::string_view to_string(StoreError error);

class StoreHandler {
 public:
  // What was asked for with this token is safe, or failed. `uids` are the new messages' in the
  // order given; empty after sync().
  virtual void on_stored(std::uint64_t token, StoreError error, std::span<const Uid> uids) = 0;

 protected:
  ~StoreHandler() = default;
};

struct NewMessage {
  Content content;
  MessageFlags flags;  // keyword bits are those of the mailbox: see keyword_bit()
  WallTime internal_date;
};

struct StoreLimits {
  std::size_t name_length_max = 255;   // octets of a mailbox name
  std::size_t name_depth_max = 32;     // levels of hierarchy
  std::size_t mailboxes_max = 10'000;  // of one account
};

class MailboxStore final : private DiskHandler {
 public:
  explicit MailboxStore(Runtime& runtime, const StoreLimits& limits = {});
  ~MailboxStore();

  // Reads the account from the disk, or makes it with INBOX, Sent and Trash, all subscribed. The
  // reference stays valid as long as the store. REQUIRES: not yet open.
  Account& open_account(std::string_view login, std::uint64_t quota_max = 0);
  // Null if it is not open.
  Account* find_account(std::string_view login) const;

  // ---- Mailboxes ----
  // Makes missing superiors too. A trailing '/' is dropped (RFC 3501 section 6.3.3).
  StoreError create(Account& account, std::string_view name);
  // A mailbox with inferiors loses its messages and is kept as \Noselect (RFC 3501 section 6.3.4).
  StoreError remove(Account& account, std::string_view name);
  // Takes the inferiors along. Renaming INBOX moves its messages and leaves it empty (RFC 3501
  // section 6.3.5).
  StoreError rename(Account& account, std::string_view from, std::string_view to);
  StoreError subscribe(Account& account, std::string_view name);
  StoreError unsubscribe(Account& account, std::string_view name);

  // ---- Messages ----
  // Each of these three either fails at once (the handler is not called) or gives kNone and calls
  // the handler later, never from inside the call. Unknown UIDs are passed over.
  StoreError append(Mailbox& mailbox, std::span<const NewMessage> messages, StoreHandler& handler,
                    std::uint64_t token);
  StoreError copy(Mailbox& from, std::span<const Uid> uids, Mailbox& to, StoreHandler& handler,
                  std::uint64_t token);
  // The messages leave `from` when they appear in `to`.
  StoreError move(Mailbox& from, std::span<const Uid> uids, Mailbox& to, StoreHandler& handler,
                  std::uint64_t token);

  // Whether `quota_max` leaves room for so much more.
  bool fits_quota(const Account& account, std::uint64_t size) const;
  // The bit of a keyword, which is made if it is new; nothing if the mailbox has kKeywordsMax
  // already.
  std::optional<std::uint64_t> keyword_bit(Mailbox& mailbox, std::string_view keyword);
  // Replaces all flags. Does nothing, successfully, if they are the same or there is no such
  // message.
  StoreError set_flags(Mailbox& mailbox, Uid uid, const MessageFlags& flags);
  // The messages go when the next sync() has completed. REQUIRES: sync() is called.
  StoreError expunge(Mailbox& mailbox, std::span<const Uid> uids);
  // A session has shown all messages as \Recent: they will not be so again.
  void claim_recent(Mailbox& mailbox);

  // Calls the handler, later, when all that was done so far is safe.
  void sync(StoreHandler& handler, std::uint64_t token);
  // No more calls to this handler: called by its destructor. What it asked for goes on.
  void forget(StoreHandler& handler);

 private:
  // What a sync of the disk will settle.
  struct Waiting {
    std::uint64_t sync = 0;
    StoreHandler* handler = nullptr;  // null once forgotten
    std::uint64_t token = 0;
    Account* account = nullptr;  // null for a mere sync()
    std::uint32_t mailbox = 0;   // UIDVALIDITY of the mailbox that the messages go to
    std::vector<StoredMessage> messages = {};
    std::uint32_t moved_from = 0;  // UIDVALIDITY of the mailbox that they leave, if any
    std::vector<Uid> moved = {};
  };

  // mailbox_store.cc: accounts, journal, syncs
  void on_synced(std::uint64_t token, bool ok) override;
  void wait(Waiting waiting, StoreHandler& handler, std::uint64_t token);
  bool commit(Account& account, const ChangeRecords& change);
  bool rewrite(Account& account);
  void read_account(Account& account, const std::string& journal);
  void make_account(Account& account);
  // folders.cc
  StoreError check_name(std::string_view name) const;
  Mailbox& add_mailbox(Account& account, std::string_view name);
  StoreError add_with_superiors(Account& account, std::string_view name,
                                std::vector<Mailbox*>& made);
  StoreError commit_made(Account& account, const std::vector<Mailbox*>& made,
                         ChangeRecords& change);
  void discard(Account& account, const Mailbox& mailbox);
  // Drops the messages, those on their way too, and tells the observers.
  void empty(Mailbox& mailbox);
  StoreError rename_inbox(Account& account, std::string_view to);
  // messages.cc
  StoreError copy_or_move(Mailbox& from, std::span<const Uid> uids, Mailbox& to, bool moves,
                          StoreHandler& handler, std::uint64_t token);
  std::set<Uid> leaving_from(const Mailbox& mailbox) const;
  MessageFlags flags_in(Mailbox& to, const Mailbox& from, const MessageFlags& flags);
  StoreError settle(Waiting& waiting, bool ok, std::vector<Uid>& uids);
  StoreError settle_removal(const Waiting& waiting, bool ok);
  void remove_messages(Mailbox& mailbox, std::span<const Uid> uids);
  void notify_expunged(const Mailbox& mailbox, Uid uid);
  void drop_content(Account& account, const StoredMessage& message);
  void emit(Kind kind, const Mailbox& mailbox, const StoredMessage& message);

  Runtime* runtime_;
  StoreLimits limits_;
  std::map<std::string_view, std::unique_ptr<Account>> accounts_;  // by their own logins
  std::deque<Waiting> waiting_;                                    // in order of their syncs
  Waiting* settling_ = nullptr;  // taken off it, its handler still to be called
  std::uint64_t syncs_ = 0;
};

// The unique-id of a message for POP3: "<UIDVALIDITY>.<UID>", so that it stays the same as long as
// the message (RFC 1939 section 7).
std::string unique_id_of(const Mailbox& mailbox, const StoredMessage& message);

}  // namespace mailcosm::sim
