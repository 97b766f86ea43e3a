#include "sim/trace/pcapng_writer.h"

#include "protocols/base/bytes.h"
#include "sim/trace/id_text.h"
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

// What a block has around its body: type, length, and length once more.
constexpr std::size_t kBlockFrame = 12;
// A packet's block without the packet and the name of its host: numbers, comment, padding.
constexpr std::size_t kPacketBlockMax = 64 + kIdTextMax;

// To the next multiple of four.
constexpr std::size_t padding_of(std::size_t size) { return (4 - size % 4) % 4; }

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
    : output_(sink), header_(header) {
  std::string text;
  ByteWriter body(text);
  append_section_header(body);
  write_block(kSectionHeader, text);
  text.clear();
  append_interface(body);
  write_block(kInterfaceDescription, text);
  text.clear();
  append_names(header_, body);
  write_block(kNameResolution, text);
}

void PcapngWriter::write_block(std::uint32_t type, std::string_view body) {
  const auto length = static_cast<std::uint32_t>(body.size() + kBlockFrame);
  OctetCursor block(output_.room(length));
  block.u32(type);
  block.u32(length);
  block.append(body);
  block.u32(length);
  output_.filled_to(block.at());
}

void PcapngWriter::accept(const Record& record) {
  if (record.kind != Kind::kPacketSent) return;
  const std::string_view frame = field_of(record, "frame").text;
  const std::string_view host = header_.name_of(record.host).substr(0, kTextMax);
  const auto size = static_cast<std::uint32_t>(frame.size());
  const std::uint64_t time =
      static_cast<std::uint64_t>(header_.epoch.ns) + static_cast<std::uint64_t>(record.time.ns);
  char* const start = output_.room(kPacketBlockMax + frame.size() + host.size());
  OctetCursor block(start);
  block.u32(kEnhancedPacket);
  block.u32(0);  // the block's length, known at its end
  block.u32(0);  // the only interface
  block.u64(time);
  block.u32(size);
  block.u32(size);
  block.append(frame);
  block.zeros(padding_of(size));
  block.u16(kComment);
  OctetCursor comment_length = block;
  block.u16(0);
  const char* const comment = block.at();
  write_id(record.id, block);
  block.append(" ");
  block.append(host);
  const auto comment_size = static_cast<std::size_t>(block.at() - comment);
  comment_length.u16(static_cast<std::uint16_t>(comment_size));
  block.zeros(padding_of(comment_size));
  block.u32(kEndOfOptions);
  const auto length = static_cast<std::uint32_t>(block.at() - start + 4);
  block.u32(length);
  OctetCursor(start + 4).u32(length);
  output_.filled_to(block.at());
}

bool PcapngWriter::finish() {
  output_.flush();
  return !output_.failed();
}

}  // namespace mailcosm::sim
