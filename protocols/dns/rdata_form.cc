#include "protocols/dns/rdata_form.h"

#include <algorithm>

namespace mailcosm::dns {
namespace {

constexpr std::uint8_t fixed_octets(char field) {
  switch (field) {
    case 'a':
    case 'l':
      return 4;
    case 'A':
      return 16;
    case 'b':
      return 1;
    case 's':
      return 2;
    default:
      return 0;
  }
}

constexpr RdataShape shape_of(std::string_view fields) {
  RdataShape shape;
  for (char field : fields) {
    if (field == 'n') {
      ++shape.names;
    } else if (field == 'C') {
      shape.rest = RdataShape::Rest::kStrings;
    } else if (field == 'x') {
      shape.rest = RdataShape::Rest::kOctets;
    } else {
      std::uint8_t& octets = shape.names == 0 ? shape.head : shape.tail;
      octets = static_cast<std::uint8_t>(octets + fixed_octets(field));
    }
  }
  return shape;
}

// Compression writes no other.
constexpr bool is_plain(const RdataForm& form) {
  return form.shape.names <= kRdataNamesMax &&
         (!form.compressible || form.shape.rest == RdataShape::Rest::kNothing);
}

constexpr RdataForm form(Type type, std::string_view fields, bool compressible = false) {
  return {type, fields, compressible, shape_of(fields)};
}

constexpr std::array kForms{
    form(Type::kA, "a"),
    form(Type::kNs, "n", true),
    form(Type::kCname, "n", true),
    form(Type::kPtr, "n", true),
    form(Type::kSoa, "nnlllll", true),
    form(Type::kMx, "sn", true),
    form(Type::kTxt, "C"),
    form(Type::kAaaa, "A"),
    form(Type::kSrv, "sssn"),
    form(Type::kDname, "n"),
    form(Type::kDs, "sbbx"),
    form(Type::kSpf, "C"),
    form(Type::kTlsa, "bbbx"),
};

static_assert(std::all_of(kForms.begin(), kForms.end(), is_plain));

std::size_t field_octets(char field, std::string_view rdata) {
  switch (field) {
    case 'x':
      return rdata.size();
    case 'n':
      return leading_name(rdata).size();
    case 'c':
    case 'C':
      return rdata.empty() ? 0 : 1u + static_cast<unsigned char>(rdata[0]);
    default:
      return fixed_octets(field);
  }
}

}  // namespace

namespace detail {

constexpr std::array<const RdataForm*, 128> kFormByType = [] {
  std::array<const RdataForm*, 128> forms{};
  for (const RdataForm& form : kForms) forms[static_cast<std::size_t>(form.type)] = &form;
  return forms;
}();

}  // namespace detail

std::string_view leading_name(std::string_view octets) {
  for (std::size_t at = 0; at < octets.size() && at < kNameOctetsMax;) {
    const std::size_t length = static_cast<unsigned char>(octets[at]);
    if (length > kLabelOctetsMax) return {};
    at += 1 + length;
    if (length == 0) return octets.substr(0, at);
  }
  return {};
}

bool take_field(char field, std::string_view& rdata, std::string_view& value) {
  const std::size_t octets = field_octets(field, rdata);
  if (octets > rdata.size() || (octets == 0 && field != 'x')) return false;
  value = rdata.substr(0, octets);
  rdata.remove_prefix(octets);
  return true;
}

}  // namespace mailcosm::dns
