#include "sim/store/account_journal.h"

#include <algorithm>
#include <map>

#include "protocols/base/bytes.h"
#include "protocols/base/check.h"
#include "sim/store/journal_frame.h"

namespace mailcosm::sim {
namespace {

enum class RecordType : std::uint8_t {
  kMailboxMade = 1,
  kMailboxRemoved,
  kMailboxEmptied,
  kMailboxRenamed,
  kMessagesMoved,
  kMessageAdded,
  kFlagsSet,
  kMessageRemoved,
  kKeywordMade,
  kRecentClaimed,
  kSubscribed,
  kUnsubscribed,
  kAccount,
  kFirstMailboxes,
};

class RecordWriter {
 public:
  RecordWriter(std::string& payload, RecordType type) : writer_(payload) {
    writer_.u8(static_cast<std::uint8_t>(type));
  }
  RecordWriter& number(std::uint64_t n) { return writer_.varint(n), *this; }
  RecordWriter& text(std::string_view t) {
    return writer_.varint(t.size()), writer_.append(t), *this;
  }

 private:
  ByteWriter writer_;
};

std::string_view read_text(ByteReader& reader) { return reader.take(reader.varint()); }

std::uint32_t read_u32(ByteReader& reader) { return static_cast<std::uint32_t>(reader.varint()); }

MessageFlags read_flags(ByteReader& reader) {
  MessageFlags flags;
  flags.system = static_cast<std::uint8_t>(reader.varint());
  flags.keywords = reader.varint();
  return flags;
}

}  // namespace

void ChangeRecords::mailbox_made(const Mailbox& mailbox) {
  RecordWriter(payload_, RecordType::kMailboxMade)
      .number(mailbox.uid_validity())
      .text(mailbox.name())
      .number(mailbox.uid_next())
      .number(mailbox.recent_from())
      .number(mailbox.selectable() ? 1 : 0);
}

void ChangeRecords::mailbox_removed(std::uint32_t mailbox) {
  RecordWriter(payload_, RecordType::kMailboxRemoved).number(mailbox);
}

void ChangeRecords::mailbox_emptied(std::uint32_t mailbox) {
  RecordWriter(payload_, RecordType::kMailboxEmptied).number(mailbox);
}

void ChangeRecords::mailbox_renamed(std::uint32_t mailbox, std::string_view name) {
  RecordWriter(payload_, RecordType::kMailboxRenamed).number(mailbox).text(name);
}

void ChangeRecords::messages_moved(std::uint32_t from, std::uint32_t to) {
  RecordWriter(payload_, RecordType::kMessagesMoved).number(from).number(to);
}

void ChangeRecords::message_added(std::uint32_t mailbox, const StoredMessage& message) {
  RecordWriter(payload_, RecordType::kMessageAdded)
      .number(mailbox)
      .number(message.uid)
      .number(message.content_number)
      .number(message.content.size())
      .number(static_cast<std::uint64_t>(message.internal_date.ns))
      .number(message.flags.system)
      .number(message.flags.keywords);
}

void ChangeRecords::flags_set(std::uint32_t mailbox, Uid uid, const MessageFlags& flags) {
  RecordWriter(payload_, RecordType::kFlagsSet)
      .number(mailbox)
      .number(uid)
      .number(flags.system)
      .number(flags.keywords);
}

void ChangeRecords::message_removed(std::uint32_t mailbox, Uid uid) {
  RecordWriter(payload_, RecordType::kMessageRemoved).number(mailbox).number(uid);
}

void ChangeRecords::keyword_made(std::uint32_t mailbox, std::string_view keyword) {
  RecordWriter(payload_, RecordType::kKeywordMade).number(mailbox).text(keyword);
}

void ChangeRecords::recent_claimed(std::uint32_t mailbox, Uid recent_from) {
  RecordWriter(payload_, RecordType::kRecentClaimed).number(mailbox).number(recent_from);
}

void ChangeRecords::subscribed(std::string_view name) {
  RecordWriter(payload_, RecordType::kSubscribed).text(name);
}

void ChangeRecords::unsubscribed(std::string_view name) {
  RecordWriter(payload_, RecordType::kUnsubscribed).text(name);
}

void ChangeRecords::account(std::uint32_t uid_validity_last, std::uint32_t content_number_last) {
  RecordWriter(payload_, RecordType::kAccount)
      .number(uid_validity_last)
      .number(content_number_last);
}

void ChangeRecords::first_mailboxes(std::uint32_t uid_validity, std::uint8_t untouched,
                                    bool subscribed) {
  RecordWriter(payload_, RecordType::kFirstMailboxes)
      .number(uid_validity)
      .number(untouched)
      .number(subscribed ? 1 : 0);
}

void AccountJournal::write_all(const Account& account, ChangeRecords& change) {
  change.account(account.uid_validity_last_, account.content_number_last_);
  const bool subscribed = account.has_first_subscriptions_;
  change.first_mailboxes(account.first_uid_validity_, account.untouched_, subscribed);
  if (!subscribed) {
    for (const std::string& name : account.subscriptions()) change.subscribed(name);
  }
  for (const auto& mailbox : account.mailboxes_) {
    change.mailbox_made(*mailbox);
    for (const std::string& keyword : mailbox->keywords()) {
      change.keyword_made(mailbox->uid_validity(), keyword);
    }
    for (const StoredMessage& message : mailbox->messages()) {
      change.message_added(mailbox->uid_validity(), message);
    }
  }
}

// Applies records one by one. Whatever names a mailbox or message that is not there is passed over:
// it belonged to something that never became safe.
class AccountJournal::Replay {
 public:
  explicit Replay(Account& account) : account_(&account) {}

