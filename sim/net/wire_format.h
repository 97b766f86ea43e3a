// The octets of a packet as they would be on the wire: IPv4 (RFC 791) or IPv6 (RFC 8200), with TCP
// (RFC 9293), UDP (RFC 768) or ICMP (RFC 792, RFC 4443) inside, all checksums valid.
#pragma once

#include <string>

#include "sim/net/packet.h"

namespace mailcosm::sim {

inline constexpr std::uint32_t kIpv4HeaderSize = 20;
inline constexpr std::uint32_t kIpv6HeaderSize = 40;
inline constexpr std::uint32_t kTcpHeaderSize = 20;
inline constexpr std::uint32_t kUdpHeaderSize = 8;
inline constexpr std::uint32_t kIcmpHeaderSize = 8;
// Ethernet's. Datagrams that exceed it are not fragmented: links carry them whole.
inline constexpr std::uint32_t kMtu = 1500;

inline std::uint32_t ip_header_size(const IpAddress& address) {
  return address.is_ipv4() ? kIpv4HeaderSize : kIpv6HeaderSize;
}

// Octets of the whole IP packet.
std::uint32_t wire_size_of(const Packet& packet);
// REQUIRES: both addresses are of one family.
void append_ip_packet(const Packet& packet, std::string& output);
// The sum of RFC 1071, to be complemented. An odd octet at the end counts as if a zero followed.
std::uint32_t checksum_sum(std::string_view octets, std::uint32_t start = 0);
std::uint16_t checksum_of(std::uint32_t sum);

// For the reader of a trace: "192.0.2.1:49152 > 192.0.2.2:25 TCP SYN seq 5 win 64240 len 0".
// A segment that went out before ends in " retransmission".
void append_summary(const Packet& packet, std::string& output);

}  // namespace mailcosm::sim
