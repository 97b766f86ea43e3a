#include "sim/net/tcp_rack.h"

#include <algorithm>

namespace mailcosm::sim {

void TcpRack::on_round_trip(Duration round_trip) {
  if (shortest_ == Duration(0) || round_trip < shortest_)
    shortest_ = std::max(round_trip, Duration(1));
}

void TcpRack::on_delivered(const SentSegment& segment, Instant now) {
  const Duration round_trip = now - segment.sent_at;
  if (segment.has(SentSegment::kEverResent) && round_trip < shortest_) return;
  round_trip_ = round_trip;
  if (segment.sent_at > sent_at_ || (segment.sent_at == sent_at_ && after(segment.end, end_))) {
    sent_at_ = segment.sent_at;
    end_ = segment.end;
  }
  advanced_ = true;
}

void TcpRack::on_duplicate_report(Sequence acknowledged, Sequence next) {
  if (in_steps_round_ && before(acknowledged, steps_round_end_)) return;
  in_steps_round_ = true;
  steps_round_end_ = next;
  steps_ = std::min(steps_ + 1, kStepsMax);
}

Duration TcpRack::window(const TcpScoreboard& scoreboard, bool in_recovery,
                         Duration smoothed) const {
  if (!reordering_seen_ && (in_recovery || scoreboard.sacked() >= kSackedMin)) return Duration(0);
  return std::min(shortest_ / 4 * steps_, smoothed);
}

Duration TcpRack::detect(TcpScoreboard& scoreboard, Instant now, bool in_recovery,
                         Duration smoothed) {
  Duration again{0};
  if (!advanced_) return again;
  advanced_ = false;
  const Duration allowed = round_trip_ + window(scoreboard, in_recovery, smoothed);
  for (std::uint32_t i = 0; i < scoreboard.size(); ++i) {
    SentSegment& segment = scoreboard[i];
    if (segment.has(SentSegment::kSacked)) continue;
    if (segment.has(SentSegment::kLost) && !segment.has(SentSegment::kResent)) continue;
    const bool sent_before =
        segment.sent_at < sent_at_ || (segment.sent_at == sent_at_ && before(segment.end, end_));
    if (!sent_before) continue;
    const Duration remaining = allowed - (now - segment.sent_at);
    if (remaining <= Duration(0)) {
      scoreboard.mark_lost(segment);
    } else {
      again = std::max(again, remaining);
    }
  }
  // Looked at again by the timer even if nothing more arrives.
  if (again > Duration(0)) advanced_ = true;
  return again;
}

}  // namespace mailcosm::sim
