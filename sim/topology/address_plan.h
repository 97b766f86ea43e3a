// AddressPlan: which address belongs to which node.
//
// Free addresses are given out in order: IPv4 from the documentation blocks 192.0.2.0/24,
// 198.51.100.0/24 and 203.0.113.0/24 (RFC 5737), then the benchmarking block 198.18.0.0/15 (RFC
// 2544), then 10.0.0.0/8 (RFC 1918); IPv6 from 2001:db8::/32 (RFC 3849). Network and broadcast
// addresses of these blocks are left out.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocols/base/ip_address.h"
#include "sim/core/event.h"

namespace mailcosm::sim {

class AddressPlan {
 public:
  // An error if the address is taken, unspecified, a loopback or a multicast address.
  Result<void> claim(const IpAddress& address, HostIndex owner);
  // The next free address. An error when none is left. REQUIRES: a family.
  Result<IpAddress> assign(IpAddress::Family family, HostIndex owner);
  std::optional<HostIndex> owner_of(const IpAddress& address) const;

 private:
  std::optional<IpAddress> candidate(IpAddress::Family family);

  // Looked up for many packets. Open addressing with linear probing, so that one look is enough
  // mostly; at least half of the places are free.
  struct Place {
    IpAddress address;  // none: free
    HostIndex owner = 0;
  };
  std::size_t place_of(const IpAddress& address) const;
  void enter(const IpAddress& address, HostIndex owner);
  void grow();

  std::vector<Place> places_;  // a power of two, or none
  std::size_t entered_ = 0;
  std::size_t block_ = 0;  // IPv4 block that is being given out
  std::uint32_t given_in_block_ = 0;
  std::uint32_t given_ipv6_ = 0;
};

}  // namespace mailcosm::sim
