#include "sim/net/wire_format.h"

#include <array>
#include <bit>
#include <cstring>

#include "protocols/base/check.h"
#include "protocols/base/octet_cursor.h"

namespace mailcosm::sim {
namespace {

constexpr std::uint8_t kIcmpv6 = 58;

std::uint8_t protocol_number(const Packet& packet) {
  if (packet.protocol == Protocol::kIcmp && !packet.source.address.is_ipv4()) return kIcmpv6;
  return static_cast<std::uint8_t>(packet.protocol);
}

// Both addresses as numbers of 16 bits.
std::uint32_t addresses_sum(const Packet& packet) {
  std::uint32_t sum = 0;
  for (const IpAddress* address : {&packet.source.address, &packet.destination.address}) {
    if (!address->is_ipv4()) {
      sum = checksum_sum(address->octets(), sum);
    } else {
      sum += (address->to_ipv4() >> 16) + (address->to_ipv4() & 0xffff);
    }
  }
  return sum;
}

void write_ipv4_header(const Packet& packet, std::uint32_t size, OctetCursor& output) {
  const std::array<std::uint16_t, 5> words = {
      0x4500, static_cast<std::uint16_t>(size), packet.identification,
      0x4000,  // do not fragment
      static_cast<std::uint16_t>(packet.hops_left << 8 | protocol_number(packet))};
  std::uint32_t sum = addresses_sum(packet);
  for (std::uint16_t word : words) {
    sum += word;
    output.u16(word);
  }
  output.u16(checksum_of(sum));
  output.u32(packet.source.address.to_ipv4());
  output.u32(packet.destination.address.to_ipv4());
}

void write_ip_header(const Packet& packet, std::uint32_t size, OctetCursor& output) {
  if (packet.source.address.is_ipv4()) return write_ipv4_header(packet, size, output);
  output.u32(0x60000000);
  output.u16(static_cast<std::uint16_t>(size - kIpv6HeaderSize));
  output.u8(protocol_number(packet));
  output.u8(packet.hops_left);
  output.append(packet.source.address.octets());
  output.append(packet.destination.address.octets());
}

// In the order of Linux: MSS, SACK permitted and timestamps together, window scale.
void write_options(const TcpSegment& segment, OctetCursor& output) {
  if (segment.mss != 0) {
    output.u16(0x0204);
    output.u16(segment.mss);
  }
  if (segment.has_timestamps) {
    output.u16(segment.sack_permitted ? 0x0402 : 0x0101);
    output.u16(0x080a);
    output.u32(segment.timestamp_value);
    output.u32(segment.timestamp_echo);
  } else if (segment.sack_permitted) {
    output.u32(0x01010402);
  }
  if (segment.window_scale != TcpSegment::kNoWindowScale) {
    output.u32(0x01030300u | segment.window_scale);
  }
  if (segment.sack_count == 0) return;
  output.u16(0x0101);
  output.u8(5);
  output.u8(static_cast<std::uint8_t>(2 + 8 * segment.sack_count));
  for (std::size_t i = 0; i < segment.sack_count; ++i) {
    output.u32(segment.sack[i].begin);
    output.u32(segment.sack[i].end);
  }
}

// These give the place of the checksum.
char* write_tcp(const Packet& packet, OctetCursor& output) {
  const TcpSegment& segment = packet.segment;
  char* const start = output.at();
  output.u16(packet.source.port);
  output.u16(packet.destination.port);
  output.u32(segment.sequence);
  output.u32(segment.acknowledgment);
  const std::uint32_t words = (kTcpHeaderSize + segment.options_size()) / 4;
  output.u16(static_cast<std::uint16_t>(words << 12 | segment.flags));
  output.u16(segment.window);
  output.u32(0);  // checksum, urgent pointer
  write_options(segment, output);
  return start + 16;
}

char* write_udp(const Packet& packet, OctetCursor& output) {
  char* const start = output.at();
  output.u16(packet.source.port);
  output.u16(packet.destination.port);
  output.u16(static_cast<std::uint16_t>(kUdpHeaderSize + packet.segment.payload.size()));
  output.u16(0);
  return start + 6;
}

// Port unreachable: type 3, code 3 of RFC 792; type 1, code 4 of RFC 4443 section 3.1.
char* write_icmp(const Packet& packet, OctetCursor& output) {
  char* const start = output.at();
  output.u16(packet.source.address.is_ipv4() ? 0x0303 : 0x0104);
  output.u16(0);
  output.u32(0);
  return start + 2;
}

std::uint32_t pseudo_header_sum(const Packet& packet, std::size_t size) {
  return addresses_sum(packet) + protocol_number(packet) + static_cast<std::uint32_t>(size);
}

void write_endpoint(const Endpoint& endpoint, OctetCursor& output) {
  if (!endpoint.address.is_ipv4()) return output.append(endpoint.to_string());
  const std::uint32_t address = endpoint.address.to_ipv4();
  for (int shift = 24; shift >= 0; shift -= 8) {
    output.octet_decimal(static_cast<std::uint8_t>(address >> shift & 0xff));
    output.append(".");
  }
  *(output.at() - 1) = ':';
  output.decimal(endpoint.port);
}

template <std::size_t N>
void write_number(const char (&label)[N], std::uint64_t number, OctetCursor& output) {
  output.append(label);
  output.decimal(number);
}

void write_tcp_summary(const TcpSegment& segment, OctetCursor& output) {
  output.append(" TCP");
  if (segment.has(tcp_flag::kSyn)) output.append(" SYN");
  if (segment.has(tcp_flag::kFin)) output.append(" FIN");
  if (segment.has(tcp_flag::kRst)) output.append(" RST");
  if (segment.has(tcp_flag::kPsh)) output.append(" PSH");
  if (segment.has(tcp_flag::kAck)) output.append(" ACK");
  write_number(" seq ", segment.sequence, output);
  if (segment.has(tcp_flag::kAck)) write_number(" ack ", segment.acknowledgment, output);
  write_number(" win ", segment.window, output);
  for (std::size_t i = 0; i < segment.sack_count; ++i) {
    write_number(" sack ", segment.sack[i].begin, output);
    write_number("-", segment.sack[i].end, output);
  }
}

// Sums the octets as numbers of 16 bits in the byte order of the machine, which the sum then has
// too (RFC 1071 section 2, B). Pairs of them are added as one number, since 2^16 counts as 1: the
// even and the odd pairs of vectors, each into sums of 64 bits.
std::uint64_t native_sum(std::string_view octets) {
  using Vector [[gnu::vector_size(32)]] = std::uint64_t;
  constexpr std::uint64_t kPair = 0xffff'ffff;
  Vector word = {};
  Vector even = {};
  Vector odd = {};
  const char* at = octets.data();
  std::size_t rest = octets.size();
  for (; rest >= sizeof word; rest -= sizeof word, at += sizeof word) {
    std::memcpy(&word, at, sizeof word);
    even += word & kPair;
    odd += word >> 32;
  }
  std::array<std::uint64_t, 4> last{};  // behind the end stand zeros
  if (rest != 0) std::memcpy(last.data(), at, rest);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < last.size(); ++i)
    sum += even[i] + odd[i] + (last[i] & kPair) + (last[i] >> 32);
  return sum;
}

std::uint32_t fold(std::uint64_t sum) {
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint32_t>(sum);
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
  std::uint32_t sum = fold(native_sum(octets));
  if constexpr (std::endian::native == std::endian::little) sum = sum >> 8 | (sum & 0xff) << 8;
  return fold(std::uint64_t{sum} + start);
}

std::uint16_t checksum_of(std::uint32_t sum) {
  return static_cast<std::uint16_t>(~fold(sum) & 0xffff);
}

void append_ip_packet(const Packet& packet, std::string& output) {
  CHECK(packet.source.address.family() == packet.destination.address.family());
  const std::uint32_t size = wire_size_of(packet);
  const std::size_t before = output.size();
  output.resize(before + size);
  OctetCursor cursor(output.data() + before);
  write_ip_header(packet, size, cursor);
  const char* const start = cursor.at();
  char* checksum_at = nullptr;
  switch (packet.protocol) {
    case Protocol::kTcp:
      checksum_at = write_tcp(packet, cursor);
      break;
    case Protocol::kUdp:
      checksum_at = write_udp(packet, cursor);
      break;
    case Protocol::kIcmp:
      checksum_at = write_icmp(packet, cursor);
      break;
  }
  cursor.append(packet.segment.payload.view());
  const std::string_view upper(start, static_cast<std::size_t>(cursor.at() - start));
  const bool has_pseudo_header =
      packet.protocol != Protocol::kIcmp || !packet.source.address.is_ipv4();
  const std::uint32_t sum =
      checksum_sum(upper, has_pseudo_header ? pseudo_header_sum(packet, upper.size()) : 0);
  std::uint16_t checksum = checksum_of(sum);
  // A UDP checksum of zero means that there is none (RFC 768).
  if (packet.protocol == Protocol::kUdp && checksum == 0) checksum = 0xffff;
  OctetCursor(checksum_at).u16(checksum);
}

void append_summary(const Packet& packet, std::string& output) {
  // Two IPv6 endpoints, four SACK blocks and everything else have less than 320 characters.
  std::array<char, 512> text;
  OctetCursor cursor(text.data());
  write_endpoint(packet.source, cursor);
  cursor.append(" > ");
  write_endpoint(packet.destination, cursor);
  switch (packet.protocol) {
    case Protocol::kTcp:
      write_tcp_summary(packet.segment, cursor);
      break;
    case Protocol::kUdp:
      cursor.append(" UDP");
      break;
    case Protocol::kIcmp:
      cursor.append(" ICMP port unreachable");
      break;
  }
  write_number(" len ", packet.segment.payload.size(), cursor);
  if (packet.segment.is_resent) cursor.append(" retransmission");
  output.append(text.data(), cursor.at());
}

}  // namespace mailcosm::sim
