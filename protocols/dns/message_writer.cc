#include "protocols/dns/message_writer.h"

#include <algorithm>
#include <cstring>

#include "protocols/base/check.h"
#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {
namespace {

constexpr std::size_t kOptOctets = 11;
constexpr std::size_t kPointerMax = 0x3fff;
constexpr std::size_t kRoomOctets = 512;  // the string grows by no less

std::size_t octet(char c) { return static_cast<unsigned char>(c); }

// Only names with the same key can be the same: their size and their first character. Names of
// another case are not shared, so that case is preserved (RFC 4343 section 4.1).
std::uint16_t key_of(std::string_view wire) {
  return static_cast<std::uint16_t>(wire.size() << 8 | octet(wire[1]));
}

std::size_t slot_of(std::uint16_t key) { return (key ^ key >> 7) & 63u; }

char* put_u16(char* at, std::size_t value) {
  at[0] = static_cast<char>(value >> 8 & 0xff);
  at[1] = static_cast<char>(value & 0xff);
  return at + 2;
}

char* put_u32(char* at, std::uint32_t value) {
  return put_u16(put_u16(at, value >> 16), value & 0xffff);
}

std::size_t flags_of(const Header& header) {
  std::size_t flags =
      static_cast<std::size_t>(header.opcode) << 11 | (static_cast<std::size_t>(header.rcode) & 15);
  if (header.response) flags |= 0x8000;
  if (header.authoritative) flags |= 0x0400;
  if (header.truncated) flags |= 0x0200;
  if (header.recursion_desired) flags |= 0x0100;
  if (header.recursion_available) flags |= 0x0080;
  if (header.authentic_data) flags |= 0x0020;
  if (header.checking_disabled) flags |= 0x0010;
  return flags;
}

}  // namespace

MessageWriter::MessageWriter(std::string& output, std::size_t octets_max)
    : output_(output), base_(output.size()), end_(base_ + octets_max), used_(base_) {
  CHECK(octets_max >= kHeaderOctets && octets_max <= kMessageOctetsMax);
  slots_.fill(kNone);
  claim(kHeaderOctets);
}

inline char* MessageWriter::claim(std::size_t octets) {
  if (end_ - used_ < octets) return nullptr;
  if (output_.size() - used_ < octets) {
    const std::size_t wanted = std::max(used_ + octets, output_.size() * 2);
    output_.resize(std::max(wanted, base_ + kRoomOctets));
  }
  char* const at = output_.data() + used_;
  used_ += octets;
  return at;
}

inline bool MessageWriter::put(std::string_view octets) {
  char* const at = claim(octets.size());
  if (at == nullptr) return false;
  std::memcpy(at, octets.data(), octets.size());
  return true;
}

void MessageWriter::set_edns(const Edns& edns) {
  const std::size_t octets = kOptOctets + edns.options.size();
  if (end_ - used_ < octets) return;
  edns_ = &edns;
  end_ -= octets;
}

inline std::uint8_t MessageWriter::find(std::string_view wire, std::uint16_t key) const {
  std::uint8_t known = slots_[slot_of(key)];
  while (known != kNone && (known_names_[known].key != key || !is_name(known, wire))) {
    known = known_names_[known].older;
  }
  return known;
}

// REQUIRES: both have the same size, which the key says.
bool MessageWriter::is_name(std::size_t known, std::string_view wire) const {
  const char* const message = output_.data() + base_;
  const char* rest = wire.data();
  while (true) {
    const Known& name = known_names_[known];
    if (std::memcmp(message + name.offset, rest, name.run) != 0) return false;
    if (name.next == kNone) return true;
    rest += name.run;
    known = name.next;
  }
}

bool MessageWriter::put_name(NameView name) {
  const std::string_view wire = name.wire();
  const std::size_t first_new = known_;
  std::uint8_t found = kNone;
  std::size_t at = 0;
  for (; wire[at] != '\0'; at += 1 + octet(wire[at])) {
    const std::string_view rest = wire.substr(at);
    const std::uint16_t key = key_of(rest);
    found = find(rest, key);
    if (found != kNone) break;
    if (known_ < kKnownMax && size() + at <= kPointerMax) {
      // Until the end of the new labels is known, `run` is where this one begins.
      std::uint8_t& newest = slots_[slot_of(key)];
      known_names_[known_] = {static_cast<std::uint16_t>(size() + at), key,
                              static_cast<std::uint8_t>(at), kNone, newest};
      newest = static_cast<std::uint8_t>(known_++);
    }
  }
  for (std::size_t i = first_new; i < known_; ++i) {
    known_names_[i].run = static_cast<std::uint8_t>(at - known_names_[i].run);
    known_names_[i].next = found;
  }
  char* const octets = claim(at + (found == kNone ? 1 : 2));
  if (octets == nullptr) return false;
  std::memcpy(octets, wire.data(), at);
  octets[at] = '\0';
  if (found != kNone) put_u16(octets + at, 0xc000u | known_names_[found].offset);
  return true;
}

