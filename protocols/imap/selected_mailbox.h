// SelectedMailbox: one session's view of the mailbox it has selected: sequence number <-> UID,
// flags, and what of it the client has been told (RFC 3501 sections 5.2, 7.4.1).
//
// Positions count from 0 and are sequence numbers less one. A message that is gone keeps its
// position until the client has been told by write_updates(); a message that has come is beyond
// exists() until then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "protocols/imap/message.h"
#include "protocols/imap/sequence_set.h"

namespace mailcosm::imap {

class SelectedMailbox {
 public:
  struct Entry {
    MessageInfo info;
    bool gone = false;           // expunged, and the client does not know
    bool flags_changed = false;  // and the client does not know
  };

  SelectedMailbox() = default;
  // All messages count as told.
  explicit SelectedMailbox(std::vector<MessageInfo> messages);

  // Messages the client knows of; gone ones are among them.
  std::size_t exists() const { return exists_; }
  const Entry& at(std::size_t position) const { return entries_[position]; }
  std::size_t recent() const;
  // Sequence number of the first message without \Seen, or 0.
  SequenceNumber first_unseen() const;
  // Largest UID the client knows of, or 0.
  Uid largest_uid() const { return exists_ == 0 ? 0 : entries_[exists_ - 1].info.uid; }

  void arrived(const MessageInfo& message);
  void expunged(Uid uid);
  void flags_changed(Uid uid, const Flags& flags);
  // The client has been told the flags of this message.
  void flags_told(std::size_t position) { entries_[position].flags_changed = false; }

  // Positions of the messages that a set names, ascending; appended. For sequence numbers false if
  // one of them is larger than exists(); UIDs that do not exist are passed over.
  bool find(const SequenceSet& set, bool by_uid, std::vector<std::uint32_t>& positions) const;

  bool has_updates(bool expunges_too) const;
  // Untagged FETCH, EXPUNGE (if allowed now), EXISTS and RECENT for what the client has not been
  // told.
  void write_updates(bool expunges_too, bool with_uid, std::string& output);

 private:
  std::size_t position_of(
      Uid uid) const;  // of the first one not below; entries_.size() if there is none
  void write_expunges(std::string& output);

  std::vector<Entry> entries_;
  std::size_t exists_ = 0;
  std::size_t gone_ = 0;           // of the first exists_ entries
  std::size_t flags_changes_ = 0;  // at most so many entries have flags_changed
};

}  // namespace mailcosm::imap
