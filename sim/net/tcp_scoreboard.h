// TcpScoreboard: what has been sent and not yet acknowledged, segment by segment (RFC 2018, RFC
// 6675).
//
// Counts are in segments. "In flight" is the pipe of RFC 6675 section 4: sent, less what the
// receiver has selectively acknowledged, less what is held for lost, plus what of that has been
// sent again.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"
#include "sim/net/ring.h"
#include "sim/net/tcp_segment.h"

namespace mailcosm::sim {

struct SentSegment {
  static constexpr std::uint8_t kSacked = 1;
  static constexpr std::uint8_t kLost = 2;
  static constexpr std::uint8_t kResent = 4;  // a retransmission of it is under way
  static constexpr std::uint8_t kEverResent =
      8;                                     // its acknowledgment gives no round trip (Karn's rule)
  static constexpr std::uint8_t kFin = 16;   // the last of its sequence numbers is the FIN
  static constexpr std::uint8_t kPush = 32;  // it went out with PSH, and does so again

  Sequence begin = 0;
  Sequence end = 0;
  Instant sent_at;  // last time
  std::uint8_t flags = 0;

  bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

class TcpRack;

class TcpScoreboard {
 public:
  // What one acknowledgment has told.
  struct Delivered {
    std::uint32_t segments = 0;      // newly acknowledged in either way
    std::uint32_t acknowledged = 0;  // cumulatively, also those selectively acknowledged before
    bool has_round_trip = false;     // of segments sent once only
    Duration first_round_trip{0};    // of the oldest
    Duration last_round_trip{0};     // of the youngest
    bool reordered = false;  // an old segment arrived after a younger one, without being sent again
    bool resent_only = false;  // all that was acknowledged cumulatively had been retransmitted
  };

  void add(Sequence begin, Sequence end, Instant now, std::uint8_t flags);
  // Cumulative: everything before `acknowledgment`.
  void acknowledge(Sequence acknowledgment, Instant now, TcpRack& rack, Delivered& delivered);
  // Selective: whole segments inside the block.
  void sack(const SackBlock& block, Instant now, TcpRack& rack, Delivered& delivered);
  // A duplicate acknowledgment of a receiver without SACK: some later segment has arrived (RFC 5681
  // section 3.2).
  void count_duplicate();
  void forget_duplicates();
  // The first segment is lost, whatever duplicates were counted for it. REQUIRES: !empty().
  void lose_first();

  void mark_lost(SentSegment& segment);
  // The receiver has thrown away what it had selectively acknowledged (RFC 2018 section 8).
  void forget_sacks();
  // The first segment that is lost and has not been sent again, or null.
  SentSegment* next_lost();
  void mark_resent(SentSegment& segment, Instant now);

  bool empty() const { return segments_.empty(); }
  std::uint32_t size() const { return segments_.size(); }
  SentSegment& operator[](std::uint32_t index) { return segments_[index]; }
  std::uint32_t sacked() const { return sacked_; }
  std::uint32_t lost() const { return lost_; }
  std::uint32_t resent() const { return resent_; }
  std::uint32_t in_flight() const { return segments_.size() - sacked_ - lost_ + resent_; }
  Sequence highest_sacked() const { return highest_sacked_; }
  // Gives back the memory of a large flight. REQUIRES: empty().
  void release() { segments_.release(); }
  std::size_t heap_octets() const { return segments_.heap_octets(); }

 private:
  void remove_counts(const SentSegment& segment);

  Ring<SentSegment, 4> segments_;
  std::uint32_t sacked_ = 0;
  std::uint32_t lost_ = 0;
  std::uint32_t resent_ = 0;
  std::uint32_t duplicates_ = 0;  // of sacked_, those that count_duplicate() added
  std::uint32_t lost_hint_ = 0;   // no segment before this index is lost and not sent again
  Sequence highest_sacked_ = 0;   // meaningful while sacked_ is not zero
};

}  // namespace mailcosm::sim
