// RdataForm: the layout of a type's RDATA as a string of field letters. Reading, compressing,
// checking, printing and parsing all walk the same table.
//
//   a IPv4 address    b one octet     n domain name            x all that follows, shown as
//   hexadecimal A IPv6 address    s two octets    c one character-string
//                     l four octets   C one or more character-strings, up to the end
#pragma once

#include <array>
#include <string_view>

#include "protocols/dns/name.h"
#include "protocols/dns/type.h"

namespace mailcosm::dns {

inline constexpr std::size_t kRdataNamesMax = 2;

// The same layout for those that only need to know where the names stand: octets of fixed-size
// fields, names, octets again, and what may follow. Made from the letters.
struct RdataShape {
  enum class Rest : std::uint8_t { kNothing, kStrings, kOctets };
  std::uint8_t head = 0;
  std::uint8_t names = 0;
  std::uint8_t tail = 0;  // only behind names
  Rest rest = Rest::kNothing;
};

struct RdataForm {
  Type type;
  std::string_view fields;
  bool compressible;  // names may be compressed in messages: only the types of RFC 1035 (RFC 3597
                      // section 4)
  RdataShape shape;
};

namespace detail {
// By type: its form, or null. No type beyond has one.
extern const std::array<const RdataForm*, 128> kFormByType;
}  // namespace detail

// Null for a type that is opaque here.
inline const RdataForm* form_of(Type type) {
  const auto number = static_cast<std::size_t>(type);
  return number < detail::kFormByType.size() ? detail::kFormByType[number] : nullptr;
}

// Takes one field off the front of uncompressed `rdata`. For 'C' one character-string. False if it
// is not there whole.
bool take_field(char field, std::string_view& rdata, std::string_view& value);

// A well-formed name at the front; empty if there is none.
std::string_view leading_name(std::string_view octets);

}  // namespace mailcosm::dns
