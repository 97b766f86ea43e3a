#include "sim/agents/client/mail_client.h"

#include <utility>

#include "protocols/base/check.h"
#include "sim/agents/client/mail_client_parts.h"

namespace mailcosm::sim {

MailClient::MailClient(Runtime& runtime, MailClientConfig config)
    : parts_(std::make_unique<Parts>(runtime, std::move(config))) {}

MailClient::~MailClient() = default;

void MailClient::start() { parts_->start(); }

std::string MailClient::write(const Draft& draft) { return parts_->write(draft); }

void MailClient::check_mail() { parts_->add_job({}); }

void MailClient::read(const MessageChoice& choice) { parts_->read(choice); }

void MailClient::reply(const MessageChoice& choice, const std::string& body) {
  parts_->reply(choice, body);
}

void MailClient::mark(const MessageChoice& choice, const std::vector<std::string>& add,
                      const std::vector<std::string>& remove) {
  parts_->mark(choice, add, remove);
}

void MailClient::move(const MessageChoice& choice, const std::string& to) {
  parts_->move(choice, to);
}

void MailClient::remove(const MessageChoice& choice) { parts_->remove(choice); }

void MailClient::lose() { parts_->lose(); }

const MailClientConfig& MailClient::config() const { return parts_->config(); }

std::size_t MailClient::stored(const std::string& mailbox) const {
  return parts_->store().count(mailbox);
}

std::size_t MailClient::outbox_size() const { return parts_->outbox().size(); }

}  // namespace mailcosm::sim
