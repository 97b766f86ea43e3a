#include "sim/agents/mta/smtp_listener.h"

#include <fmt/format.h>

#include <utility>

namespace mailcosm::sim {
namespace {

smtp::Service service_of(MtaListener::Kind kind) {
  switch (kind) {
    case MtaListener::Kind::kSmtp:
      return smtp::Service::kSmtp;
    case MtaListener::Kind::kSubmission:
      return smtp::Service::kSubmission;
    case MtaListener::Kind::kLmtp:
      return smtp::Service::kLmtp;
  }
  return smtp::Service::kSmtp;
}

}  // namespace

SmtpListener::SmtpListener(const IncomingServices& services, const MtaListener& listener)
    : services_(services), settings_(listener) {
  server_.service = service_of(listener.kind);
  server_.host_name = services.config.name;
  server_.limits.message_size_max = services.config.message_size_max;
  server_.limits.recipients_max = services.config.recipients_max;
  if (listener.kind == MtaListener::Kind::kSubmission) {
    server_.mechanisms = {sasl::Mechanism::kPlain, sasl::Mechanism::kLogin};
    server_.require_auth = true;
  }
}

void SmtpListener::start() {
  listener_ = services_.runtime.listen({{}, settings_.port}, *this);
  if (listener_ == nullptr) {
    services_.runtime.trace().emit(
        Kind::kNote, {fmt::format("port {} is taken: no mail comes in by it", settings_.port)});
  }
}

void SmtpListener::on_accepted(std::unique_ptr<Stream> stream) {
  const std::uint64_t id = next_id_++;
  const bool busy = sessions_.size() >= services_.config.sessions_max;
  IncomingSession& session =
      *sessions_
           .emplace(id, std::make_unique<IncomingSession>(services_, server_, std::move(stream),
                                                          static_cast<IncomingOwner&>(*this), id))
           .first->second;
  session.start(busy ? smtp::Reply{421, {4, 3, 2}, "Too many connections"} : smtp::accept());
}

void SmtpListener::on_session_over(std::uint64_t id) { sessions_.erase(id); }

}  // namespace mailcosm::sim
