// MailboxServer: the host that keeps people's mail. It takes messages by LMTP and shows them by
// POP3 and IMAP, all on one store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/agents/mailbox/account_directory.h"
#include "sim/agents/mailbox/service.h"
#include "sim/host/runtime.h"
#include "sim/store/mailbox_store.h"

namespace mailcosm::sim {

struct MailboxServerConfig {
  std::string host_name;  // for greetings and trace fields
  std::vector<AccountConfig> accounts;
  // Port 0: the service is not offered.
  std::uint16_t lmtp_port = 24;
  std::uint16_t pop3_port = 110;
  std::uint16_t imap_port = 143;
  std::uint64_t message_size_max = 50 * 1024 * 1024;  // octets that LMTP takes
};

class MailboxServer final : public Agent {
 public:
  // Services listen from start() on.
  MailboxServer(Runtime& runtime, MailboxServerConfig config);
  ~MailboxServer() override;

  void start() override;

  const MailboxServerConfig& config() const { return config_; }
  MailboxStore& store() { return store_; }

 private:
  Runtime* runtime_;
  MailboxServerConfig config_;
  MailboxStore store_;
  AccountDirectory directory_;
  std::vector<std::unique_ptr<Service>> services_;
};

}  // namespace mailcosm::sim
