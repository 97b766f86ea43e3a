// TcpDelayedAck: when to acknowledge (RFC 9293 section 3.8.6.3, RFC 5681 section 4.2), as the Linux
// kernel decides it.
//
// The first segments of a connection are acknowledged at once (the sender is in slow start and
// waits for it); as soon as the connection shows to be a dialogue, in which data go out soon after
// data have come, acknowledgments wait up to 40 ms for data to ride on. Every second full segment,
// and everything out of order, is acknowledged at once.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

class TcpDelayedAck {
 public:
  void on_data(Instant now, std::uint32_t octets, std::uint32_t quick_max, Duration delay,
               Duration timeout);
  // Something that must be answered now: out of order, a window probe, a FIN outside of a dialogue.
  void demand() { due_ = true; }
  // FIN or other that may wait for data to ride on.
  void ask(Instant now, Duration delay);
  void on_sent_data(Instant now);
  // An acknowledgment has left, alone or with data.
  void on_sent_ack();
  // The next segments are acknowledged at once: the sender repairs a loss.
  void hurry(std::uint32_t quick_max);

  bool is_due() const { return due_; }
  Instant deadline() const { return deadline_; }
  void expire(Instant now) {
    if (deadline_ <= now) {
      deadline_ = Instant::never();
      due_ = true;
    }
  }

 private:
  static constexpr std::uint32_t kQuickMax = 16;

  Instant deadline_ = Instant::never();
  Instant last_data_ = Instant{-1};   // -1: none yet
  std::uint32_t unacknowledged_ = 0;  // octets that have come since the last acknowledgment
  std::uint32_t segment_size_ = 536;  // largest seen lately
  std::uint32_t quick_ = 0;
  bool is_dialogue_ = false;
  bool due_ = false;
};

}  // namespace mailcosm::sim
