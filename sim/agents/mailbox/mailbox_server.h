// MailboxServer: the host that keeps people's mail. It takes messages by LMTP and shows them by
// POP3 and IMAP, all on one store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/agents/mailbox/account_directory.h"
#include "sim/agents/mailbox/mailbox_server_config.h"
#include "sim/agents/mailbox/service.h"
#include "sim/host/runtime.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {

class MailboxServer final : public Agent {
 public:
  // Services listen from start() on.
  // The interferer may be null, or must outlive the agent.
  MailboxServer(Runtime& runtime, MailboxServerConfig config, Interferer* interferer = nullptr);
  ~MailboxServer() override;

  void start() override;

  const MailboxServerConfig& config() const { return config_; }
  MailboxStore& store() { return store_; }

 private:
  void offer(std::unique_ptr<Service> service, std::uint16_t port);

  Runtime* runtime_;
  MailboxServerConfig config_;
  MailboxStore store_;
  AccountDirectory directory_;
  Interferer* interferer_;
  std::vector<std::unique_ptr<Service>> services_;
};

}  // namespace mailcosm::sim
