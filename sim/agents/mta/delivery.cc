#include "sim/agents/mta/delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/agents/mta/exchangers.h"

namespace mailcosm::sim {
namespace {

// As Postfix has them (smtp_mx_address_limit): the rest waits for the next attempt.
constexpr int kAddressesMax = 5;

}  // namespace

Delivery::Delivery(const DeliveryServices& services, const Destination& destination,
                   DeliveryOwner& owner)
    : services_(services),
      destination_(destination),
      owner_(owner),
      timer_(services.runtime, *this) {}

Delivery::~Delivery() {
  if (mx_asked_ != 0) services_.mx.cancel(mx_asked_);
  if (addresses_asked_ != 0) services_.addresses.cancel(addresses_asked_);
}

void Delivery::start(DeliveryJob job) {
  begin(std::move(job));
  find_exchangers();
}

void Delivery::begin(DeliveryJob job) {
  job_ = std::move(job);
  job_running_ = true;
  job_sent_ = false;
  in_doubt_ = false;
  failure_.reset();
  addresses_tried_ = 0;
  sessions_tried_ = 0;
  open_.clear();
  for (const mail::Address& recipient : job_.recipients) open_.push_back({recipient, {}});
  if (const QueuedMessage* queued = message()) services_.runtime.trace().set_cause(queued->cause);
}

Subject Delivery::subject() const {
  const QueuedMessage* found = message();
  return {{}, found == nullptr ? std::string_view{} : std::string_view(found->message_id)};
}

void Delivery::find_exchangers() {
  const bool literal = destination_.host.starts_with('[');
  if (destination_.transport == MtaRoute::Transport::kMx && !literal) {
    mx_asked_ = services_.mx.lookup(destination_.host, *this);
    return;
  }
  exchangers_ = {{destination_.host, -1}};
  exchanger_at_ = 0;
  try_exchanger();
}

void Delivery::on_mx(std::uint64_t, const MxResult& result) {
  mx_asked_ = 0;
  const std::string& domain = destination_.host;
  switch (result.status) {
    case MxStatus::kNullMx:  // RFC 7505 section 3
      settle_all(DeliveryResult::failed({5, 1, 10}, "",
                                        fmt::format("{} takes no mail (null MX)", domain)));
      return end();
    case MxStatus::kNoSuchDomain:
      settle_all(
          DeliveryResult::failed({5, 1, 2}, "", fmt::format("there is no domain {}", domain)));
      return end();
    case MxStatus::kTemporaryFailure:
      settle_all(
          DeliveryResult::deferred({4, 4, 3}, "", fmt::format("the look-up of {} failed", domain)));
      return end();
    case MxStatus::kFound:
    case MxStatus::kImplicit:
      break;
  }
  exchangers_ = result.exchangers;
  exchanger_at_ = 0;
  const std::string names[] = {services_.config.name, std::string(services_.runtime.host_name())};
  if (drop_from_self(exchangers_, names) && exchangers_.empty()) return give_up_to_loop();
  try_exchanger();
}

void Delivery::give_up_to_loop() {
  HostTrace& trace = services_.runtime.trace();
  const std::string reason = fmt::format("mail for {} comes back to this host", destination_.host);
  const std::string recipient = open_.size() == 1 ? open_.front().recipient.to_string() : "";
  trace.set_cause(trace.emit(Kind::kLoopDetected, {job_.queue_id, recipient, reason}, subject()));
  settle_all(DeliveryResult::failed({5, 4, 6}, "", reason));
  end();
}

void Delivery::try_exchanger() {
  if (exchanger_at_ >= exchangers_.size()) {
    finish_job();
    return end();
  }
  addresses_asked_ = services_.addresses.lookup(exchanger().host, *this);
}

void Delivery::on_addresses(std::uint64_t, const AddressResult& result) {
  addresses_asked_ = 0;
  addresses_ = result.addresses;
  address_at_ = 0;
  if (result.status != LookupStatus::kFound) {
    const std::string& host = exchanger().host;
    // A server that the configuration names and DNS does not know is a mistake of this side, which
    // can be mended.
    const bool final =
        !is_temporary(result.status) && destination_.transport == MtaRoute::Transport::kMx;
    const std::string reason =
        fmt::format("{} has no address ({})", host, to_string(result.status));
    if (!final) {
      note_failure(DeliveryResult::deferred({4, 4, 3}, host, reason));
    } else if (exchanger().preference < 0) {
      note_failure(DeliveryResult::failed({5, 1, 2}, host, reason));
    } else {
      note_failure(DeliveryResult::failed({5, 4, 4}, host, reason));
    }
    addresses_.clear();
  }
  try_address();
}

bool Delivery::is_self(const IpAddress& address) const {
  const std::vector<IpAddress>& own = services_.runtime.addresses();
  if (std::find(own.begin(), own.end(), address) == own.end()) return false;
  const std::vector<MtaListener>& listeners = services_.config.listeners;
  return std::any_of(listeners.begin(), listeners.end(), [&](const MtaListener& listener) {
    return listener.port == destination_.port;
  });
}

void Delivery::try_address() {
  if (address_at_ >= addresses_.size()) {
    ++exchanger_at_;
    return try_exchanger();
  }
  if (addresses_tried_ >= kAddressesMax) {
    finish_job();
    return end();
  }
  if (is_self(addresses_[address_at_])) {
    // Found by its address what was not found by its name: the same rule (RFC 5321 section 5.1).
    const int preference = exchanger().preference;
    const auto equal = std::find_if(exchangers_.begin(), exchangers_.end(),
                                    [&](const Exchanger& e) { return e.preference >= preference; });
    exchangers_.erase(equal, exchangers_.end());
    if (exchangers_.empty()) return give_up_to_loop();
    exchanger_at_ = exchangers_.size();
    return try_exchanger();
  }
  ++addresses_tried_;
  connect();
}

// A failure that leaves hope outweighs one that does not.
void Delivery::note_failure(DeliveryResult result) {
  if (failure_ && failure_->outcome == DeliveryResult::Outcome::kDeferred &&
      result.outcome == DeliveryResult::Outcome::kFailed) {
    return;
  }
  failure_ = std::move(result);
}

void Delivery::settle_all(const DeliveryResult& result) {
  note_failure(result);
  finish_job();
}

// Whoever has no result yet gets what the last server said to him, or else what kept us from
// asking.
void Delivery::finish_job() {
  if (!job_running_) return;
  job_running_ = false;
  if (!failure_) {
    failure_ = DeliveryResult::deferred({4, 4, 1}, "", "no server could be tried");
  }
  for (const Open& open : open_) {
    owner_.on_result(job_, open.recipient, open.last ? *open.last : *failure_);
  }
  open_.clear();
}

// Tells the owner of the job's end when there is no session that could take another.
void Delivery::end() {
  finish_job();
  std::optional<DeliveryJob> next = owner_.on_job_done(*this, job_);
  if (next) {
    begin(std::move(*next));
    exchangers_.clear();
    return later(Step::kTryAddress);
  }
  later(Step::kOver);
}

void Delivery::later(Step step) {
  step_ = step;
  timer_.arm(services_.runtime.now());
}

void Delivery::on_timer(std::uint64_t) {
  const Step step = std::exchange(step_, Step::kNone);
  session_.reset();
  if (step == Step::kOver) {
    owner_.on_delivery_over(*this);
  } else if (step == Step::kTryAddress) {
    if (exchangers_.empty()) return find_exchangers();
    try_address();
  }
}

}  // namespace mailcosm::sim
