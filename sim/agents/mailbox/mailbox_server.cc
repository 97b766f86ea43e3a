#include "sim/agents/mailbox/mailbox_server.h"

#include <string>
#include <utility>

#include "sim/agents/mailbox/imap_service.h"
#include "sim/agents/mailbox/lmtp_service.h"
#include "sim/agents/mailbox/pop3_service.h"

namespace mailcosm::sim {

MailboxServer::MailboxServer(Runtime& runtime, MailboxServerConfig config, Interferer* interferer)
    : runtime_(&runtime),
      config_(std::move(config)),
      store_(runtime),
      directory_(config_.accounts, config_.users, store_),
      interferer_(interferer) {}

MailboxServer::~MailboxServer() = default;

void MailboxServer::start() {
  const ServiceContext context{*runtime_, store_, directory_, config_, interferer_};
  offer(std::make_unique<LmtpService>(context), config_.lmtp_port);
  offer(std::make_unique<Pop3Service>(context), config_.pop3_port);
  offer(std::make_unique<ImapService>(context), config_.imap_port);
}

void MailboxServer::offer(std::unique_ptr<Service> service, std::uint16_t port) {
  if (port == 0) return;
  if (service->listen(port)) {
    services_.push_back(std::move(service));
    return;
  }
  const std::string text = "port " + std::to_string(port) + " is taken: its service is not offered";
  runtime_->trace().emit(Kind::kNote, {text});
}

}  // namespace mailcosm::sim
