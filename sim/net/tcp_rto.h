// TcpRto: the round-trip estimate and the retransmission timeout (RFC 6298), as the Linux kernel
// keeps them.
//
// The variance follows the largest deviation of a round trip and never falls below the minimum
// timeout, so that RTO = SRTT + max(4 RTTVAR, 200 ms): a lone delayed ACK never looks like a loss.
#pragma once

#include <cstdint>

#include "sim/net/tcp_segment.h"
#include "sim/net/tcp_settings.h"

namespace mailcosm::sim {

class TcpRto {
 public:
  explicit TcpRto(const TcpSettings& settings) : settings_(&settings) {}

  // A round trip that nothing retransmitted blurs (Karn's rule). `acknowledged` and `next` bound
  // the round: the largest deviation starts anew when what was in flight at the last sample has
  // been acknowledged.
  void sample(Duration round_trip, Sequence acknowledged, Sequence next);
  // RFC 6298 rule 5.5: the timer has run out.
  void back_off() { ++backoffs_; }
  void end_backoff() { backoffs_ = 0; }

  bool has_sample() const { return smoothed_ != Duration(0); }
  Duration smoothed() const { return smoothed_; }  // SRTT; zero before the first sample
  Duration timeout() const;
  std::uint32_t backoffs() const { return backoffs_; }

 private:
  const TcpSettings* settings_;
  Duration smoothed_{0};
  Duration deviation_{0};      // smoothed mean deviation, times four
  Duration deviation_max_{0};  // largest of this round
  Duration variance_{0};       // what is added to SRTT
  Sequence round_end_ = 0;
  std::uint32_t backoffs_ = 0;
};

}  // namespace mailcosm::sim
