#include "sim/agents/mta/bouncer.h"

#include <fmt/format.h>

#include <utility>

#include "protocols/mail/message.h"

namespace mailcosm::sim {

Bouncer::Bouncer(Runtime& runtime, const MtaConfig& config, MessageQueue& queue, Intake& intake)
    : runtime_(runtime),
      config_(config),
      queue_(queue),
      intake_(intake),
      random_(runtime.random("mta-bounce")) {}

WallTime Bouncer::wall_time(Instant instant) const {
  return runtime_.wall_time() + (instant - runtime_.now());
}

bool Bouncer::tell(dsn::Action action, const QueuedMessage& message, std::span<const Case> cases) {
  HostTrace& trace = runtime_.trace();
  const Subject subject = {{}, message.message_id};
  if (message.reverse_path.is_null()) {
    trace.emit(Kind::kBounceCreated, {message.id, "", "", dsn::to_string(action)}, subject);
    return true;
  }
  const std::string id = queue_.new_id();
  const RecordId before = trace.cause();
  trace.set_cause(trace.emit(
      Kind::kBounceCreated,
      {message.id, id, message.reverse_path.to_string(), dsn::to_string(action)}, subject));
  const bool queued = intake_.take_own(id, message.reverse_path, write(action, message, cases));
  trace.set_cause(before);
  return queued;
}

std::string Bouncer::write(dsn::Action action, const QueuedMessage& message,
                           std::span<const Case> cases) {
  dsn::Report report;
  report.reporting_mta = config_.name;
  report.arrival_date = wall_time(message.arrived);
  for (const Case& each : cases) {
    dsn::RecipientStatus status;
    const mail::Address& original = each.recipient->original;
    if (!original.is_null()) {
      status.original_recipient = fmt::format("rfc822;{}", original.to_string());
    }
    status.final_recipient = each.recipient->address.to_string();
    status.action = action;
    status.status = each.result.status;
    if (each.result.from_server) {
      status.remote_mta = each.result.server;
      status.diagnostic = each.result.reply;
    }
    status.last_attempt = runtime_.wall_time();
    if (action == dsn::Action::kDelayed) {
      status.will_retry_until = wall_time(message.arrived + config_.queue_lifetime);
    }
    report.recipients.push_back(std::move(status));
  }
  dsn::NotificationOptions options;
  options.to = message.reverse_path;
  options.postmaster = fmt::format("MAILER-DAEMON@{}", config_.name);
  options.date = runtime_.wall_time();
  options.random = random_.next();
  return dsn::write_notification(report, mail::Message::parse(message.content), options);
}

}  // namespace mailcosm::sim
