// Mta: a mail transfer agent. Takes messages by SMTP, submission and LMTP, keeps them safe in its
// queue, and delivers them by SMTP or LMTP, or tells the sender why not.
//
// Says 250 only after the message has been synced to the disk. What the queue held when the host
// lost power is taken up again by start(). Emits message.accepted, message.rejected, recipient.*,
// mx.selected, bounce.created, loop.detected, queue.moved and message.removed, and the dialogues of
// its sessions.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "sim/agents/common/interference.h"
#include "sim/agents/mta/mta_config.h"
#include "sim/host/runtime.h"

namespace mailcosm::sim {

class Mta final : public Agent {
 public:
  // The interferer may be null, or must outlive the agent.
  Mta(Runtime& runtime, MtaConfig config, Interferer* interferer = nullptr);
  ~Mta() override;
  void start() override;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mailcosm::sim
