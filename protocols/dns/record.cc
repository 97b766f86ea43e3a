#include "protocols/dns/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "protocols/base/bytes.h"
#include "protocols/base/check.h"
#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {
namespace {

NameView take_name(std::string_view& rdata) {
  const std::string_view wire = leading_name(rdata);
  rdata.remove_prefix(wire.size());
  return NameView::from_wire_unchecked(wire);
}

Record make(const Name& owner, std::uint32_t ttl, Type type, std::string rdata) {
  CHECK(is_well_formed(type, rdata));
  return {owner, type, Class::kIn, ttl, std::move(rdata)};
}

// Two data of one type that are not the same octets.
bool equal_names(const RdataForm& form, std::string_view a, std::string_view b) {
  const std::size_t head = form.shape.head;
  if (a.size() < head || a.substr(0, head) != b.substr(0, head)) return false;
  a.remove_prefix(head);
  b.remove_prefix(head);
  for (int i = 0; i < form.shape.names; ++i) {
    const std::string_view left = leading_name(a);
    const std::string_view right = leading_name(b);
    if (left.empty() || right.empty() ||
        NameView::from_wire_unchecked(left) != NameView::from_wire_unchecked(right)) {
      return false;
    }
    a.remove_prefix(left.size());
    b.remove_prefix(right.size());
  }
  return a == b;
}

bool equal_data(Type type, std::string_view a, std::string_view b) {
  if (a == b) return true;
  const RdataForm* form = form_of(type);
  return form != nullptr && form->shape.names != 0 && a.size() == b.size() &&
         equal_names(*form, a, b);
}

}  // namespace

bool Record::same_data(const Record& other) const {
  return type == other.type && rclass == other.rclass && owner == other.owner &&
         equal_data(type, rdata, other.rdata);
}

std::string Record::to_string() const {
  std::string text;
  owner.view().append_text(text);
  fmt::format_to(std::back_inserter(text), " {} {} {} ", ttl, dns::to_string(rclass),
                 dns::to_string(type));
  append_rdata_text(type, rdata, text);
  return text;
}

std::vector<Record> RrSet::records() const {
  std::vector<Record> records;
  records.reserve(rdatas.size());
  for (const std::string& rdata : rdatas) records.push_back({owner, type, rclass, ttl, rdata});
  return records;
}

void RrSet::add(std::string_view rdata) {
  const bool known = std::any_of(rdatas.begin(), rdatas.end(),
                                 [&](const std::string& r) { return equal_data(type, r, rdata); });
  if (!known) rdatas.emplace_back(rdata);
}

bool is_well_formed(Type type, std::string_view rdata) {
  if (rdata.size() > 0xffff) return false;
  const RdataForm* form = form_of(type);
  if (form == nullptr) return true;
  const RdataShape& shape = form->shape;
  if (rdata.size() < shape.head) return false;
  rdata.remove_prefix(shape.head);
  for (int i = 0; i < shape.names; ++i) {
    const std::string_view name = leading_name(rdata);
    if (name.empty()) return false;
    rdata.remove_prefix(name.size());
  }
  if (shape.rest == RdataShape::Rest::kNothing) return rdata.size() == shape.tail;
  return shape.rest == RdataShape::Rest::kOctets || are_character_strings(rdata);
}

bool are_character_strings(std::string_view octets) {
  std::size_t at = 0;
  while (at < octets.size()) at += 1u + static_cast<unsigned char>(octets[at]);
  return at == octets.size() && at != 0;
}

std::optional<IpAddress> address_of(Type type, std::string_view rdata) {
  const bool fits =
      (type == Type::kA && rdata.size() == 4) || (type == Type::kAaaa && rdata.size() == 16);
  if (!fits) return std::nullopt;
  return IpAddress::from_octets(rdata);
}

std::optional<NameView> name_of(Type type, std::string_view rdata) {
  const RdataForm* form = form_of(type);
  if (form == nullptr || form->fields != "n" || leading_name(rdata).size() != rdata.size() ||
      rdata.empty()) {
    return std::nullopt;
  }
  return NameView::from_wire_unchecked(rdata);
}

std::optional<Mx> mx_of(std::string_view rdata) {
  if (!is_well_formed(Type::kMx, rdata)) return std::nullopt;
  ByteReader reader(rdata);
  const std::uint16_t preference = reader.u16();
  return Mx{preference, NameView::from_wire_unchecked(rdata.substr(2))};
}

std::optional<Soa> soa_of(std::string_view rdata) {
  if (!is_well_formed(Type::kSoa, rdata)) return std::nullopt;
  Soa soa;
  soa.mname = take_name(rdata);
  soa.rname = take_name(rdata);
  ByteReader reader(rdata);
  soa.serial = reader.u32();
  soa.refresh = reader.u32();
  soa.retry = reader.u32();
  soa.expire = reader.u32();
  soa.minimum = reader.u32();
  return soa;
}

std::optional<Srv> srv_of(std::string_view rdata) {
  if (!is_well_formed(Type::kSrv, rdata)) return std::nullopt;
  ByteReader reader(rdata);
  Srv srv;
  srv.priority = reader.u16();
  srv.weight = reader.u16();
  srv.port = reader.u16();
  srv.target = NameView::from_wire_unchecked(rdata.substr(6));
  return srv;
}

std::optional<std::string> text_of(std::string_view rdata) {
  if (!is_well_formed(Type::kTxt, rdata)) return std::nullopt;
  std::string text;
  std::string_view value;
  while (take_field('c', rdata, value)) text.append(value.substr(1));
  return text;
}

Record make_address(const Name& owner, std::uint32_t ttl, const IpAddress& address) {
  CHECK(!address.is_none());
  return make(owner, ttl, address.is_ipv4() ? Type::kA : Type::kAaaa,
              std::string(address.octets()));
}

Record make_name_record(const Name& owner, std::uint32_t ttl, Type type, NameView target) {
  return make(owner, ttl, type, std::string(target.wire()));
}

Record make_mx(const Name& owner, std::uint32_t ttl, std::uint16_t preference, NameView exchange) {
  std::string rdata;
  ByteWriter writer(rdata);
  writer.u16(preference);
  writer.append(exchange.wire());
  return make(owner, ttl, Type::kMx, std::move(rdata));
}

Record make_txt(const Name& owner, std::uint32_t ttl, std::string_view text) {
  std::string rdata;
  do {
    const std::string_view part = text.substr(0, 255);
    rdata += static_cast<char>(part.size());
    rdata += part;
    text.remove_prefix(part.size());
  } while (!text.empty());
  return make(owner, ttl, Type::kTxt, std::move(rdata));
}

Record make_srv(const Name& owner, std::uint32_t ttl, const Srv& srv) {
  std::string rdata;
  ByteWriter writer(rdata);
  writer.u16(srv.priority);
  writer.u16(srv.weight);
  writer.u16(srv.port);
  writer.append(srv.target.wire());
  return make(owner, ttl, Type::kSrv, std::move(rdata));
}

Record make_soa(const Name& owner, std::uint32_t ttl, const Soa& soa) {
  std::string rdata;
  ByteWriter writer(rdata);
  writer.append(soa.mname.wire());
  writer.append(soa.rname.wire());
  for (std::uint32_t number : {soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum})
    writer.u32(number);
  return make(owner, ttl, Type::kSoa, std::move(rdata));
}

}  // namespace mailcosm::dns
