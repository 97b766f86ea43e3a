#include "protocols/imap/selected_mailbox.h"

#include <algorithm>

#include "protocols/imap/write.h"

namespace mailcosm::imap {
namespace {

void append_untagged(std::size_t number, std::string_view what, std::string& output) {
  output.append("* ");
  append_number(number, output);
  output.append(what);
}

}  // namespace

SelectedMailbox::SelectedMailbox(std::vector<MessageInfo> messages) : exists_(messages.size()) {
  entries_.reserve(messages.size());
  for (MessageInfo& message : messages) entries_.push_back({std::move(message), false, false});
}

std::size_t SelectedMailbox::recent() const {
  return static_cast<std::size_t>(
      std::count_if(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(exists_),
                    [](const Entry& entry) { return entry.info.flags.has(SystemFlag::kRecent); }));
}

SequenceNumber SelectedMailbox::first_unseen() const {
  for (std::size_t i = 0; i < exists_; ++i) {
    if (!entries_[i].info.flags.has(SystemFlag::kSeen)) return static_cast<SequenceNumber>(i + 1);
  }
  return 0;
}

std::size_t SelectedMailbox::position_of(Uid uid) const {
  const auto place =
      std::lower_bound(entries_.begin(), entries_.end(), uid,
                       [](const Entry& entry, Uid wanted) { return entry.info.uid < wanted; });
  return static_cast<std::size_t>(place - entries_.begin());
}

void SelectedMailbox::arrived(const MessageInfo& message) {
  if (!entries_.empty() && entries_.back().info.uid >= message.uid) return;
  entries_.push_back({message, false, false});
}

void SelectedMailbox::expunged(Uid uid) {
  const std::size_t position = position_of(uid);
  if (position == entries_.size() || entries_[position].info.uid != uid) return;
  if (position >= exists_) {
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(position));
  } else if (!entries_[position].gone) {
    entries_[position].gone = true;
    ++gone_;
  }
}

void SelectedMailbox::flags_changed(Uid uid, const Flags& flags) {
  const std::size_t position = position_of(uid);
  if (position == entries_.size() || entries_[position].info.uid != uid) return;
  Entry& entry = entries_[position];
  Flags after = apply(StoreMode::kReplace, entry.info.flags, flags);
  if (after == entry.info.flags) return;
  entry.info.flags = std::move(after);
  if (position >= exists_ || entry.flags_changed) return;
  entry.flags_changed = true;
  ++flags_changes_;
}

bool SelectedMailbox::find(const SequenceSet& set, bool by_uid,
                           std::vector<std::uint32_t>& positions) const {
  const auto exists = static_cast<std::uint32_t>(exists_);
  if (!by_uid && exists == 0) return false;
  const SequenceSet resolved = set.resolved(by_uid ? largest_uid() : exists);
  for (const SequenceSet::Range& range : resolved.ranges()) {
    std::size_t begin = range.first - 1;
    std::size_t end = range.last;
    if (by_uid) {
      begin = position_of(range.first);
      end = range.last == UINT32_MAX ? exists_ : std::min(exists_, position_of(range.last + 1));
    } else if (range.last > exists) {
      return false;
    }
    for (std::size_t i = begin; i < end; ++i) positions.push_back(static_cast<std::uint32_t>(i));
  }
  return true;
}

bool SelectedMailbox::has_updates(bool expunges_too) const {
  return flags_changes_ > 0 || exists_ < entries_.size() || (expunges_too && gone_ > 0);
}

void SelectedMailbox::write_updates(bool expunges_too, bool with_uid, std::string& output) {
  if (!has_updates(expunges_too)) return;
  for (std::size_t i = 0; flags_changes_ > 0 && i < exists_; ++i) {
    Entry& entry = entries_[i];
    if (!entry.flags_changed) continue;
    entry.flags_changed = false;
    if (entry.gone) continue;
    append_untagged(i + 1, " FETCH (", output);
    if (with_uid) {
      output.append("UID ");
      append_number(entry.info.uid, output);
      output.push_back(' ');
    }
    output.append("FLAGS (");
    entry.info.flags.append_to(output);
    output.append("))\r\n");
  }
  flags_changes_ = 0;
  if (expunges_too && gone_ > 0) write_expunges(output);
  if (exists_ == entries_.size()) return;
  exists_ = entries_.size();
  append_untagged(exists_, " EXISTS\r\n", output);
  append_untagged(recent(), " RECENT\r\n", output);
}

// Each EXPUNGE renumbers what follows at once (RFC 3501 section 7.4.1).
void SelectedMailbox::write_expunges(std::string& output) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].gone) {
      append_untagged(kept + 1, " EXPUNGE\r\n", output);
      continue;
    }
    if (kept != i) entries_[kept] = std::move(entries_[i]);
    ++kept;
  }
  entries_.resize(kept);
  exists_ -= gone_;
  gone_ = 0;
}

}  // namespace mailcosm::imap
