// Which segments are lost, and what the congestion window does (RFC 8985, RFC 6937, RFC 5681, RFC
// 9438).

#include <algorithm>

#include "sim/net/tcp_connection.h"

namespace mailcosm::sim {
namespace {

// An idle connection gives back the memory of a flight larger than this.
constexpr std::size_t kFlightKept = 512;

constexpr std::uint32_t kDuplicatesMin = 3;  // RFC 5681 section 3.2

}  // namespace

std::uint32_t TcpConnection::reduced_threshold() {
  reno_.restart();
  return settings_->congestion_control == CongestionControl::kCubic ? cubic_.threshold(window_)
                                                                    : TcpReno::threshold(window_);
}

void TcpConnection::judge_losses(const TcpScoreboard::Delivered& delivered, bool advanced,
                                 bool duplicate, Instant now) {
  if (recovery_ != Recovery::kOpen && !before(send_unacknowledged_, recovery_end_)) end_recovery();
  const std::uint32_t lost_before = scoreboard_.lost();
  detect_losses(delivered, advanced, duplicate, now);
  if (recovery_ == Recovery::kOpen && scoreboard_.lost() != 0) begin_recovery();
  if (recovery_ == Recovery::kRecovery) {
    if (delivered.segments == 0) return;
    const bool progress = advanced && scoreboard_.lost() <= lost_before;
    window_ = prr_.window_after(scoreboard_.in_flight(), threshold_, delivered.segments, progress);
  } else if (delivered.acknowledged != 0) {
    grow_window(delivered, now);
  }
}

void TcpConnection::detect_losses(const TcpScoreboard::Delivered& delivered, bool advanced,
                                  bool duplicate, Instant now) {
  if (sack_) {
    if (scoreboard_.sacked() == 0 && recovery_ == Recovery::kOpen && !delivered.reordered) return;
    const Duration again =
        rack_.detect(scoreboard_, now, recovery_ != Recovery::kOpen, rto_.smoothed());
    if (again == Duration(0)) return;
    arm_reorder(again, now);
    return;
  }
  // Without SACK: three duplicates, and NewReno's partial acknowledgments (RFC 6582).
  if (advanced) {
    duplicates_ = 0;
    if (recovery_ != Recovery::kRecovery) {
      scoreboard_.forget_duplicates();
    } else if (!scoreboard_.empty()) {
      scoreboard_.lose_first();
    }
  } else if (duplicate) {
    ++duplicates_;
    scoreboard_.count_duplicate();
    if (duplicates_ == kDuplicatesMin && recovery_ == Recovery::kOpen) scoreboard_.lose_first();
  }
}

void TcpConnection::begin_recovery() {
  recovery_ = Recovery::kRecovery;
  recovery_end_ = send_next_;
  prr_.begin(window_);
  threshold_ = reduced_threshold();
}

void TcpConnection::end_recovery() {
  if (recovery_ == Recovery::kRecovery) window_ = threshold_;
  recovery_ = Recovery::kOpen;
  duplicates_ = 0;
  scoreboard_.forget_duplicates();
}

void TcpConnection::grow_window(const TcpScoreboard::Delivered& delivered, Instant now) {
  const bool slow_start = window_ < threshold_;
  // A window that was not used is no proof that the network can bear more (RFC 7661).
  if (slow_start ? window_ >= 2 * sent_max_ : !window_limited_) return;
  // What was selectively acknowledged before has been counted then.
  std::uint32_t acknowledged = delivered.segments;
  const bool cubic = settings_->congestion_control == CongestionControl::kCubic;
  if (slow_start) {
    if (cubic && delivered.has_round_trip &&
        cubic_.ends_slow_start(window_, delivered.last_round_trip, send_unacknowledged_, send_next_,
                               now)) {
      threshold_ = window_;
    }
    const std::uint32_t grown = std::min(window_ + acknowledged, std::max(threshold_, window_));
    acknowledged -= grown - window_;
    window_ = grown;
    if (acknowledged == 0) return;
  }
  window_ =
      cubic ? cubic_.grow(window_, acknowledged, now) : reno_.grow(window_, acknowledged, window_);
}

void TcpConnection::arm_after_acknowledgment(Instant now) {
  if (scoreboard_.empty()) {
    if (scoreboard_.heap_octets() > kFlightKept) scoreboard_.release();
    pending_ = Pending::kNothing;
    retransmit_at_ = Instant::never();
    return;
  }
  if (pending_ == Pending::kReorder) return;
  if (!arm_probe(now)) arm_timeout(now);
}

}  // namespace mailcosm::sim
