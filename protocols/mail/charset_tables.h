// CharsetTable: single-octet charsets whose lower half is ASCII. Internal to charset.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mailcosm::mail {

struct CharsetTable {
  std::string_view name;            // lower case
  const std::uint16_t* upper_half;  // code points of the octets 128 to 255; 0 has no meaning
};

std::span<const CharsetTable> charset_tables();

}  // namespace mailcosm::mail
