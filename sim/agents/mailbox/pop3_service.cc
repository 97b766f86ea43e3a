#include "sim/agents/mailbox/pop3_service.h"

#include <utility>

#include "sim/agents/mailbox/pop3_session.h"

namespace mailcosm::sim {

Pop3Service::Pop3Service(const ServiceContext& context) : Service(context) {
  config_.host_name = context.config.host_name;
}

std::unique_ptr<ServiceSession> Pop3Service::accept(std::unique_ptr<Stream> stream) {
  return std::make_unique<Pop3Session>(*this, std::move(stream));
}

}  // namespace mailcosm::sim
