#include "sim/agents/traffic/errand.h"

#include <algorithm>
#include <utility>

namespace mailcosm::sim {

Errand::Errand(Runtime& runtime, AddressLookup& addresses, MailClientConfig config, OutboxItem item,
               ErrandOwner& owner, std::uint64_t id)
    : runtime_(runtime),
      addresses_(addresses),
      config_(std::move(config)),
      item_(std::move(item)),
      owner_(owner),
      id_(id) {}

Errand::~Errand() = default;

void Errand::start() {
  tried_ = false;
  submission_ = std::make_unique<Submission>(runtime_, addresses_, config_,
                                             static_cast<SubmissionOwner&>(*this));
  submission_->open();
}

OutboxItem* Errand::next_to_submit() { return std::exchange(tried_, true) ? nullptr : &item_; }

void Errand::on_submitted(OutboxItem& item, const SubmissionResult& result,
                          const Subject& subject) {
  if (!result.accepted.empty()) emit(Kind::kMessageSubmitted, result.accepted, subject);
  if (!result.refused.empty()) emit(Kind::kSubmissionFailed, result.refused, subject);
  if (!result.deferred.empty()) emit(Kind::kSubmissionFailed, result.deferred, subject);
  item.recipients = result.retry;
}

void Errand::on_submission_over(const Ending& ending) {
  submission_.reset();
  if (!tried_) emit(Kind::kSubmissionFailed, ending.reason, {{}, item_.message_id});
  if (item_.recipients.empty() || ending.kind == Ending::Kind::kRefused)
    return owner_.on_errand_over(id_);
  Duration pause = config_.retry_first;
  for (int attempt = 0; attempt < item_.attempts && pause < config_.retry_max; ++attempt)
    pause *= 2;
  ++item_.attempts;
  if (!timer_) timer_ = std::make_unique<Timer>(runtime_, static_cast<TimerHandler&>(*this));
  timer_->arm_after(std::min(pause, config_.retry_max));
}

void Errand::emit(Kind kind, const std::string& reply, const Subject& subject) {
  runtime_.trace().emit(kind, {config_.login, config_.submission_server, reply}, subject);
}

}  // namespace mailcosm::sim
