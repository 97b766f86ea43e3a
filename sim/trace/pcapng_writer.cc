#include "sim/trace/pcapng_writer.h"

#include <fmt/format.h>

#include "protocols/base/bytes.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim {
namespace {

// Block types (draft-ietf-opsawg-pcapng section 4) and options; all numbers are in network order,
// which the section header's magic tells the reader.
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kNameResolution = 4;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint64_t kSectionLengthUnknown = ~std::uint64_t{0};
constexpr std::uint16_t kLinkTypeRaw = 101;
constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kComment = 1;
constexpr std::uint16_t kUserApplication = 4;
constexpr std::uint16_t kInterfaceName = 2;
constexpr std::uint16_t kTimeResolution = 9;
constexpr std::uint16_t kIpv4Record = 1;
constexpr std::uint16_t kIpv6Record = 2;
constexpr std::size_t kTextMax = 65'000;  // an option or name record has a length of 16 bits

void append_padding(ByteWriter& body) {
  while (body.size() % 4 != 0) body.u8(0);
}

// An option, or a record of the name resolution block, which has the same form.
void append_option(std::uint16_t code, std::string_view value, ByteWriter& body) {
  body.u16(code);
  body.u16(static_cast<std::uint16_t>(value.size()));
  body.append(value);
  append_padding(body);
}

void append_end(ByteWriter& body) { body.u32(kEndOfOptions); }

void append_section_header(ByteWriter& body) {
  body.u32(kByteOrderMagic);
  body.u16(1);  // version 1.0
  body.u16(0);
  body.u64(kSectionLengthUnknown);
  append_option(kUserApplication, "mailcosm", body);
  append_end(body);
}

void append_interface(ByteWriter& body) {
  body.u16(kLinkTypeRaw);
  body.u16(0);
  body.u32(0);  // packets are never cut
  append_option(kInterfaceName, "mailcosm", body);
  append_option(kTimeResolution, "\x09", body);
  append_end(body);
}

void append_names(const TraceHeader& header, ByteWriter& body) {
  for (const TraceHost& host : header.hosts) {
    for (const IpAddress& address : host.addresses) {
      std::string record(address.octets());
      record.append(host.name.substr(0, kTextMax));
      record.push_back('\0');
      append_option(address.is_ipv4() ? kIpv4Record : kIpv6Record, record, body);
    }
  }
  append_end(body);
}

}  // namespace

PcapngWriter::PcapngWriter(ByteSink& sink, const TraceHeader& header)
    : sink_(sink), header_(header) {
  ByteWriter body(body_);
  append_section_header(body);
  write_block(kSectionHeader, body_);
  body_.clear();
  append_interface(body);
  write_block(kInterfaceDescription, body_);
  body_.clear();
  append_names(header_, body);
  write_block(kNameResolution, body_);
}

void PcapngWriter::accept(const Record& record) {
  if (record.kind != Kind::kPacketSent || failed_) return;
  const std::string_view frame = field_of(record, "frame").text;
  const std::uint64_t time =
      static_cast<std::uint64_t>(header_.epoch.ns) + static_cast<std::uint64_t>(record.time.ns);
  body_.clear();
  ByteWriter body(body_);
  body.u32(0);  // the only interface
  body.u64(time);
  body.u32(static_cast<std::uint32_t>(frame.size()));
  body.u32(static_cast<std::uint32_t>(frame.size()));
  body.append(frame);
  append_padding(body);
  const std::string comment =
      fmt::format("{} {}", record.id.to_string(), header_.name_of(record.host).substr(0, kTextMax));
  append_option(kComment, comment, body);
  append_end(body);
  write_block(kEnhancedPacket, body_);
}

void PcapngWriter::write_block(std::uint32_t type, std::string_view body) {
  const auto length = static_cast<std::uint32_t>(body.size() + 12);
  block_.clear();
  ByteWriter block(block_);
  block.u32(type);
  block.u32(length);
  block.append(body);
  block.u32(length);
  failed_ = failed_ || !sink_.write(block_);
}

}  // namespace mailcosm::sim
