// AddressRange as text.
#pragma once

#include <string>
#include <string_view>

#include "protocols/base/result.h"
#include "sim/scenario/network.h"

namespace mailcosm::sim::scenario {

// "192.0.2.0/24" or "2001:db8::/32"; the bits behind the prefix must be zero.
Result<AddressRange> parse_address_range(std::string_view text);
std::string to_string(const AddressRange& range);
bool contains(const AddressRange& range, const IpAddress& address);

}  // namespace mailcosm::sim::scenario
