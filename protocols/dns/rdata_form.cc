#include "protocols/dns/rdata_form.h"

namespace mailcosm::dns {
namespace {

constexpr RdataForm kForms[] = {
    {Type::kA, "a", false},        {Type::kNs, "n", true},     {Type::kCname, "n", true},
    {Type::kSoa, "nnlllll", true}, {Type::kPtr, "n", true},    {Type::kMx, "sn", true},
    {Type::kTxt, "C", false},      {Type::kAaaa, "A", false},  {Type::kSrv, "sssn", false},
    {Type::kDname, "n", false},    {Type::kDs, "sbbx", false}, {Type::kSpf, "C", false},
    {Type::kTlsa, "bbbx", false},
};

std::size_t field_octets(char field, std::string_view rdata) {
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
    case 'x':
      return rdata.size();
    case 'n':
      return leading_name(rdata).size();
    default:
      return rdata.empty() ? 0 : 1u + static_cast<unsigned char>(rdata[0]);
  }
}

}  // namespace

const RdataForm* form_of(Type type) {
  for (const RdataForm& form : kForms) {
    if (form.type == type) return &form;
  }
  return nullptr;
}

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
