// ReceiveBuffer: puts the octets of segments in order and tells the sender which of them came too
// early.
//
// In-order octets are handed on at once and never stored; what came too early waits as slices of
// the packets. Duplicates are reported once by a D-SACK block (RFC 2883).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/net/tcp_segment.h"

namespace mailcosm::sim {

class ReceiveBuffer {
 public:
  struct Piece {
    Sequence begin = 0;
    Slice bytes;
    RecordId cause;
  };

  void start(Sequence next) { next_ = delivered_ = next; }
  // RCV.NXT. A FIN takes one number without octets.
  Sequence next() const { return next_; }
  void take_fin() { ++next_; }

  // Octets inside the window. Gives true if RCV.NXT has advanced.
  bool insert(Sequence begin, Slice bytes, RecordId cause);
  // A whole segment that had come before.
  void note_duplicate(Sequence begin, Sequence end);
  // The next octets in order; empty when there are none.
  Piece take();
  bool has_ready() const {
    return !ready_.bytes.empty() ||
           (first_ != pieces_.size() && pieces_[first_].begin == delivered_);
  }

  bool has_holes() const { return early_octets_ != 0; }
  std::uint32_t early_octets() const { return early_octets_; }
  // Blocks to report, the most recent first (RFC 2018 section 4), a duplicate before all; at most
  // `count_max`.
  std::uint8_t report(std::array<SackBlock, TcpSegment::kSackBlocksMax>& blocks,
                      std::uint8_t count_max);

 private:
  void insert_sorted(Piece piece);
  void join();
  void remember_block(Sequence at);

  Sequence next_ = 0;
  Sequence delivered_ = 0;  // octets before this have been taken
  Piece ready_;             // the usual case: one piece, in order
  std::vector<Piece>
      pieces_;  // otherwise: in order of sequence, not overlapping; first those before next_
  std::size_t first_ = 0;  // pieces before this have been taken
  std::uint32_t early_octets_ = 0;
  std::uint8_t block_count_ = 0;
  bool has_duplicate_ = false;
  std::array<SackBlock, TcpSegment::kSackBlocksMax> blocks_{};
  SackBlock duplicate_;
};

}  // namespace mailcosm::sim
