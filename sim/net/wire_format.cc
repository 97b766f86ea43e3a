#include "sim/net/wire_format.h"

#include "protocols/base/bytes.h"
#include "protocols/base/check.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint8_t kIcmpv6 = 58;

std::uint8_t protocol_number(const Packet& packet) {
  if (packet.protocol == Protocol::kIcmp && !packet.source.address.is_ipv4()) return kIcmpv6;
  return static_cast<std::uint8_t>(packet.protocol);
}

void append_ip_header(const Packet& packet, ByteWriter& writer, std::string& output) {
  const std::uint32_t size = wire_size_of(packet);
  if (packet.source.address.is_ipv4()) {
    const std::size_t start = output.size();
    writer.u16(0x4500);
    writer.u16(static_cast<std::uint16_t>(size));
    writer.u16(packet.identification);
    writer.u16(0x4000);  // do not fragment
    writer.u8(packet.hops_left);
    writer.u8(protocol_number(packet));
    writer.u16(0);
    writer.append(packet.source.address.octets());
    writer.append(packet.destination.address.octets());
    const std::string_view header = std::string_view(output).substr(start);
    writer.patch_u16(start + 10, checksum_of(checksum_sum(header)));
    return;
  }
  writer.u32(0x60000000);
  writer.u16(static_cast<std::uint16_t>(size - kIpv6HeaderSize));
  writer.u8(protocol_number(packet));
  writer.u8(packet.hops_left);
  writer.append(packet.source.address.octets());
  writer.append(packet.destination.address.octets());
}

// In the order of Linux: MSS, SACK permitted and timestamps together, window scale.
void append_options(const TcpSegment& segment, ByteWriter& writer) {
  if (segment.mss != 0) {
    writer.u16(0x0204);
    writer.u16(segment.mss);
  }
  if (segment.has_timestamps) {
    writer.u16(segment.sack_permitted ? 0x0402 : 0x0101);
    writer.u16(0x080a);
    writer.u32(segment.timestamp_value);
    writer.u32(segment.timestamp_echo);
  } else if (segment.sack_permitted) {
    writer.u32(0x01010402);
  }
  if (segment.window_scale != TcpSegment::kNoWindowScale) {
    writer.u32(0x01030300u | segment.window_scale);
  }
  if (segment.sack_count == 0) return;
  writer.u16(0x0101);
  writer.u8(5);
  writer.u8(static_cast<std::uint8_t>(2 + 8 * segment.sack_count));
  for (std::size_t i = 0; i < segment.sack_count; ++i) {
    writer.u32(segment.sack[i].begin);
    writer.u32(segment.sack[i].end);
  }
}

std::size_t append_tcp(const Packet& packet, ByteWriter& writer) {
  const TcpSegment& segment = packet.segment;
  const std::size_t start = writer.size();
  writer.u16(packet.source.port);
  writer.u16(packet.destination.port);
  writer.u32(segment.sequence);
  writer.u32(segment.acknowledgment);
  const std::uint32_t words = (kTcpHeaderSize + segment.options_size()) / 4;
  writer.u16(static_cast<std::uint16_t>(words << 12 | segment.flags));
  writer.u16(segment.window);
  writer.u32(0);  // checksum, urgent pointer
  append_options(segment, writer);
  return start + 16;
}

std::size_t append_udp(const Packet& packet, ByteWriter& writer) {
  const std::size_t start = writer.size();
  writer.u16(packet.source.port);
  writer.u16(packet.destination.port);
  writer.u16(static_cast<std::uint16_t>(kUdpHeaderSize + packet.segment.payload.size()));
  writer.u16(0);
  return start + 6;
}

// Port unreachable: type 3, code 3 of RFC 792; type 1, code 4 of RFC 4443 section 3.1.
std::size_t append_icmp(const Packet& packet, ByteWriter& writer) {
  const std::size_t start = writer.size();
  writer.u16(packet.source.address.is_ipv4() ? 0x0303 : 0x0104);
  writer.u16(0);
  writer.u32(0);
  return start + 2;
}

