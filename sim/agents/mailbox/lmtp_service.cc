#include "sim/agents/mailbox/lmtp_service.h"

#include <utility>

#include "sim/agents/mailbox/lmtp_session.h"

namespace mailcosm::sim {

LmtpService::LmtpService(const ServiceContext& context)
    : Service(context), full_accounts_(context.config.quota_grace) {
  config_.service = smtp::Service::kLmtp;
  config_.host_name = context.config.host_name;
  config_.limits.message_size_max = context.config.message_size_max;
}

std::unique_ptr<ServiceSession> LmtpService::accept(std::unique_ptr<Stream> stream) {
  return std::make_unique<LmtpSession>(*this, std::move(stream));
}

}  // namespace mailcosm::sim
