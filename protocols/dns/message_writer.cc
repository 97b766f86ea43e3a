#include "protocols/dns/message_writer.h"

#include "protocols/base/check.h"
#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {
namespace {

constexpr std::size_t kOptOctets = 11;
constexpr std::size_t kPointerMax = 0x3fff;

std::size_t octet(char c) { return static_cast<unsigned char>(c); }

// Of the exact octets: names of another case are not shared, so that case is preserved (RFC 4343
// section 4.1).
std::uint16_t hash_of(std::string_view wire) {
  std::uint32_t hash = 2166136261u;
  for (char c : wire) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<std::uint16_t>(hash >> 16 ^ hash);
}

std::uint16_t flags_of(const Header& header) {
  std::uint32_t flags = static_cast<std::uint32_t>(header.opcode) << 11 |
                        (static_cast<std::uint32_t>(header.rcode) & 15);
  if (header.response) flags |= 0x8000;
  if (header.authoritative) flags |= 0x0400;
  if (header.truncated) flags |= 0x0200;
  if (header.recursion_desired) flags |= 0x0100;
  if (header.recursion_available) flags |= 0x0080;
  if (header.authentic_data) flags |= 0x0020;
  if (header.checking_disabled) flags |= 0x0010;
  return static_cast<std::uint16_t>(flags);
}

}  // namespace

MessageWriter::MessageWriter(std::string& output, std::size_t octets_max)
    : output_(output), base_(output.size()), end_(base_ + octets_max) {
  CHECK(octets_max >= kHeaderOctets && octets_max <= kMessageOctetsMax);
  output_.append(kHeaderOctets, '\0');
}

void MessageWriter::set_edns(const Edns& edns) {
  const std::size_t octets = kOptOctets + edns.options.size();
  if (end_ - output_.size() < octets) return;
  edns_ = &edns;
  end_ -= octets;
}

std::size_t MessageWriter::find(std::string_view wire, std::uint16_t hash) const {
  for (std::size_t i = 0; i < known_; ++i) {
    if (known_names_[i].hash == hash && same_name_at(known_names_[i].offset, wire))
      return known_names_[i].offset;
  }
  return 0;
}

bool MessageWriter::same_name_at(std::size_t offset, std::string_view wire) const {
  const std::string_view message = std::string_view(output_).substr(base_);
  while (true) {
    const std::size_t length = octet(message[offset]);
    if (length >= 0xc0) {
      offset = (length & 0x3f) << 8 | octet(message[offset + 1]);
      continue;
    }
    if (message.substr(offset, 1 + length) != wire.substr(0, 1 + length)) return false;
    if (length == 0) return true;
    offset += 1 + length;
    wire.remove_prefix(1 + length);
  }
}

bool MessageWriter::put_name(NameView name, bool compress) {
  std::string_view wire = name.wire();
  while (wire[0] != '\0') {
    const std::uint16_t hash = hash_of(wire);
    const std::size_t found = compress ? find(wire, hash) : 0;
    if (found != 0) {
      if (end_ - output_.size() < 2) return false;
      output_ += static_cast<char>(0xc0 | found >> 8);
      output_ += static_cast<char>(found & 0xff);
      return true;
    }
    const std::size_t octets = 1 + octet(wire[0]);
    if (end_ - output_.size() < octets) return false;
    if (known_ < kKnownMax && size() <= kPointerMax && compress) {
      known_names_[known_++] = {static_cast<std::uint16_t>(size()), hash};
    }
    output_.append(wire.substr(0, octets));
    wire.remove_prefix(octets);
  }
  if (end_ == output_.size()) return false;
  output_ += '\0';
  return true;
}

bool MessageWriter::put_rdata(Type type, std::string_view rdata) {
  const RdataForm* form = form_of(type);
  if (form == nullptr || !form->compressible || !is_well_formed(type, rdata)) {
    if (end_ - output_.size() < rdata.size()) return false;
    output_.append(rdata);
    return true;
  }
  std::string_view value;
  for (char field : form->fields) {
    take_field(field, rdata, value);
    if (field == 'n') {
      if (!put_name(NameView::from_wire_unchecked(value), true)) return false;
    } else {
      if (end_ - output_.size() < value.size()) return false;
      output_.append(value);
    }
  }
  return true;
}

bool MessageWriter::add_question(NameView name, Type type, Class rclass) {
  const Mark before = mark();
  if (!put_name(name, true) || end_ - output_.size() < 4) {
    rewind(before);
    return false;
  }
  ByteWriter writer(output_);
  writer.u16(static_cast<std::uint16_t>(type));
  writer.u16(static_cast<std::uint16_t>(rclass));
  ++questions_;
  return true;
}

bool MessageWriter::add_record(Section section, NameView owner, Type type, Class rclass,
                               std::uint32_t ttl, std::string_view rdata) {
  const Mark before = mark();
  if (!put_name(owner, true) || end_ - output_.size() < 10) {
    rewind(before);
    return false;
  }
  ByteWriter writer(output_);
  writer.u16(static_cast<std::uint16_t>(type));
  writer.u16(static_cast<std::uint16_t>(rclass));
  writer.u32(ttl);
  const std::size_t length_at = output_.size();
  writer.u16(0);
  if (!put_rdata(type, rdata)) {
    rewind(before);
    return false;
  }
  writer.patch_u16(length_at, static_cast<std::uint16_t>(output_.size() - length_at - 2));
  ++counts_[static_cast<std::size_t>(section)];
  return true;
}

void MessageWriter::rewind(const Mark& mark) {
  output_.resize(mark.size);
  counts_ = mark.counts;
  known_ = mark.known;
}

void MessageWriter::finish(const Header& header) {
  ByteWriter writer(output_);
  if (edns_ != nullptr) {
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(Type::kOpt));
    writer.u16(edns_->udp_octets);
    writer.u8(static_cast<std::uint8_t>(static_cast<std::uint32_t>(header.rcode) >> 4));
    writer.u8(edns_->version);
    writer.u16(edns_->dnssec_ok ? 0x8000 : 0);
    writer.u16(static_cast<std::uint16_t>(edns_->options.size()));
    writer.append(edns_->options);
    ++counts_[2];
  }
  writer.patch_u16(base_, header.id);
  writer.patch_u16(base_ + 2, flags_of(header));
  writer.patch_u16(base_ + 4, questions_);
  for (std::size_t i = 0; i < 3; ++i) writer.patch_u16(base_ + 6 + 2 * i, counts_[i]);
}

}  // namespace mailcosm::dns
