// Candidates: records, stored messages, mailboxes and queues, as expectations see them.
#pragma once

#include <string_view>

#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"
#include "sim/world/expectations/delay_numbers.h"
#include "sim/world/expectations/deliveries.h"
#include "sim/world/expectations/message_view.h"
#include "sim/world/expectations/watch.h"
#include "sim/world/expectations/world_state.h"

namespace mailcosm::sim::expectations {

// What clients have composed, by Message-ID.
using Composed = std::map<std::string, std::string, std::less<>>;

// One record. Views live as long as the call of accept().
class RecordCandidate final : public Candidate {
 public:
  RecordCandidate(const Record& record, const TraceHeader& header, const Composed& composed)
      : record_(record), header_(header), composed_(composed) {}
  Property property(const scenario::Check& check) const override;
  RecordId record() const override { return record_.id; }

 private:
  Property field(std::string_view name) const;

  const Record& record_;
  const TraceHeader& header_;
  const Composed& composed_;
};

class MessageCandidate final : public Candidate {
 public:
  MessageCandidate(std::string_view user, std::string_view mailbox, std::int64_t uid,
                   const StoredMessage& message, const Composed& composed,
                   std::string_view device = {})
      : user_(user),
        mailbox_(mailbox),
        uid_(uid),
        message_(message),
        view_(*message.content),
        composed_(composed),
        device_(device) {}
  Property property(const scenario::Check& check) const override;
  RecordId record() const override { return message_.record; }

 private:
  std::string_view user_;
  std::string_view mailbox_;
  std::int64_t uid_;
  const StoredMessage& message_;
  MessageView view_;
  const Composed& composed_;
  std::string_view device_;  // of a copy
};

// count, unseen, size.
class MailboxCandidate final : public Candidate {
 public:
  // `by` has just changed it, if anything has.
  explicit MailboxCandidate(const Mailbox& mailbox, RecordId by = {})
      : mailbox_(mailbox), by_(by) {}
  Property property(const scenario::Check& check) const override;
  RecordId record() const override { return by_; }

 private:
  const Mailbox& mailbox_;
  RecordId by_;
};

// count, delivered, mean, p50, p90, p95, p99, max.
class DelayCandidate final : public Candidate {
 public:
  explicit DelayCandidate(const Deliveries& deliveries);
  Property property(const scenario::Check& check) const override;
  RecordId culprit(const scenario::Check& check) const override;

 private:
  Property share() const;

  const Deliveries& deliveries_;
  DelayNumbers numbers_;  // zero if nothing was delivered
};

// count.
class QueueCandidate final : public Candidate {
 public:
  // `by` has just changed it, if anything has.
  explicit QueueCandidate(std::int64_t count, RecordId by = {}) : count_(count), by_(by) {}
  Property property(const scenario::Check& check) const override;
  RecordId record() const override { return by_; }

 private:
  std::int64_t count_;
  RecordId by_;
};

}  // namespace mailcosm::sim::expectations
