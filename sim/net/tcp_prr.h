// TcpPrr: proportional rate reduction (RFC 6937): during recovery the window shrinks evenly towards
// the slow start threshold as segments are delivered, instead of halting and bursting.
#pragma once

#include <algorithm>
#include <cstdint>

namespace mailcosm::sim {

class TcpPrr {
 public:
  void begin(std::uint32_t window) {
    window_before_ = std::max(window, 1u);
    delivered_ = sent_ = 0;
  }
  void on_sent() { ++sent_; }

  // The window after an acknowledgment that has delivered `delivered` segments. `progress` tells
  // that it advanced the cumulative acknowledgment and showed no new loss: then slow start's extra
  // segment is allowed.
  std::uint32_t window_after(std::uint32_t in_flight, std::uint32_t threshold,
                             std::uint32_t delivered, bool progress) {
    delivered_ += delivered;
    std::int64_t may_send = 0;
    if (in_flight > threshold) {
      may_send =
          static_cast<std::int64_t>((std::uint64_t{threshold} * delivered_ + window_before_ - 1) /
                                    window_before_) -
          sent_;
    } else {
      may_send = std::max<std::int64_t>(std::int64_t{delivered_} - sent_, delivered);
      if (progress) ++may_send;
      may_send = std::min<std::int64_t>(may_send, threshold - in_flight);
    }
    // The first retransmission of a recovery is always sent at once.
    may_send = std::max<std::int64_t>(may_send, sent_ == 0 ? 1 : 0);
    return in_flight + static_cast<std::uint32_t>(may_send);
  }

 private:
  std::uint32_t window_before_ = 1;
  std::uint32_t delivered_ = 0;
  std::uint32_t sent_ = 0;
};

}  // namespace mailcosm::sim
