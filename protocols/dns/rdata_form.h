// RdataForm: the layout of a type's RDATA as a string of field letters. Reading, compressing,
// checking, printing and parsing all walk the same table.
//
//   a IPv4 address      b one octet        n domain name            x all that follows, shown as
//   hexadecimal A IPv6 address      s two octets       c one character-string l four octets       C
//   one or more character-strings, up to the end
#pragma once

#include <string_view>

#include "protocols/dns/name.h"
#include "protocols/dns/type.h"

namespace mailcosm::dns {

struct RdataForm {
  Type type;
  std::string_view fields;
  bool compressible;  // names may be compressed in messages: only the types of RFC 1035 (RFC 3597
                      // section 4)
};

// Null for a type that is opaque here.
const RdataForm* form_of(Type type);

// Takes one field off the front of uncompressed `rdata`. For 'C' one character-string. False if it
// is not there whole.
bool take_field(char field, std::string_view& rdata, std::string_view& value);

// A well-formed name at the front; empty if there is none.
std::string_view leading_name(std::string_view octets);

}  // namespace mailcosm::dns