bool MessageWriter::put_rdata(Type type, std::string_view rdata) {
  const RdataForm* form = form_of(type);
  if (form == nullptr || !form->compressible) return put(rdata);
  // Malformed data is written as it is.
  const RdataShape& shape = form->shape;
  std::array<std::string_view, kRdataNamesMax> names;
  std::size_t at = shape.head;
  for (std::size_t i = 0; i < shape.names; ++i) {
    names[i] = at < rdata.size() ? leading_name(rdata.substr(at)) : std::string_view();
    if (names[i].empty()) return put(rdata);
    at += names[i].size();
  }
  if (rdata.size() != at + shape.tail) return put(rdata);
  if (!put(rdata.substr(0, shape.head))) return false;
  for (std::size_t i = 0; i < shape.names; ++i) {
    if (!put_name(NameView::from_wire_unchecked(names[i]))) return false;
  }
  return put(rdata.substr(at));
}

bool MessageWriter::add_question(NameView name, Type type, Class rclass) {
  const Mark before = mark();
  char* const fields = put_name(name) ? claim(4) : nullptr;
  if (fields == nullptr) {
    rewind(before);
    return false;
  }
  put_u16(put_u16(fields, static_cast<std::size_t>(type)), static_cast<std::size_t>(rclass));
  ++questions_;
  return true;
}

bool MessageWriter::add_record(Section section, NameView owner, Type type, Class rclass,
                               std::uint32_t ttl, std::string_view rdata) {
  const Mark before = mark();
  char* const fields = put_name(owner) ? claim(10) : nullptr;
  const std::size_t start = used_;
  if (fields != nullptr) {
    put_u16(fields, static_cast<std::size_t>(type));
    put_u16(fields + 2, static_cast<std::size_t>(rclass));
    put_u32(fields + 4, ttl);
  }
  if (fields == nullptr || !put_rdata(type, rdata)) {
    rewind(before);
    return false;
  }
  put_u16(output_.data() + start - 2, used_ - start);
  ++counts_[static_cast<std::size_t>(section)];
  return true;
}

bool MessageWriter::add_sets(Section section, std::span<const Record> records) {
  Mark start = mark();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    const bool same_set =
        i > 0 && records[i - 1].type == record.type && records[i - 1].owner == record.owner;
    if (!same_set) start = mark();
    if (!add_record(section, record.owner, record.type, record.rclass, record.ttl, record.rdata)) {
      rewind(start);
      return false;
    }
  }
  return true;
}

void MessageWriter::rewind(const Mark& mark) {
  used_ = mark.size;
  counts_ = mark.counts;
  while (known_ > mark.known) {
    const Known& name = known_names_[--known_];
    slots_[slot_of(name.key)] = name.older;
  }
}

void MessageWriter::finish(const Header& header) {
  if (edns_ != nullptr) {
    end_ += kOptOctets + edns_->options.size();
    char* at = claim(kOptOctets);
    *at++ = '\0';
    at = put_u16(at, static_cast<std::size_t>(Type::kOpt));
    at = put_u16(at, edns_->udp_octets);
    *at++ = static_cast<char>(static_cast<std::size_t>(header.rcode) >> 4);
    *at++ = static_cast<char>(edns_->version);
    at = put_u16(at, edns_->dnssec_ok ? 0x8000 : 0);
    put_u16(at, edns_->options.size());
    put(edns_->options);
    ++counts_[2];
  }
  output_.resize(used_);
  char* at = put_u16(output_.data() + base_, header.id);
  at = put_u16(at, flags_of(header));
  at = put_u16(at, questions_);
  for (std::uint16_t count : counts_) at = put_u16(at, count);
}

}  // namespace mailcosm::dns
