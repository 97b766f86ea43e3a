#include "sim/agents/mailbox/imap_service.h"

#include <utility>

#include "sim/agents/mailbox/imap_session.h"

namespace mailcosm::sim {

ImapService::ImapService(const ServiceContext& context) : Service(context) {
  config_.host_name = context.config.host_name;
  config_.limits.append_size_max = context.config.message_size_max;
}

std::unique_ptr<ServiceSession> ImapService::accept(std::unique_ptr<Stream> stream) {
  return std::make_unique<ImapSession>(*this, std::move(stream));
}

}  // namespace mailcosm::sim
