// What an MTA makes of the list of a domain's mail exchangers before it tries them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/agents/dns/mx_lookup.h"

namespace mailcosm::sim {

// RFC 5321 section 5.1: if this host is in the list, it and all of equal or lower priority are
// taken out, because they would send the message back. True if it was.
bool drop_from_self(std::vector<Exchanger>& exchangers, std::span<const std::string> own_names);

// "10 mx1.blue.com, 20 mx2.blue.com"; without the number where there is no MX record.
std::string to_string(const std::vector<Exchanger>& exchangers);

}  // namespace mailcosm::sim
