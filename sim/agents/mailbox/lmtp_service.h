// LmtpService: LMTP on a mailbox server (RFC 2033): takes messages for its accounts and answers for
// each recipient.
#pragma once

#include <memory>

#include "protocols/smtp/server_config.h"
#include "sim/agents/mailbox/full_accounts.h"
#include "sim/agents/mailbox/service.h"

namespace mailcosm::sim {

class LmtpService final : public Service {
 public:
  explicit LmtpService(const ServiceContext& context);
  const smtp::ServerConfig& config() const { return config_; }
  FullAccounts& full_accounts() { return full_accounts_; }

 private:
  std::unique_ptr<ServiceSession> accept(std::unique_ptr<Stream> stream) override;

  smtp::ServerConfig config_;
  FullAccounts full_accounts_;
};

}  // namespace mailcosm::sim
