// MailState and QueueState: what mailboxes and queues hold, rebuilt from the trace.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "sim/trace/record.h"

namespace mailcosm::sim::expectations {

struct StoredMessage {
  std::string flags;
  std::shared_ptr<const std::string> content;
  Instant time;
  RecordId record;  // that stored it
};

// By host and UID.
using Mailbox = std::map<std::pair<HostIndex, std::int64_t>, StoredMessage>;

// Mailboxes of the users that were named.
class MailState {
 public:
  void watch(std::string user) { users_.insert(std::move(user)); }
  // True if something changed.
  bool accept(const Record& record);
  // Empty if there is none of that name. INBOX is found in any case.
  const Mailbox& mailbox(std::string_view user, std::string_view name) const;

 private:
  std::set<std::string, std::less<>> users_;
  std::map<std::pair<std::string, std::string>, Mailbox> mailboxes_;  // by user and name
};

class QueueState {
 public:
  // True if something changed.
  bool accept(const Record& record);
  // Messages on one host, or on all for kWorld, in the queue named, or in any for "".
  std::int64_t count(HostIndex host, std::string_view queue) const;

 private:
  std::map<std::pair<HostIndex, std::string>, std::string>
      queues_;  // of each message, by host and queue id
};

}  // namespace mailcosm::sim::expectations
