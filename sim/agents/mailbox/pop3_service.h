// Pop3Service: POP3 on a mailbox server; the maildrop is the account's INBOX.
#pragma once

#include <memory>

#include "protocols/pop3/server_config.h"
#include "sim/agents/mailbox/service.h"

namespace mailcosm::sim {

class Pop3Service final : public Service {
 public:
  explicit Pop3Service(const ServiceContext& context);
  const pop3::ServerConfig& config() const { return config_; }

 private:
  std::unique_ptr<ServiceSession> accept(std::unique_ptr<Stream> stream) override;

  pop3::ServerConfig config_;
};

}  // namespace mailcosm::sim
