// TcpCubic: CUBIC congestion control (RFC 9438) in integers: milliseconds and segments.
//
// Slow start ends early when the round trip grows or the acknowledgments of one flight span half of
// it (HyStart, Ha and Rhee 2008), as in the Linux kernel.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"
#include "sim/net/tcp_reno.h"
#include "sim/net/tcp_segment.h"

namespace mailcosm::sim {

class TcpCubic {
 public:
  // Congestion avoidance (RFC 9438 sections 4.2 to 4.5). Gives the new window.
  std::uint32_t grow(std::uint32_t window, std::uint32_t acknowledged, Instant now);
  // Section 4.6: the window is cut to 0.7, with fast convergence (section 4.7).
  std::uint32_t threshold(std::uint32_t window);
  // A retransmission timeout: the epoch starts anew (section 4.8).
  void reset();
  // Idle time is no time in which the window may grow.
  void on_idle(Duration idle);

  // HyStart: called for each acknowledgment in slow start with the round trip it measured. True:
  // leave slow start.
  bool ends_slow_start(std::uint32_t window, Duration round_trip, Sequence acknowledged,
                       Sequence next, Instant now);
  void on_round_trip(Duration round_trip);

 private:
  void begin_epoch(std::uint32_t window, std::uint32_t acknowledged, Instant now);
  std::uint32_t target(Instant now) const;
  std::uint32_t segments_per_step(std::uint32_t window, Instant now);

  TcpReno reno_;                     // counts acknowledgments
  std::uint32_t window_max_ = 0;     // W_max
  std::uint32_t origin_ = 0;         // where the cubic curve is flat
  std::uint32_t inflection_ms_ = 0;  // K
  std::uint32_t reno_window_ = 0;    // W_est
  std::uint32_t reno_credit_ = 0;
  std::uint32_t per_ = 0;  // segments to be acknowledged for one step, as last judged
  std::uint32_t judged_window_ = 0;
  Instant judged_at_;
  Instant epoch_ = Instant::never();
  Duration shortest_{0};

  Instant round_start_;
  Instant last_ack_;
  Sequence round_end_ = 0;
  Duration round_shortest_{0};
  std::uint32_t round_samples_ = 0;
  bool has_round_ = false;
};

}  // namespace mailcosm::sim
