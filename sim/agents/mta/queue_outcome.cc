// What follows from the results of an attempt: done, another attempt later, a notification to the
// sender.
#include <algorithm>
#include <utility>

#include "sim/agents/mta/queue_manager.h"

namespace mailcosm::sim {
namespace {

using Results = std::map<std::string, DeliveryResult>;

// The recipients of the message that have a result, in the message's order.
std::vector<Bouncer::Case> cases_of(const QueuedMessage& message, const Results& results) {
  std::vector<Bouncer::Case> cases;
  for (const QueuedRecipient& recipient : message.recipients) {
    const auto found = results.find(recipient.address.to_string());
    if (found != results.end()) cases.push_back({&recipient, found->second});
  }
  return cases;
}

}  // namespace

void QueueManager::record_delivery(const QueuedMessage& message, const mail::Address& recipient,
                                   const DeliveryResult& result) {
  runtime_.trace().emit(Kind::kRecipientDelivered,
                        {message.id, recipient.to_string(), result.server, result.reply},
                        {{}, message.message_id});
}

// One job of several is done: who has the message must not get it again after a crash.
void QueueManager::save_progress(const std::string& id, Active& active) {
  if (active.delivered.empty()) return;
  queue_->note_done(id, active.delivered);
  active.delivered.clear();
  queue_->sync();
}

void QueueManager::complete(const std::string& id, Active active) {
  QueuedMessage message = *queue_->find(id);
  ++message.attempts;
  if (runtime_.now() - message.arrived >= config_.queue_lifetime) expire(active);
  // A sender who could not be told is told at the next attempt.
  if (!active.failed.empty() && !bounce(message, active)) {
    active.deferred.merge(active.failed);
  }
  std::erase_if(message.recipients, [&](const QueuedRecipient& recipient) {
    return !active.deferred.contains(recipient.address.to_string());
  });
  if (message.recipients.empty()) {
    queue_->remove(id);
  } else {
    defer(std::move(message), active);
  }
  queue_->sync();
}

// RFC 5321 section 4.5.4.1: after some days the client gives up.
void QueueManager::expire(Active& active) {
  for (auto& [address, result] : active.deferred) {
    result.outcome = DeliveryResult::Outcome::kFailed;
    result.status = {4, 4, 7};  // RFC 3463 section 3.5: delivery time expired
  }
  active.failed.merge(active.deferred);
  active.deferred.clear();
}

bool QueueManager::bounce(QueuedMessage& message, const Active& active) {
  HostTrace& trace = runtime_.trace();
  const std::vector<Bouncer::Case> cases = cases_of(message, active.failed);
  for (const Bouncer::Case& each : cases) {
    trace.set_cause(trace.emit(Kind::kRecipientBounced,
                               {message.id, each.recipient->address.to_string(),
                                each.result.status.to_string(), each.result.reply},
                               {{}, message.message_id}));
  }
  return bouncer_->tell(dsn::Action::kFailed, message, cases);
}

Duration QueueManager::waiting_time(int attempts) const {
  Duration time = config_.retry_first;
  for (int i = 1; i < attempts && time < config_.retry_max; ++i) time *= 2;
  return std::min(time, config_.retry_max);
}

void QueueManager::defer(QueuedMessage message, const Active& active) {
  const Instant now = runtime_.now();
  // The last attempt is made when the lifetime ends, so that no sender waits longer for the bad
  // news.
  const Instant end = message.arrived + config_.queue_lifetime;
  Instant next = now + waiting_time(message.attempts);
  if (now < end) next = std::min(next, end);
  HostTrace& trace = runtime_.trace();
  for (QueuedRecipient& recipient : message.recipients) {
    const DeliveryResult& result = active.deferred.at(recipient.address.to_string());
    recipient.last_reply = result.reply;
    recipient.last_server = result.server;
    recipient.last_attempt = now;
    message.cause = trace.emit(Kind::kRecipientDeferred,
                               {message.id, recipient.address.to_string(), result.server,
                                result.reply, message.attempts, next},
                               {{}, message.message_id});
  }
  trace.set_cause(message.cause);
  tell_delay(message, active);
  queue_->update(message);
  queue_->move(message.id, QueueName::kDeferred, next);
  deferred_.emplace(next, message.id);
  wake();
}

void QueueManager::tell_delay(QueuedMessage& message, const Active& active) {
  if (config_.delay_notice == Duration::zero() || message.delay_told) return;
  if (runtime_.now() - message.arrived < config_.delay_notice) return;
  message.delay_told = true;
  if (message.reverse_path.is_null()) return;
  bouncer_->tell(dsn::Action::kDelayed, message, cases_of(message, active.deferred));
}

}  // namespace mailcosm::sim
