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

void MailClient::mark(const MessageChoice& choice, const std::vector<std::string>& add,
                      const std::vector<std::string>& remove) {
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kMark;
  job.choice = choice;
  job.add = add;
  job.remove = remove;
  parts_->add_job(std::move(job));
}

void MailClient::move(const MessageChoice& choice, const std::string& to) {
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kMove;
  job.choice = choice;
  job.to = to;
  parts_->add_job(std::move(job));
}

void MailClient::remove(const MessageChoice& choice) {
  RetrievalJob job;
  job.kind = RetrievalJob::Kind::kRemove;
  job.choice = choice;
  parts_->add_job(std::move(job));
}

void MailClient::lose() { parts_->lose(); }

const MailClientConfig& MailClient::config() const { return parts_->config(); }

std::size_t MailClient::stored(const std::string& mailbox) const {
  return parts_->store().count(mailbox);
}

std::size_t MailClient::outbox_size() const { return parts_->outbox().size(); }

}  // namespace mailcosm::sim
