// Hand-made IP packets with valid checksums, for tests of captures.
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/bytes.h"
#include "protocols/base/ip_address.h"

namespace mailcosm::sim {

// The ones' complement sum of RFC 1071, folded; not yet inverted.
inline std::uint32_t sum_of(std::string_view bytes, std::uint32_t sum = 0) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint32_t octet = static_cast<unsigned char>(bytes[i]);
    sum += i % 2 == 0 ? octet << 8 : octet;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

struct Flow {
  IpAddress from, to;
  std::uint16_t from_port = 0, to_port = 0;
};

// RFC 791 section 3.1 or RFC 8200 section 3, around a transport segment without its checksum, which
// stands at `place`.
inline std::string ip_packet(const Flow& flow, std::uint8_t protocol, std::string segment,
                             std::size_t place) {
  std::string pseudo;
  ByteWriter header(pseudo);
  header.append(flow.from.octets());
  header.append(flow.to.octets());
  header.u32(static_cast<std::uint32_t>(segment.size()));
  header.u32(protocol);
  const auto checksum = static_cast<std::uint16_t>(~sum_of(segment, sum_of(pseudo)));
  ByteWriter(segment).patch_u16(place, checksum == 0 ? 0xffff : checksum);
  std::string packet;
  ByteWriter ip(packet);
  if (flow.from.is_ipv4()) {
    ip.u16(0x4500);
    ip.u16(static_cast<std::uint16_t>(20 + segment.size()));
    ip.u32(0x00014000);  // identification 1, do not fragment
    ip.u8(64);
    ip.u8(protocol);
    ip.u16(0);
    ip.append(flow.from.octets());
    ip.append(flow.to.octets());
    ip.patch_u16(10, static_cast<std::uint16_t>(~sum_of(packet)));
  } else {
    ip.u32(0x60000000);
    ip.u16(static_cast<std::uint16_t>(segment.size()));
    ip.u8(protocol);
    ip.u8(64);
    ip.append(flow.from.octets());
    ip.append(flow.to.octets());
  }
  return packet + segment;
}

inline std::string udp_packet(const Flow& flow, std::string_view payload) {
  std::string segment;
  ByteWriter udp(segment);
  udp.u16(flow.from_port);
  udp.u16(flow.to_port);
  udp.u16(static_cast<std::uint16_t>(8 + payload.size()));
  udp.u16(0);
  udp.append(payload);
  return ip_packet(flow, 17, std::move(segment), 6);
}

inline std::string tcp_packet(const Flow& flow, std::uint8_t flags, std::uint32_t sequence,
                              std::uint32_t ack, std::string_view payload) {
  std::string segment;
  ByteWriter tcp(segment);
  tcp.u16(flow.from_port);
  tcp.u16(flow.to_port);
  tcp.u32(sequence);
  tcp.u32(ack);
  tcp.u8(0x50);
  tcp.u8(flags);
  tcp.u16(64'000);
  tcp.u32(0);
  tcp.append(payload);
  return ip_packet(flow, 6, std::move(segment), 16);
}

}  // namespace mailcosm::sim
