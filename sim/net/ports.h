// What TCP and UDP share about ports and wildcard addresses.
#pragma once

#include <cstdint>

#include "protocols/base/ip_address.h"

namespace mailcosm::sim {

// The dynamic ports of RFC 6335 section 6.
inline constexpr std::uint16_t kEphemeralPortMin = 49152;
inline constexpr std::uint32_t kEphemeralPorts = 65536 - kEphemeralPortMin;

// 0.0.0.0 and :: mean all addresses, as no address does.
inline Endpoint without_wildcard(const Endpoint& endpoint) {
  const bool is_wildcard =
      endpoint.address.octets().find_first_not_of('\0') == std::string_view::npos;
  return is_wildcard ? Endpoint{IpAddress(), endpoint.port} : endpoint;
}

}  // namespace mailcosm::sim