std::uint32_t pseudo_header_sum(const Packet& packet, std::size_t size) {
  std::uint32_t sum = checksum_sum(packet.source.address.octets());
  sum = checksum_sum(packet.destination.address.octets(), sum);
  return sum + protocol_number(packet) + static_cast<std::uint32_t>(size);
}

void append_number(std::string_view label, std::uint64_t number, std::string& output) {
  output.append(label);
  output.append(std::to_string(number));
}

void append_tcp_summary(const TcpSegment& segment, std::string& output) {
  static constexpr struct {
    std::uint8_t flag;
    std::string_view name;
  } kFlags[] = {{tcp_flag::kSyn, " SYN"},
                {tcp_flag::kFin, " FIN"},
                {tcp_flag::kRst, " RST"},
                {tcp_flag::kPsh, " PSH"},
                {tcp_flag::kAck, " ACK"}};
  output.append(" TCP");
  for (const auto& flag : kFlags) {
    if (segment.has(flag.flag)) output.append(flag.name);
  }
  append_number(" seq ", segment.sequence, output);
  if (segment.has(tcp_flag::kAck)) append_number(" ack ", segment.acknowledgment, output);
  append_number(" win ", segment.window, output);
  for (std::size_t i = 0; i < segment.sack_count; ++i) {
    append_number(" sack ", segment.sack[i].begin, output);
    append_number("-", segment.sack[i].end, output);
  }
}

}  // namespace

std::uint32_t wire_size_of(const Packet& packet) {
  const std::uint32_t size = ip_header_size(packet.source.address) + packet.segment.payload.size();
  switch (packet.protocol) {
    case Protocol::kTcp:
      return size + kTcpHeaderSize + packet.segment.options_size();
    case Protocol::kUdp:
      return size + kUdpHeaderSize;
    case Protocol::kIcmp:
      return size + kIcmpHeaderSize;
  }
  return size;
}

std::uint32_t checksum_sum(std::string_view octets, std::uint32_t start) {
  std::uint64_t sum = start;
  std::size_t i = 0;
  for (; i + 1 < octets.size(); i += 2) {
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(octets[i]) << 8 |
                                      static_cast<unsigned char>(octets[i + 1]));
  }
  if (i < octets.size())
    sum += static_cast<std::uint32_t>(static_cast<unsigned char>(octets[i]) << 8);
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint32_t>(sum);
}

std::uint16_t checksum_of(std::uint32_t sum) {
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum & 0xffff);
}

void append_ip_packet(const Packet& packet, std::string& output) {
  CHECK(packet.source.address.family() == packet.destination.address.family());
  ByteWriter writer(output);
  append_ip_header(packet, writer, output);
  const std::size_t start = output.size();
  std::size_t checksum_at = 0;
  switch (packet.protocol) {
    case Protocol::kTcp:
      checksum_at = append_tcp(packet, writer);
      break;
    case Protocol::kUdp:
      checksum_at = append_udp(packet, writer);
      break;
    case Protocol::kIcmp:
      checksum_at = append_icmp(packet, writer);
      break;
  }
  writer.append(packet.segment.payload.view());
  const std::string_view upper = std::string_view(output).substr(start);
  const bool has_pseudo_header =
      packet.protocol != Protocol::kIcmp || !packet.source.address.is_ipv4();
  const std::uint32_t sum =
      checksum_sum(upper, has_pseudo_header ? pseudo_header_sum(packet, upper.size()) : 0);
  std::uint16_t checksum = checksum_of(sum);
  // A UDP checksum of zero means that there is none (RFC 768).
  if (packet.protocol == Protocol::kUdp && checksum == 0) checksum = 0xffff;
  writer.patch_u16(checksum_at, checksum);
}

void append_summary(const Packet& packet, std::string& output) {
  output.append(packet.source.to_string());
  output.append(" > ");
  output.append(packet.destination.to_string());
  switch (packet.protocol) {
    case Protocol::kTcp:
      append_tcp_summary(packet.segment, output);
      break;
    case Protocol::kUdp:
      output.append(" UDP");
      break;
    case Protocol::kIcmp:
      output.append(" ICMP port unreachable");
      break;
  }
  append_number(" len ", packet.segment.payload.size(), output);
  if (packet.segment.is_resent) output.append(" retransmission");
}

}  // namespace mailcosm::sim
