#include "sim/agents/mailbox/service.h"

#include <utility>

namespace mailcosm::sim {

void ServiceSession::finish() {
  if (index_ == kNoIndex) {
    finished_ = true;
  } else {
    service_->remove(*this);
  }
}

bool Service::listen(std::uint16_t port) {
  listener_ = context_.runtime.listen({{}, port}, *this);
  return listener_ != nullptr;
}

void Service::on_accepted(std::unique_ptr<Stream> stream) {
  if (sessions_.size() >= kSessionsMax) return;
  std::unique_ptr<ServiceSession> session = accept(std::move(stream));
  if (session->finished_) return;
  session->index_ = sessions_.size();
  sessions_.push_back(std::move(session));
}

void Service::remove(const ServiceSession& session) {
  const std::size_t index = session.index_;
  const std::unique_ptr<ServiceSession> gone = std::exchange(sessions_[index], nullptr);
  if (index + 1 != sessions_.size()) {
    sessions_[index] = std::move(sessions_.back());
    sessions_[index]->index_ = index;
  }
  sessions_.pop_back();
}

}  // namespace mailcosm::sim
