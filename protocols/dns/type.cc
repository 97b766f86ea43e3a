#include "protocols/dns/type.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"

namespace mailcosm::dns {
namespace {

template <typename T>
struct Named {
  T value;
  std::string_view name;
};

constexpr Named<Type> kTypes[] = {
    {Type::kA, "A"},         {Type::kNs, "NS"},     {Type::kCname, "CNAME"},
    {Type::kSoa, "SOA"},     {Type::kPtr, "PTR"},   {Type::kMx, "MX"},
    {Type::kTxt, "TXT"},     {Type::kAaaa, "AAAA"}, {Type::kSrv, "SRV"},
    {Type::kDname, "DNAME"}, {Type::kOpt, "OPT"},   {Type::kDs, "DS"},
    {Type::kRrsig, "RRSIG"}, {Type::kNsec, "NSEC"}, {Type::kDnskey, "DNSKEY"},
    {Type::kSpf, "SPF"},     {Type::kTlsa, "TLSA"}, {Type::kIxfr, "IXFR"},
    {Type::kAxfr, "AXFR"},   {Type::kAny, "ANY"},
};
constexpr Named<Class> kClasses[] = {{Class::kIn, "IN"},
                                     {Class::kChaos, "CH"},
                                     {Class::kHesiod, "HS"},
                                     {Class::kNone, "NONE"},
                                     {Class::kAny, "ANY"}};
constexpr Named<Opcode> kOpcodes[] = {{Opcode::kQuery, "QUERY"},
                                      {Opcode::kInverseQuery, "IQUERY"},
                                      {Opcode::kStatus, "STATUS"},
                                      {Opcode::kNotify, "NOTIFY"},
                                      {Opcode::kUpdate, "UPDATE"}};
constexpr Named<Rcode> kRcodes[] = {{Rcode::kNoError, "NOERROR"},   {Rcode::kFormErr, "FORMERR"},
                                    {Rcode::kServFail, "SERVFAIL"}, {Rcode::kNxDomain, "NXDOMAIN"},
                                    {Rcode::kNotImp, "NOTIMP"},     {Rcode::kRefused, "REFUSED"},
                                    {Rcode::kYxDomain, "YXDOMAIN"}, {Rcode::kBadVers, "BADVERS"}};

template <typename T, std::size_t N>
std::string name_in(const Named<T> (&table)[N], T value, std::string_view prefix) {
  for (const Named<T>& row : table) {
    if (row.value == value) return std::string(row.name);
  }
  return fmt::format("{}{}", prefix, static_cast<unsigned>(value));
}

template <typename T, std::size_t N>
std::optional<T> value_in(const Named<T> (&table)[N], std::string_view text,
                          std::string_view prefix) {
  for (const Named<T>& row : table) {
    if (ascii::equal_ignoring_case(row.name, text)) return row.value;
  }
  if (!ascii::starts_with_ignoring_case(text, prefix)) return std::nullopt;
  const auto number = ascii::parse_unsigned(text.substr(prefix.size()), 0xffff);
  if (!number) return std::nullopt;
  return static_cast<T>(*number);
}

}  // namespace

std::string to_string(Type type) { return name_in(kTypes, type, "TYPE"); }
std::string to_string(Class rclass) { return name_in(kClasses, rclass, "CLASS"); }
std::string to_string(Opcode opcode) { return name_in(kOpcodes, opcode, "OPCODE"); }
std::string to_string(Rcode rcode) { return name_in(kRcodes, rcode, "RCODE"); }
std::optional<Type> type_of(std::string_view text) { return value_in(kTypes, text, "TYPE"); }
std::optional<Class> class_of(std::string_view text) { return value_in(kClasses, text, "CLASS"); }

}  // namespace mailcosm::dns
