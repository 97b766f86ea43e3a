// The journal of one account: what each change says, and how a state is made from the changes
// again.
//
// A change is a row of records in one frame (journal_frame.h). Mailboxes are named by their
// UIDVALIDITY, which no other mailbox of the account ever has. Message contents lie in files of
// their own, named by number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/host/disk.h"
#include "sim/store/account.h"

namespace mailcosm::sim {

// The records of one change.
class ChangeRecords {
 public:
  // Also said of a mailbox that becomes selectable again.
  void mailbox_made(const Mailbox& mailbox);
  void mailbox_removed(std::uint32_t mailbox);
  void mailbox_emptied(std::uint32_t mailbox);  // and no longer selectable
  void mailbox_renamed(std::uint32_t mailbox, std::string_view name);
  void messages_moved(std::uint32_t from, std::uint32_t to);  // all of them, with their UIDs
  void message_added(std::uint32_t mailbox, const StoredMessage& message);
  void flags_set(std::uint32_t mailbox, Uid uid, const MessageFlags& flags);
  void message_removed(std::uint32_t mailbox, Uid uid);
  void keyword_made(std::uint32_t mailbox, std::string_view keyword);
  void recent_claimed(std::uint32_t mailbox, Uid recent_from);
  void subscribed(std::string_view name);
  void unsubscribed(std::string_view name);
  void account(std::uint32_t uid_validity_last, std::uint32_t content_number_last);
  // The first mailboxes that nobody has looked at, a bit for each, and whether the subscriptions
  // are the first ones.
  void first_mailboxes(std::uint32_t uid_validity, std::uint8_t untouched, bool subscribed);

  void add(const ChangeRecords& other) { payload_.append(other.payload_); }
  std::string_view payload() const { return payload_; }

 private:
  std::string payload_;
};

class AccountJournal {
 public:
  // All that leads from an empty account to this one.
  static void write_all(const Account& account, ChangeRecords& change);
  // Makes the state of an empty account. Contents are read from files whose names start with
  // `content_prefix`; a message whose content is missing or torn was never acknowledged, and is
  // left out. True if the journal should be rewritten, because its end was torn or messages were
  // left out.
  static bool replay(std::string_view journal, const Disk& disk, std::string_view content_prefix,
                     Account& account);

 private:
  class Replay;
};

}  // namespace mailcosm::sim
