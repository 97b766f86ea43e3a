#include "sim/agents/mta/queue_manager.h"

#include <algorithm>

#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

// As Postfix has it (qmgr_message_active_limit); the rest waits in incoming.
constexpr std::size_t kActiveMax = 20'000;

}  // namespace

QueueManager::QueueManager(Runtime& runtime, const MtaConfig& config)
    : runtime_(runtime), config_(config), router_(config.routes), timer_(runtime, *this) {}

QueueManager::~QueueManager() = default;

void QueueManager::attach(const Parts& parts) {
  queue_ = parts.queue;
  bouncer_ = parts.bouncer;
  services_ = std::make_unique<DeliveryServices>(
      DeliveryServices{runtime_, config_, *parts.queue, *parts.mx, *parts.addresses, {}, {}});
  services_->smtp.service = smtp::Service::kSmtp;
  services_->smtp.host_name = config_.name;
  services_->smtp.limits.recipients_max = config_.delivery_recipients_max;
  services_->lmtp = services_->smtp;
  services_->lmtp.service = smtp::Service::kLmtp;
}

void QueueManager::start() {
  for (const auto& [id, message] : queue_->messages()) {
    if (message.queue == QueueName::kDeferred) deferred_.emplace(message.next_attempt, id);
  }
  wake();
}

void QueueManager::on_incoming(const QueuedMessage& message) {
  incoming_.push_back(message.id);
  wake();
}

// The next thing to do by itself: at once, or when the first deferred message is due.
void QueueManager::wake() {
  const bool room = active_.size() < kActiveMax;
  if ((!incoming_.empty() && room) || !over_.empty()) {
    timer_.arm(runtime_.now());
  } else if (!deferred_.empty() && room) {
    timer_.arm(std::max(deferred_.begin()->first, runtime_.now()));
  } else {
    timer_.disarm();
  }
}

void QueueManager::on_timer(std::uint64_t) {
  over_.clear();
  while (!incoming_.empty() && active_.size() < kActiveMax) {
    const std::string id = std::move(incoming_.front());
    incoming_.pop_front();
    activate(id);
  }
  while (!deferred_.empty() && deferred_.begin()->first <= runtime_.now() &&
         active_.size() < kActiveMax) {
    const std::string id = deferred_.begin()->second;
    deferred_.erase(deferred_.begin());
    activate(id);
  }
  wake();
}

void QueueManager::activate(const std::string& id) {
  const QueuedMessage* message = queue_->find(id);
  CHECK(message != nullptr);
  runtime_.trace().set_cause(message->cause);
  queue_->move(id, QueueName::kActive);
  std::map<Destination, std::vector<DeliveryJob>> groups;
  for (const QueuedRecipient& recipient : message->recipients) {
    std::vector<DeliveryJob>& jobs = groups[router_.route(recipient.address)];
    if (jobs.empty() || jobs.back().recipients.size() >= config_.delivery_recipients_max) {
      jobs.push_back({id, {}});
    }
    jobs.back().recipients.push_back(recipient.address);
  }
  Active& active = active_[id];
  for (const auto& [destination, jobs] : groups) active.jobs_open += jobs.size();
  for (auto& [destination, jobs] : groups) {
    Lane& lane = lanes_[destination];
    for (DeliveryJob& job : jobs) lane.jobs.push_back(std::move(job));
    fill(destination, lane);
  }
}

bool QueueManager::may_run(const Lane& lane) const {
  return !lane.jobs.empty() && lane.running < config_.connections_max;
}

void QueueManager::fill(const Destination& destination, Lane& lane) {
  while (may_run(lane) && !lane.waits) {
    if (deliveries_.size() < config_.deliveries_max) {
      run_next(destination, lane);
    } else {
      lane.waits = true;
      waiting_.push_back(destination);
    }
  }
}

void QueueManager::run_next(const Destination& destination, Lane& lane) {
  DeliveryJob job = std::move(lane.jobs.front());
  lane.jobs.pop_front();
  ++lane.running;
  auto owned =
      std::make_unique<Delivery>(*services_, destination, static_cast<DeliveryOwner&>(*this));
  Delivery& delivery = *owned;
  deliveries_.push_back(std::move(owned));
  delivery.start(std::move(job));
}

// One of each that waits, in turn: a destination with much mail keeps no other one waiting.
void QueueManager::run_waiting() {
  while (!waiting_.empty() && deliveries_.size() < config_.deliveries_max) {
    const Destination destination = std::move(waiting_.front());
    waiting_.pop_front();
    Lane& lane = lanes_.at(destination);
    lane.waits = false;
    if (!may_run(lane)) continue;  // one of its own has to end first
    run_next(destination, lane);
    lane.waits = may_run(lane);
    if (lane.waits) waiting_.push_back(destination);
  }
}

void QueueManager::on_result(const DeliveryJob& job, const mail::Address& recipient,
                             const DeliveryResult& result) {
  Active& active = active_.at(job.queue_id);
  switch (result.outcome) {
    case DeliveryResult::Outcome::kDelivered:
      active.delivered.push_back(recipient);
      record_delivery(*queue_->find(job.queue_id), recipient, result);
      break;
    case DeliveryResult::Outcome::kFailed:
      active.failed.emplace(recipient.to_string(), result);
      break;
    case DeliveryResult::Outcome::kDeferred:
      active.deferred.emplace(recipient.to_string(), result);
      break;
  }
}

std::optional<DeliveryJob> QueueManager::on_job_done(Delivery& delivery, const DeliveryJob& job) {
  const auto found = active_.find(job.queue_id);
  CHECK(found != active_.end());
  if (--found->second.jobs_open == 0) {
    Active active = std::move(found->second);
    active_.erase(found);
    complete(job.queue_id, std::move(active));
  } else {
    save_progress(job.queue_id, found->second);
  }
  Lane& lane = lanes_.at(delivery.destination());
  // Where others wait it is their turn.
  if (lane.jobs.empty() || !waiting_.empty()) return std::nullopt;
  DeliveryJob next = std::move(lane.jobs.front());
  lane.jobs.pop_front();
  return next;
}

void QueueManager::on_delivery_over(Delivery& delivery) {
  const auto found = std::find_if(deliveries_.begin(), deliveries_.end(),
                                  [&](const auto& owned) { return owned.get() == &delivery; });
  over_.push_back(std::move(*found));
  deliveries_.erase(found);
  const auto lane = lanes_.find(delivery.destination());
  --lane->second.running;
  run_waiting();
  fill(lane->first, lane->second);
  if (lane->second.running == 0 && !lane->second.waits) lanes_.erase(lane);
  wake();
}

}  // namespace mailcosm::sim
