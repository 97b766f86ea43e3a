#include "sim/agents/mailbox/imap_flags.h"

namespace mailcosm::sim {
namespace {

using imap::SystemFlag;

struct Pair {
  SystemFlag imap;
  std::uint8_t stored;
};
constexpr Pair kPairs[] = {{SystemFlag::kSeen, MessageFlags::kSeen},
                           {SystemFlag::kAnswered, MessageFlags::kAnswered},
                           {SystemFlag::kFlagged, MessageFlags::kFlagged},
                           {SystemFlag::kDeleted, MessageFlags::kDeleted},
                           {SystemFlag::kDraft, MessageFlags::kDraft}};

}  // namespace

imap::Flags to_imap(const MessageFlags& flags, const Mailbox& mailbox) {
  imap::Flags result;
  for (const Pair& pair : kPairs) {
    if (flags.has(pair.stored)) result.set(pair.imap);
  }
  const std::span<const std::string> names = mailbox.keywords();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((flags.keywords >> i & 1) != 0) result.add_keyword(names[i]);
  }
  return result;
}

std::optional<MessageFlags> from_imap(const imap::Flags& flags, Mailbox& mailbox,
                                      MailboxStore& store) {
  MessageFlags result;
  for (const Pair& pair : kPairs) {
    if (flags.has(pair.imap))
      result.system = static_cast<std::uint8_t>(result.system | pair.stored);
  }
  for (const std::string& keyword : flags.keywords) {
    const std::optional<std::uint64_t> bit = store.keyword_bit(mailbox, keyword);
    if (!bit) return std::nullopt;
    result.keywords |= *bit;
  }
  return result;
}

imap::MessageInfo info_of(const StoredMessage& message, const Mailbox& mailbox) {
  imap::MessageInfo info{message.uid, to_imap(message.flags, mailbox), message.internal_date,
                         message.content.size()};
  if (message.uid >= mailbox.recent_from()) info.flags.set(SystemFlag::kRecent);
  return info;
}

}  // namespace mailcosm::sim
