// TcpSegment: a TCP segment as structured data, and arithmetic on sequence numbers.
//
// The octets on the wire are made by wire_format.h, and only when somebody wants to see them.
// `cause`, `connection` and `is_resent` are the simulation's own: they take no room on the wire.
#pragma once

#include <array>
#include <cstdint>

#include "sim/net/block_pool.h"
#include "sim/trace/record_id.h"

namespace mailcosm::sim {

// Sequence numbers are compared modulo 2^32 (RFC 9293 section 3.4).
using Sequence = std::uint32_t;
constexpr bool before(Sequence a, Sequence b) { return static_cast<std::int32_t>(a - b) < 0; }
constexpr bool after(Sequence a, Sequence b) { return before(b, a); }
constexpr bool at_or_before(Sequence a, Sequence b) { return !before(b, a); }

struct SackBlock {
  Sequence begin = 0;
  Sequence end = 0;
  friend bool operator==(const SackBlock&, const SackBlock&) = default;
};

namespace tcp_flag {
inline constexpr std::uint8_t kFin = 0x01;
inline constexpr std::uint8_t kSyn = 0x02;
inline constexpr std::uint8_t kRst = 0x04;
inline constexpr std::uint8_t kPsh = 0x08;
inline constexpr std::uint8_t kAck = 0x10;
}  // namespace tcp_flag

struct TcpSegment {
  static constexpr std::uint8_t kNoWindowScale = 0xff;
  static constexpr std::size_t kSackBlocksMax = 4;  // three beside timestamps (RFC 2018 section 3)

  Sequence sequence = 0;
  Sequence acknowledgment = 0;
  std::uint16_t window = 0;  // as on the wire, not yet scaled
  std::uint8_t flags = 0;
  std::uint8_t window_scale = kNoWindowScale;  // SYN only
  std::uint16_t mss = 0;                       // SYN only; 0: no option
  bool sack_permitted = false;                 // SYN only
  bool has_timestamps = false;
  bool is_resent = false;  // what it carries went out before; for readers of the trace only
  std::uint32_t timestamp_value = 0;
  std::uint32_t timestamp_echo = 0;
  std::uint8_t sack_count = 0;
  std::array<SackBlock, kSackBlocksMax> sack{};
  Slice payload;

  RecordId cause;  // what the sender's agent was doing when it sent the last of these octets
  ConnectionId connection;  // SYN only

  // As it was made.
  void clear() {
    payload.clear();
    sequence = acknowledgment = 0;
    window = mss = 0;
    flags = 0;
    window_scale = kNoWindowScale;
    sack_permitted = has_timestamps = is_resent = false;
    timestamp_value = timestamp_echo = 0;
    sack_count = 0;
    sack = {};
    cause = {};
    connection = {};
  }

  bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
  // SEG.LEN: octets of payload, SYN and FIN.
  std::uint32_t length() const {
    return payload.size() + (has(tcp_flag::kSyn) ? 1u : 0u) + (has(tcp_flag::kFin) ? 1u : 0u);
  }
  Sequence end() const { return sequence + length(); }
  // Octets of options, padded to a multiple of four.
  std::uint32_t options_size() const {
    std::uint32_t size = 0;
    if (mss != 0) size += 4;
    if (window_scale != kNoWindowScale) size += 4;
    if (sack_permitted && !has_timestamps)
      size += 4;  // beside timestamps it takes the place of their padding
    if (has_timestamps) size += 12;
    if (sack_count != 0) size += 4 + 8u * sack_count;
    return size;
  }
};

}  // namespace mailcosm::sim
