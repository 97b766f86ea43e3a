// Crossings: what goes from one partition of a network to another, as plain bytes that can be
// copied, stored, or sent to another process, on a machine of any byte order.
//
// Two things cross: packets on a lane whose far end is in the other partition, with the key of
// their arrival; and news of a packet that was lost because something is broken, for the host that
// will wonder why. They stand one behind another. Numbers are little-endian, nothing is aligned,
// and fields stand in this order, with these sizes in octets:
//
//   packet   what (1): 1. Arrival: time in ns (8), source (4), sequence (8), lane (4), epoch of the
//            lane when it was sent (4). IP: protocol (1), hops left (1), identification (2), from
//            (4), to (4), octets on the wire (4), source and destination (19 each), id of
//            packet.sent (8), local and remote port of what an ICMP message is about (2 each).
//            TCP: sequence (4), acknowledgment (4), window (2), flags (1), window scale (1), MSS
//            (2), SACK permitted (1), has timestamps (1), is resent (1), timestamp value (4), echo
//            (4), id of the cause (8), connection (8), number of SACK blocks (1). Octets of payload
//            (4). The SACK blocks: begin (4), end (4). The payload.
//   loss     what (1): 2. Reader (4), peer (4), at (4), time in ns (8), id of the fault (8).
//
// An endpoint is the number of octets in its address (1): 0, 4 or 16; the address in network order,
// filled up with zeros (16); the port (2). Yes and no are 1 and 0. What the network could not have
// sent is malformed: less than that, a time that is negative or never comes, a node or a lane that
// there is not, another protocol than ICMP, TCP and UDP, more SACK blocks or payload than a packet
// has. So what is read and appended again gives the same bytes.
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
  EventKey key;  // of EventClass::kPacket
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
