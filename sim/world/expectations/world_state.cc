#include "sim/world/expectations/world_state.h"

#include <algorithm>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::expectations {
namespace {

const Mailbox kNoMailbox;

// INBOX is one name in any case (RFC 3501 section 5.1).
std::string fold(std::string_view mailbox) {
  return ascii::equal_ignoring_case(mailbox, "INBOX") ? "INBOX" : std::string(mailbox);
}

}  // namespace

bool MailState::accept(const Record& record) {
  switch (record.kind) {
    case Kind::kMessageStored:
    case Kind::kFlagsChanged:
    case Kind::kMessageExpunged:
    case Kind::kMailboxDeleted:
    case Kind::kMailboxRenamed:
      break;
    default:
      return false;
  }
  const std::string_view user = record.values[0].text;
  if (!users_.contains(user)) return false;
  const auto key = std::pair(std::string(user), fold(record.values[1].text));
  const auto uid = record.values.size() > 2 ? std::pair(record.host, record.values[2].number)
                                            : std::pair(record.host, std::int64_t{0});
  if (record.kind == Kind::kMessageStored) {
    mailboxes_[key][uid] = {std::string(record.values[3].text),
                            std::make_shared<const std::string>(record.values[4].text), record.time,
                            record.id};
  } else if (record.kind == Kind::kFlagsChanged) {
    const auto found = mailboxes_[key].find(uid);
    if (found != mailboxes_[key].end()) found->second.flags = record.values[3].text;
  } else if (record.kind == Kind::kMessageExpunged) {
    mailboxes_[key].erase(uid);
  } else if (record.kind == Kind::kMailboxDeleted) {
    mailboxes_.erase(key);
  } else {
    Mailbox moved = std::move(mailboxes_[key]);
    mailboxes_.erase(key);
    mailboxes_[{std::string(user), fold(record.values[2].text)}] = std::move(moved);
  }
  return true;
}

const Mailbox& MailState::mailbox(std::string_view user, std::string_view name) const {
  const auto found = mailboxes_.find({std::string(user), fold(name)});
  return found == mailboxes_.end() ? kNoMailbox : found->second;
}

bool QueueState::accept(const Record& record) {
  if (record.kind == Kind::kQueueMoved) {
    queues_[{record.host, std::string(record.values[0].text)}] = record.values[1].text;
    return true;
  }
  if (record.kind != Kind::kMessageRemoved) return false;
  return queues_.erase({record.host, std::string(record.values[0].text)}) != 0;
}

std::int64_t QueueState::count(HostIndex host, std::string_view queue) const {
  return std::count_if(queues_.begin(), queues_.end(), [&](const auto& entry) {
    return (host == kWorld || entry.first.first == host) &&
           (queue.empty() || entry.second == queue);
  });
}

}  // namespace mailcosm::sim::expectations
