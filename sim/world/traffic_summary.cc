#include "sim/world/traffic_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/time_text.h"

namespace mailcosm::sim {

void TrafficSummary::move_queue(HostIndex host, bool in) {
  if (host >= queued_.size()) return;
  std::uint64_t& here = queued_[host];
  if (!in) {
    if (here == 0) return;
    --here;
    --counts_.queued;
    return;
  }
  counts_.queue_peak = std::max(counts_.queue_peak, ++counts_.queued);
  if (++here <= host_peak_) return;
  host_peak_ = here;
  host_of_peak_ = host;
}

void TrafficSummary::accept(const Record& record) {
  switch (record.kind) {
    case Kind::kMessageComposed:
      ++counts_.mails;
      return deliveries_.accept(record);
    case Kind::kMessageStored:
      return deliveries_.accept(record);
    case Kind::kRecipientBounced:
      ++counts_.bounced;
      return;
    case Kind::kRecipientDeferred:
      ++counts_.deferred;
      return;
    case Kind::kSubmissionFailed:
      ++counts_.refused;
      return;
    case Kind::kMessageAccepted:
      return move_queue(record.host, true);
    case Kind::kMessageRemoved:
      return move_queue(record.host, false);
    default:
      return;
  }
}

TrafficSummary::Numbers TrafficSummary::numbers() const {
  Numbers numbers = counts_;
  numbers.recipients = deliveries_.recipients();
  numbers.delivered = deliveries_.delivered();
  if (numbers.delivered != 0) numbers.delay = expectations::numbers_of(deliveries_.delays());
  return numbers;
}

std::string TrafficSummary::text() const {
  const Numbers all = numbers();
  std::string text = fmt::format("Mails:  {} written to {} recipients, {} delivered, {} bounced",
                                 all.mails, all.recipients, all.delivered, all.bounced);
  text +=
      fmt::format("; {} submissions failed, {} deliveries deferred.\n", all.refused, all.deferred);
  if (all.delivered != 0) {
    text += fmt::format(
        "Delay:  from writing to the mailbox mean {}, median {}, 95 % {}, 99 % {}, longest {}.\n",
        duration_text(all.delay.mean), duration_text(all.delay.p50), duration_text(all.delay.p95),
        duration_text(all.delay.p99), duration_text(all.delay.max));
  }
  text += fmt::format("Queues: at most {} messages in all together", all.queue_peak);
  if (host_peak_ > 0)
    text += fmt::format(" and {} in that of {}", host_peak_, header_.name_of(host_of_peak_));
  text += fmt::format("; {} at the end.\n", all.queued);
  return text;
}

}  // namespace mailcosm::sim
