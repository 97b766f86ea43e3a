// Crossings: what goes from one partition of a network to another, as plain bytes that can be
// copied, stored, or sent to another process that runs the same program.
//
// Two things cross: packets on a lane whose far end is in the other partition, with the key of
// their arrival; and news of a packet that was lost because something is broken, for the host that
// will wonder why. Fields are fixed-size, in the byte order of the machine, the octets of a payload
// at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/net/packet.h"
#include "sim/topology/topology.h"

namespace mailcosm::sim {

// A packet of `reader`, or to it, was lost at the node `at` because of `fault`.
struct Loss {
  HostIndex reader = 0;
  HostIndex peer = 0;
  HostIndex at = 0;
  Instant time;
  RecordId fault;
};

struct CrossingPacket {
  EventKey key;
  LaneIndex lane = 0;
  std::uint32_t epoch = 0;  // of the lane, when the packet was sent
};

void append_crossing(const CrossingPacket& arrival, const Packet& packet, std::string& output);
void append_crossing(const Loss& loss, std::string& output);

// Takes the crossings apart again, in the order in which they were appended.
class CrossingReader {
 public:
  // Numbers of nodes and lanes must be below these. The bytes must outlive the reader.
  CrossingReader(std::string_view bytes, std::size_t nodes, std::size_t lanes)
      : rest_(bytes), nodes_(nodes), lanes_(lanes) {}

  // What comes next; kMalformed, from then on, if the bytes make no sense.
  enum class What : std::uint8_t { kEnd, kPacket, kLoss, kMalformed };
  What next();

  // After kPacket. take() fills a packet of an arena, its payload in a block of the pool.
  const CrossingPacket& arrival() const { return arrival_; }
  void take(Packet& packet, BlockPool& pool) const;
  // After kLoss.
  const Loss& loss() const { return loss_; }

 private:
  bool read_packet();
  bool read_loss();
  bool is_node(HostIndex node) const { return node < nodes_; }

  std::string_view rest_;
  std::size_t nodes_;
  std::size_t lanes_;
  CrossingPacket arrival_;
  Loss loss_;
  Packet packet_;  // without index and payload
  std::string_view payload_;
};

}  // namespace mailcosm::sim
