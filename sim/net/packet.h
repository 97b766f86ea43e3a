// Packet: an IP packet under way, and the arena that they live in.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "protocols/base/ip_address.h"
#include "sim/core/event.h"
#include "sim/net/tcp_segment.h"

namespace mailcosm::sim {

enum class Protocol : std::uint8_t {
  kIcmp = 1,
  kTcp = 6,
  kUdp = 17
};  // IANA; ICMP stands for ICMPv6 too

// Number of a TCP socket among those of a partition. An end of a connection tells the other its
// own, so that it can be found, and be asked for in time, without a search. The socket may be gone,
// and another have its number.
using SocketSlot = std::uint32_t;
inline constexpr SocketSlot kNoSocket = 0xffffffff;

struct Packet {
  static constexpr std::uint8_t kHopsMax = 64;

  std::uint32_t index = 0;  // in the arena
  Protocol protocol = Protocol::kTcp;
  std::uint8_t hops_left = kHopsMax;  // TTL or hop limit
  std::uint16_t identification = 0;
  HostIndex from = 0;
  HostIndex to = 0;
  std::uint32_t wire_size = 0;  // octets of the IP packet
  Endpoint source;
  Endpoint destination;
  SocketSlot sender = kNoSocket;    // TCP, inside one partition
  SocketSlot receiver = kNoSocket;  // as far as the sender knows
  RecordId sent_record;             // of packet.sent, if that layer is recorded
  // TCP: the segment. UDP: only payload and cause count. ICMP: unreachable notice; the payload is
  // the head of the packet that could not be delivered, which went from `about` (ours, at the
  // receiver) to `source`'s port.
  TcpSegment segment;
  std::uint16_t about_local_port = 0;   // ICMP only
  std::uint16_t about_remote_port = 0;  // ICMP only

  // Lets go of the payload; ready for another sender.
  void clear();
};

// Packets are handed out and taken back; their memory is reused.
class PacketArena {
 public:
  Packet& take();
  // A second packet with the same contents.
  Packet& copy(const Packet& packet);
  void give_back(Packet& packet);
  Packet& operator[](std::uint32_t index) { return chunks_[index / kChunk][index % kChunk]; }
  const Packet& operator[](std::uint32_t index) const {
    return chunks_[index / kChunk][index % kChunk];
  }
  std::size_t in_use() const { return in_use_; }

 private:
  static constexpr std::uint32_t kChunk = 64;

  std::vector<std::unique_ptr<Packet[]>> chunks_;
  std::vector<std::uint32_t> free_;
  std::size_t in_use_ = 0;
};

}  // namespace mailcosm::sim
