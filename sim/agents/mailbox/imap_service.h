// ImapService: IMAP4rev1 on a mailbox server; any number of sessions on one account see each
// other's changes.
#pragma once

#include <memory>

#include "protocols/imap/server_config.h"
#include "sim/agents/mailbox/service.h"

namespace mailcosm::sim {

class ImapService final : public Service {
 public:
  explicit ImapService(const ServiceContext& context);
  const imap::ServerConfig& config() const { return config_; }

 private:
  std::unique_ptr<ServiceSession> accept(std::unique_ptr<Stream> stream) override;

  imap::ServerConfig config_;
};

}  // namespace mailcosm::sim
