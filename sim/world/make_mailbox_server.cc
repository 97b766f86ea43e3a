#include "sim/agents/mailbox/mailbox_server.h"
#include "sim/world/make_agents.h"

namespace mailcosm::sim {

std::unique_ptr<Agent> make_mailbox_server(Runtime& runtime, const scenario::MailboxServer& model,
                                           const TrafficTables& traffic, Interferer* interferer) {
  MailboxServerConfig config;
  config.host_name = model.name;
  config.lmtp_port = config.pop3_port = config.imap_port = 0;
  for (const scenario::Listener& listener : model.listeners) {
    switch (listener.service) {
      case scenario::Service::kLmtp:
        config.lmtp_port = listener.port;
        break;
      case scenario::Service::kPop3:
        config.pop3_port = listener.port;
        break;
      case scenario::Service::kImap:
        config.imap_port = listener.port;
        break;
      case scenario::Service::kSmtp:
      case scenario::Service::kSubmission:
        break;  // the parser refuses them here
    }
  }
  for (const scenario::MailboxAccount& account : model.accounts) {
    config.accounts.push_back({account.user, account.password, account.addresses,
                               static_cast<std::uint64_t>(account.quota), account.mailboxes});
  }
  config.users = traffic.users_of(model.users_of);
  config.quota_grace = model.quota_grace;
  return std::make_unique<MailboxServer>(runtime, std::move(config), interferer);
}

}  // namespace mailcosm::sim
