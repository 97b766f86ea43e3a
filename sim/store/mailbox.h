// Mailbox: messages in order of their UIDs (RFC 3501 section 2.3.1). Read by everybody, changed by
// MailboxStore alone.
//
// An empty mailbox costs about a hundred octets.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/instant.h"
#include "sim/host/disk.h"
#include "sim/store/message_flags.h"

namespace mailcosm::sim {

class Account;
class Mailbox;

using Uid = std::uint32_t;  // from 1, strictly ascending within a UIDVALIDITY

struct StoredMessage {
  Uid uid = 0;
  std::uint32_t content_number = 0;  // names the content's file within the account
  MessageFlags flags;
  WallTime internal_date;
  Content content;  // never null
};

// Told of changes of one mailbox, from inside the call that makes them (or when its sync has
// completed). It must not change the store in these calls. Whoever made the change is told too, and
// knows by itself what it has already said.
class MailboxObserver {
 public:
  // Messages from this UID on have been added, and can be read.
  virtual void on_added(const Mailbox& mailbox, Uid first) = 0;
  virtual void on_flags_changed(const Mailbox& mailbox, const StoredMessage& message) = 0;
  // The message is no longer in the mailbox.
  virtual void on_expunged(const Mailbox& mailbox, Uid uid) = 0;
  // The mailbox is about to go: forget it. A renamed mailbox stays the same object.
  virtual void on_deleted(const Mailbox& mailbox) = 0;

 protected:
  ~MailboxObserver() = default;
};

class Mailbox {
 public:
  Mailbox(Account& account, std::string name, std::uint32_t uid_validity)
      : account_(&account), name_(std::move(name)), uid_validity_(uid_validity) {}
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  Account& account() const { return *account_; }
  // "INBOX", "Sent", "Lists/Mailcosm"; '/' separates the levels.
  const std::string& name() const { return name_; }
  std::uint32_t uid_validity() const { return uid_validity_; }
  Uid uid_next() const { return uid_next_; }
  // False for a deleted mailbox that lives on because it has inferiors (\Noselect).
  bool selectable() const { return selectable_; }

  // In ascending order of UIDs; the sequence number of messages()[i] is i + 1 for a session that
  // has seen all changes.
  std::span<const StoredMessage> messages() const { return messages_; }
  // Null if there is none.
  const StoredMessage* find(Uid uid) const;
  // Position of the first message whose UID is not below `uid`; messages().size() if there is none.
  std::size_t position_of(Uid uid) const;
  std::size_t unseen() const;
  // Messages from this UID on have not yet been \Recent to any session (RFC 3501 section 2.3.2).
  Uid recent_from() const { return recent_from_; }

  // Names of the keyword bits.
  std::span<const std::string> keywords() const;

  // The observer must be removed before it is destroyed, unless the mailbox has been deleted.
  void add_observer(MailboxObserver& observer);
  void remove_observer(MailboxObserver& observer);

 private:
  friend class MailboxStore;
  friend class AccountJournal;

  // What few mailboxes have.
  struct Extra {
    std::vector<std::string> keywords;
    std::vector<MailboxObserver*> observers;
  };
  Extra& extra();

  Account* account_;
  std::string name_;
  std::uint32_t uid_validity_;
  Uid uid_next_ = 1;
  Uid uid_reserved_ =
      1;  // the next to give; those from uid_next_ on belong to messages on their way to the disk
  Uid recent_from_ = 1;
  bool selectable_ = true;
  std::vector<StoredMessage> messages_;
  std::unique_ptr<Extra> extra_;
};

}  // namespace mailcosm::sim
