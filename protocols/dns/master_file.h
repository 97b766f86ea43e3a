// Master files (RFC 1035 section 5): the text form of zones.
//
// $ORIGIN and $TTL (RFC 2308 section 4); parentheses, quoted strings, escapes, comments; "@";
// relative names; a blank owner repeats the last one; TTL and class in either order, TTLs also as
// 1h30m; unknown types by RFC 3597. $INCLUDE is refused: there are no files here. Lines end with LF
// or CRLF.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocols/base/result.h"
#include "protocols/dns/record.h"

namespace mailcosm::dns {

struct MasterFileOptions {
  std::optional<Name> origin;  // until $ORIGIN; without it relative names are errors
  std::optional<std::uint32_t>
      default_ttl;  // until $TTL; without it the last TTL, else the SOA's MINIMUM
  std::size_t records_max = 10'000'000;
};

// Errors begin with "line N: " and carry the offset of the offending word.
Result<std::vector<Record>> parse_master_file(std::string_view text,
                                              const MasterFileOptions& options = {});

// One record on one line: "blue.com. 300 IN A 192.0.2.1" (owner, TTL and class as in a file).
Result<Record> parse_record(std::string_view line, const MasterFileOptions& options = {});

}  // namespace mailcosm::dns
