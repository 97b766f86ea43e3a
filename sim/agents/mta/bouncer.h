// Bouncer: tells senders what became of their messages (RFC 3464), and never tells the null
// reverse-path (RFC 5321 section 6.1), so that no notification leads to another.
#pragma once

#include <span>
#include <vector>

#include "protocols/base/random.h"
#include "protocols/dsn/notification.h"
#include "sim/agents/mta/delivery_job.h"
#include "sim/agents/mta/intake.h"
#include "sim/store/message_queue.h"

namespace mailcosm::sim {

class Bouncer {
 public:
  // All must outlive it.
  Bouncer(Runtime& runtime, const MtaConfig& config, MessageQueue& queue, Intake& intake);

  struct Case {
    const QueuedRecipient* recipient = nullptr;
    DeliveryResult result;
  };
  // Writes one notification about these recipients, puts it into the queue, and emits
  // bounce.created; without notification if none is due. False if it is due and could not be
  // queued.
  bool tell(dsn::Action action, const QueuedMessage& message, std::span<const Case> cases);

 private:
  std::string write(dsn::Action action, const QueuedMessage& message, std::span<const Case> cases);
  WallTime wall_time(Instant instant) const;

  Runtime& runtime_;
  const MtaConfig& config_;
  MessageQueue& queue_;
  Intake& intake_;
  Random random_;
};

}  // namespace mailcosm::sim