  void apply_all(std::string_view payload) {
    ByteReader reader(payload);
    while (reader.remaining() > 0) apply(reader);
  }

  // Reads the contents; true if some message had to be left out.
  bool load_contents(const Disk& disk, std::string_view content_prefix) {
    bool is_complete = true;
    std::map<std::uint32_t, Content> contents;
    for (const auto& mailbox : account_->mailboxes_) {
      std::erase_if(mailbox->messages_, [&](StoredMessage& message) {
        Content& content = contents[message.content_number];
        if (!content) {
          content = disk.read(std::string(content_prefix) + std::to_string(message.content_number));
        } else {
          ++account_->extra().content_copies.try_emplace(message.content_number, 1).first->second;
        }
        const std::uint64_t size = sizes_[message.content_number];
        const bool is_good = content && content.size() == size;
        is_complete = is_complete && is_good;
        if (!is_good) return true;
        message.content = content;
        account_->bytes_used_ += size;
        return false;
      });
    }
    return !is_complete;
  }

 private:
  void apply(ByteReader& reader) {
    switch (static_cast<RecordType>(reader.u8())) {
      case RecordType::kMailboxMade:
        return make_mailbox(reader);
      case RecordType::kMailboxRemoved:
        return remove_mailbox(reader);
      case RecordType::kMailboxEmptied:
        if (Mailbox* mailbox = read_mailbox(reader)) {
          mailbox->messages_.clear();
          mailbox->selectable_ = false;
        }
        return;
      case RecordType::kMailboxRenamed:
        return rename_mailbox(reader);
      case RecordType::kMessagesMoved:
        return move_messages(reader);
      case RecordType::kMessageAdded:
        return add_message(reader);
      case RecordType::kFlagsSet:
        return set_flags(reader);
      case RecordType::kMessageRemoved:
        return remove_message(reader);
      case RecordType::kKeywordMade: {
        Mailbox* mailbox = read_mailbox(reader);
        const std::string_view keyword = read_text(reader);
        if (mailbox != nullptr) mailbox->extra().keywords.emplace_back(keyword);
        return;
      }
      case RecordType::kRecentClaimed: {
        Mailbox* mailbox = read_mailbox(reader);
        const Uid recent_from = read_u32(reader);
        if (mailbox != nullptr) mailbox->recent_from_ = recent_from;
        return;
      }
      case RecordType::kSubscribed:
        account_->own_subscriptions().emplace(read_text(reader));
        return;
      case RecordType::kUnsubscribed:
        account_->own_subscriptions().erase(std::string(read_text(reader)));
        return;
      case RecordType::kAccount:
        account_->uid_validity_last_ = read_u32(reader);
        account_->content_number_last_ = read_u32(reader);
        return;
      case RecordType::kFirstMailboxes:
        account_->first_uid_validity_ = read_u32(reader);
        account_->untouched_ = static_cast<std::uint8_t>(reader.varint());
        account_->has_first_subscriptions_ = reader.varint() != 0;
        return;
    }
    // A record of another version: the frame's hash was right, so this is no accident of the disk.
    CHECK(false);
  }

  Mailbox* read_mailbox(ByteReader& reader) { return account_->find(read_u32(reader)); }

