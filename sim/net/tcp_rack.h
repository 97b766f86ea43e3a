// TcpRack: losses are seen by time (RFC 8985): a segment is lost when one that was sent later has
// been delivered and a little more time than the usual reordering has passed.
//
// The reordering window is zero until the network has been seen to reorder, once three segments
// have been selectively acknowledged or recovery is under way; otherwise a quarter of the shortest
// round trip.
#pragma once

#include "sim/net/tcp_scoreboard.h"

namespace mailcosm::sim {

class TcpRack {
 public:
  // RFC 8985 section 6.2 step 2. A retransmission that is answered faster than a round trip was not
  // needed, and says nothing about time.
  void on_delivered(const SentSegment& segment, Instant now);
  void on_round_trip(Duration round_trip);
  void on_reordering() { reordering_seen_ = true; }
  // A segment was sent again without need (step 4): the window grows, once a round trip.
  void on_duplicate_report(Sequence acknowledged, Sequence next);

  // Marks what is lost (step 5). Gives the time after which to look again, or zero.
  Duration detect(TcpScoreboard& scoreboard, Instant now, bool in_recovery, Duration smoothed);
  // Whether a segment that was sent at `sent_at` has had time to come back; for the retransmission
  // timeout.
  bool has_had_time(const SentSegment& segment, Instant now) const {
    return now - segment.sent_at >= round_trip_;
  }

  Duration shortest_round_trip() const { return shortest_; }

 private:
  static constexpr std::uint32_t kSackedMin = 3;  // DupThresh
  static constexpr std::uint32_t kStepsMax = 255;

  Duration window(const TcpScoreboard& scoreboard, bool in_recovery, Duration smoothed) const;

  Instant sent_at_{-1};  // of the youngest delivered segment
  Sequence end_ = 0;
  Sequence steps_round_end_ = 0;
  Duration round_trip_{0};
  Duration shortest_{0};  // zero: none known
  std::uint32_t steps_ = 1;
  bool reordering_seen_ = false;
  bool advanced_ = false;
  bool in_steps_round_ = false;
};

}  // namespace mailcosm::sim
