// Record: one resource record, and the typed readings of its data.
//
// RDATA is kept in wire form with all names uncompressed, which serves every type alike, also those
// without a name (RFC 3597). The readings below are views into it and live as long as it does; they
// give nothing when the octets do not have the form of the type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/ip_address.h"
#include "protocols/dns/name.h"
#include "protocols/dns/type.h"

namespace mailcosm::dns {

inline constexpr std::uint32_t kTtlMax = 0x7fffffff;  // RFC 2181 section 8

struct Record {
  Name owner;
  Type type = Type::kNone;
  Class rclass = Class::kIn;
  std::uint32_t ttl = 0;  // seconds
  std::string rdata;

  // Equal data; the TTL does not count.
  bool same_data(const Record& other) const;
  // One line of a master file with an absolute owner: "blue.com. 3600 IN MX 10 mx.blue.com."
  std::string to_string() const;
  friend bool operator==(const Record&, const Record&) = default;
};

// All records with one owner, type and class (RFC 2181 section 5), sharing one TTL.
struct RrSet {
  Name owner;
  Type type = Type::kNone;
  Class rclass = Class::kIn;
  std::uint32_t ttl = 0;
  std::vector<std::string> rdatas;

  std::vector<Record> records() const;
  // Adds data unless it is already there.
  void add(std::string_view rdata);
};

struct Mx {
  std::uint16_t preference = 0;
  NameView exchange;
};
struct Soa {
  NameView mname;
  NameView rname;
  std::uint32_t serial = 0;
  std::uint32_t refresh = 0;
  std::uint32_t retry = 0;
  std::uint32_t expire = 0;
  std::uint32_t minimum = 0;
};
struct Srv {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  NameView target;
};

// A and AAAA.
std::optional<IpAddress> address_of(Type type, std::string_view rdata);
// NS, CNAME, PTR, DNAME: the one name that is all the data.
std::optional<NameView> name_of(Type type, std::string_view rdata);
std::optional<Mx> mx_of(std::string_view rdata);
std::optional<Soa> soa_of(std::string_view rdata);
std::optional<Srv> srv_of(std::string_view rdata);
// The character-strings of TXT one after another, as SPF and DKIM read them (RFC 7208 section 3.3).
std::optional<std::string> text_of(std::string_view rdata);

inline std::optional<IpAddress> address_of(const Record& r) { return address_of(r.type, r.rdata); }
inline std::optional<NameView> name_of(const Record& r) { return name_of(r.type, r.rdata); }

// True if the octets have the form that the type demands; any octets for unknown types.
bool is_well_formed(Type type, std::string_view rdata);
// One or more character-strings and nothing else (RFC 1035 section 3.3).
bool are_character_strings(std::string_view octets);

// Data as in a master file; "\# 3 010203" for unknown types and malformed data (RFC 3597 section
// 5).
void append_rdata_text(Type type, std::string_view rdata, std::string& output);
std::string rdata_to_string(Type type, std::string_view rdata);

// For zones built by the program.
Record make_address(const Name& owner, std::uint32_t ttl, const IpAddress& address);
Record make_name_record(const Name& owner, std::uint32_t ttl, Type type, NameView target);
Record make_mx(const Name& owner, std::uint32_t ttl, std::uint16_t preference, NameView exchange);
// Cut into character-strings of at most 255 octets.
Record make_txt(const Name& owner, std::uint32_t ttl, std::string_view text);
Record make_srv(const Name& owner, std::uint32_t ttl, const Srv& srv);
Record make_soa(const Name& owner, std::uint32_t ttl, const Soa& soa);

}  // namespace mailcosm::dns
