// LinkSettings: what one direction of a link does to packets.
#pragma once

#include <cstdint>

#include "protocols/base/instant.h"

namespace mailcosm::sim {

struct LinkSettings {
  // One way, at least one nanosecond: an effect never arrives at the instant of its cause.
  Duration latency = std::chrono::milliseconds(1);
  // Zero is unlimited: packets then need no time to be put on the wire and never queue.
  std::uint64_t bits_per_second = 0;
  // Added to the latency, drawn anew for each packet, uniform from zero to this.
  Duration jitter{0};
  std::uint32_t loss_per_million = 0;
  std::uint32_t duplicate_per_million = 0;
  // Whether jitter may let a packet overtake another. If not, a packet that would arrive earlier
  // than the one before it arrives together with it.
  bool may_reorder = false;
  // Packets that wait for the wire, besides the one that is on it; one more is dropped (drop-tail).
  std::uint32_t queue_packets_max = 1000;
  bool up = true;

  friend bool operator==(const LinkSettings&, const LinkSettings&) = default;
};

}  // namespace mailcosm::sim