  void insert(std::unique_ptr<Mailbox> mailbox) {
    auto& all = account_->mailboxes_;
    const auto place = std::ranges::lower_bound(
        all, mailbox->name(), {}, [](const auto& m) -> const std::string& { return m->name(); });
    all.insert(place, std::move(mailbox));
  }

  std::unique_ptr<Mailbox> take(std::uint32_t uid_validity) {
    const Mailbox* wanted = account_->find(uid_validity);
    if (wanted == nullptr) return nullptr;
    auto& all = account_->mailboxes_;
    const auto found = std::ranges::find(all, wanted, [](const auto& m) { return m.get(); });
    std::unique_ptr<Mailbox> mailbox = std::move(*found);
    all.erase(found);
    return mailbox;
  }

  void make_mailbox(ByteReader& reader) {
    const std::uint32_t uid_validity = read_u32(reader);
    const std::string_view name = read_text(reader);
    const Uid uid_next = read_u32(reader);
    const Uid recent_from = read_u32(reader);
    const bool selectable = reader.varint() != 0;
    if (Mailbox* known = account_->find(uid_validity)) {
      known->selectable_ = selectable;
      return;
    }
    auto mailbox = std::make_unique<Mailbox>(*account_, std::string(name), uid_validity);
    mailbox->uid_next_ = mailbox->uid_reserved_ = uid_next;
    mailbox->recent_from_ = recent_from;
    mailbox->selectable_ = selectable;
    account_->uid_validity_last_ = std::max(account_->uid_validity_last_, uid_validity);
    insert(std::move(mailbox));
  }

  void remove_mailbox(ByteReader& reader) { take(read_u32(reader)); }

  void rename_mailbox(ByteReader& reader) {
    std::unique_ptr<Mailbox> mailbox = take(read_u32(reader));
    const std::string_view name = read_text(reader);
    if (!mailbox) return;
    mailbox->name_ = name;
    insert(std::move(mailbox));
  }

  void move_messages(ByteReader& reader) {
    Mailbox* from = read_mailbox(reader);
    Mailbox* to = read_mailbox(reader);
    if (from == nullptr || to == nullptr) return;
    to->messages_ = std::move(from->messages_);
    from->messages_.clear();
    to->uid_next_ = to->uid_reserved_ = from->uid_next_;
    to->recent_from_ = from->recent_from_;
    if (!from->keywords().empty()) to->extra().keywords = from->extra().keywords;
  }

  void add_message(ByteReader& reader) {
    Mailbox* mailbox = read_mailbox(reader);
    StoredMessage message;
    message.uid = read_u32(reader);
    message.content_number = read_u32(reader);
    sizes_[message.content_number] = reader.varint();
    message.internal_date.ns = static_cast<std::int64_t>(reader.varint());
    message.flags = read_flags(reader);
    account_->content_number_last_ =
        std::max(account_->content_number_last_, message.content_number);
    if (mailbox == nullptr) return;
    mailbox->uid_next_ = std::max(mailbox->uid_next_, message.uid + 1);
    mailbox->uid_reserved_ = mailbox->uid_next_;
    mailbox->messages_.push_back(std::move(message));
  }

  void set_flags(ByteReader& reader) {
    Mailbox* mailbox = read_mailbox(reader);
    const Uid uid = read_u32(reader);
    const MessageFlags flags = read_flags(reader);
    if (mailbox == nullptr || mailbox->find(uid) == nullptr) return;
    mailbox->messages_[mailbox->position_of(uid)].flags = flags;
  }

  void remove_message(ByteReader& reader) {
    Mailbox* mailbox = read_mailbox(reader);
    const Uid uid = read_u32(reader);
    if (mailbox == nullptr || mailbox->find(uid) == nullptr) return;
    const auto position = static_cast<std::ptrdiff_t>(mailbox->position_of(uid));
    mailbox->messages_.erase(mailbox->messages_.begin() + position);
  }

  Account* account_;
  std::map<std::uint32_t, std::uint64_t> sizes_;  // of contents
};

bool AccountJournal::replay(std::string_view journal, const Disk& disk,
                            std::string_view content_prefix, Account& account) {
  Replay replay(account);
  FrameReader frames(journal);
  std::string_view payload;
  while (frames.next(payload)) replay.apply_all(payload);
  const bool has_lost = replay.load_contents(disk, content_prefix);
  return frames.torn() || has_lost;
}

}  // namespace mailcosm::sim
