#include "protocols/dns/message_reader.h"

#include <algorithm>

#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {
namespace {

std::size_t octet(char c) { return static_cast<unsigned char>(c); }

Header header_of(std::uint16_t id, std::uint16_t flags) {
  Header header;
  header.id = id;
  header.response = (flags & 0x8000) != 0;
  header.opcode = static_cast<Opcode>(flags >> 11 & 15);
  header.authoritative = (flags & 0x0400) != 0;
  header.truncated = (flags & 0x0200) != 0;
  header.recursion_desired = (flags & 0x0100) != 0;
  header.recursion_available = (flags & 0x0080) != 0;
  header.authentic_data = (flags & 0x0020) != 0;
  header.checking_disabled = (flags & 0x0010) != 0;
  header.rcode = static_cast<Rcode>(flags & 15);
  return header;
}

}  // namespace

bool read_name(std::string_view message, std::size_t& offset, NameBuffer& name) {
  name.clear();
  std::size_t at = offset;
  std::size_t floor = offset;  // pointers must lead before the labels that are being read
  bool jumped = false;
  while (at < message.size()) {
    const std::size_t length = octet(message[at]);
    if (length == 0) {
      if (!jumped) offset = at + 1;
      return true;
    }
    if (length <= kLabelOctetsMax) {
      if (message.size() - at - 1 < length || !name.append_label(message.substr(at + 1, length)))
        return false;
      at += 1 + length;
      continue;
    }
    if (length < 0xc0 || at + 1 >= message.size()) return false;
    const std::size_t target = (length & 0x3f) << 8 | octet(message[at + 1]);
    if (target >= floor) return false;
    if (!jumped) offset = at + 2;
    jumped = true;
    floor = target;
    at = target;
  }
  return false;
}

MessageReader::MessageReader(std::string_view bytes) : bytes_(bytes), reader_(bytes) {
  const std::uint16_t id = reader_.u16();
  header_ = header_of(id, reader_.u16());
  questions_ = reader_.u16();
  for (std::uint16_t& count : counts_) count = reader_.u16();
  if (reader_.failed()) fail("message is shorter than its header");
}

bool MessageReader::fail(const char* what) {
  if (what_ == nullptr) what_ = what;
  return false;
}

bool MessageReader::next_question(QuestionView& question) {
  if (failed() || questions_read_ == questions_) return false;
  ++questions_read_;
  std::size_t offset = reader_.offset();
  if (!read_name(bytes_, offset, question.name))
    return fail("name of the question is not well formed");
  reader_.seek(offset);
  question.type = static_cast<Type>(reader_.u16());
  question.rclass = static_cast<Class>(reader_.u16());
  return reader_.failed() ? fail("question is cut short") : true;
}

bool MessageReader::next_record(RecordView& record) {
  if (failed()) return false;
  while (section_ < 3 && read_[section_] == counts_[section_]) ++section_;
  if (section_ == 3) return false;
  ++read_[section_];
  record.section = static_cast<Section>(section_);
  std::size_t offset = reader_.offset();
  if (!read_name(bytes_, offset, record.owner)) return fail("owner of a record is not well formed");
  reader_.seek(offset);
  record.type = static_cast<Type>(reader_.u16());
  record.rclass = static_cast<Class>(reader_.u16());
  record.ttl = reader_.u32();
  const std::uint16_t length = reader_.u16();
  record.rdata_offset = reader_.offset();
  record.rdata = reader_.take(length);
  return reader_.failed() ? fail("record is cut short") : true;
}

bool MessageReader::expand_rdata(const RecordView& record, std::string& output) const {
  output.clear();
  const RdataForm* form = form_of(record.type);
  const std::size_t end = record.rdata_offset + record.rdata.size();
  std::size_t at = record.rdata_offset;
  if (form != nullptr && form->fields.find('n') != std::string_view::npos) {
    NameBuffer name;
    for (char field : form->fields) {
      if (field == 'n') {
        if (!read_name(bytes_.substr(0, end), at, name)) return false;
        output.append(name.view().wire());
        continue;
      }
      std::string_view rest = bytes_.substr(at, end - at);
      std::string_view value;
      if (!take_field(field, rest, value)) return false;
      output.append(value);
      at += value.size();
    }
    return at == end;
  }
  output.assign(record.rdata);
  return is_well_formed(record.type, record.rdata);
}

Edns edns_of(const RecordView& opt) {
  Edns edns;
  edns.udp_octets = static_cast<std::uint16_t>(opt.rclass);
  edns.version = static_cast<std::uint8_t>(opt.ttl >> 16 & 0xff);
  edns.dnssec_ok = (opt.ttl & 0x8000) != 0;
  edns.options = opt.rdata;
  return edns;
}

Rcode extended_rcode(Rcode rcode, const RecordView& opt) {
  return static_cast<Rcode>((opt.ttl >> 24 << 4) | static_cast<std::uint32_t>(rcode));
}

}  // namespace mailcosm::dns
