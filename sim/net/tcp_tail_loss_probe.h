// TcpTailLossProbe: the tail loss probe of RFC 8985 section 7: when the last segments of a flight
// are lost, nothing that arrives shows it; two round trips without an answer are probed with one
// segment, long before the retransmission timeout.
//
// One probe for each tail: no other follows before the first is answered or the timeout has come.
#pragma once

#include "protocols/base/instant.h"
#include "sim/net/tcp_segment.h"

namespace mailcosm::sim {

class TcpTailLossProbe {
 public:
  // PTO of section 7.2: two smoothed round trips, and `slack`, which is the longest a delayed
  // acknowledgment may take if there is one segment only.
  static Duration timeout(Duration smoothed, Duration slack) { return 2 * smoothed + slack; }

  // PTO has come: one segment may leave, whatever the congestion window (section 7.3).
  void expire() { is_due_ = is_outstanding_ = true; }
  // The probe has left: new octets or the last segment once more, and `end` is what the peer must
  // acknowledge to answer it (TLP.end_seq).
  void on_sent(bool is_new, Sequence end) {
    is_due_ = false;
    is_new_ = is_new;
    end_ = end;
  }
  // Something else, the retransmission timeout or recovery, takes its place.
  void cancel() { is_due_ = is_outstanding_ = false; }

  enum class Verdict : std::uint8_t { kNone, kNoLoss, kRepairedLoss };
  // Section 7.4.2. `reports_duplicate`: with a D-SACK block; `is_bare_duplicate`: repeats the last
  // acknowledgment and says nothing else.
  Verdict on_acknowledgment(Sequence acknowledgment, bool reports_duplicate,
                            bool is_bare_duplicate);

  bool is_due() const { return is_due_; }
  bool is_outstanding() const { return is_outstanding_; }

 private:
  Sequence end_ = 0;
  bool is_due_ = false;
  bool is_outstanding_ = false;
  bool is_new_ = false;
};

}  // namespace mailcosm::sim
