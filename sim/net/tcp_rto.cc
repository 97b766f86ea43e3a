#include "sim/net/tcp_rto.h"

#include <algorithm>

namespace mailcosm::sim {

void TcpRto::sample(Duration round_trip, Sequence acknowledged, Sequence next) {
  round_trip = std::max(round_trip, Duration(1));
  const Duration floor = settings_->retransmission_timeout_min;
  if (!has_sample()) {
    smoothed_ = round_trip;
    deviation_ = round_trip * 2;
    variance_ = deviation_max_ = std::max(deviation_, floor);
    round_end_ = next;
    return;
  }
  const Duration error = round_trip - smoothed_;
  smoothed_ += error / 8;
  Duration change = (error < Duration(0) ? -error : error) - deviation_ / 4;
  // A sudden drop of the round trip does not mean that it varies.
  if (error < Duration(0) && change > Duration(0)) change /= 8;
  deviation_ += change;
  if (deviation_ > deviation_max_) {
    deviation_max_ = deviation_;
    variance_ = std::max(variance_, deviation_max_);
  }
  if (after(acknowledged, round_end_)) {
    if (deviation_max_ < variance_) variance_ -= (variance_ - deviation_max_) / 4;
    round_end_ = next;
    deviation_max_ = floor;
  }
}

Duration TcpRto::timeout() const {
  const Duration base =
      has_sample() ? smoothed_ + variance_ : settings_->retransmission_timeout_initial;
  const Duration max = settings_->retransmission_timeout_max;
  Duration timeout = std::min(base, max);
  for (std::uint32_t i = 0; i < backoffs_ && timeout < max; ++i)
    timeout = std::min(timeout * 2, max);
  return timeout;
}

}  // namespace mailcosm::sim
