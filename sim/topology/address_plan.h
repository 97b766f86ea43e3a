// AddressPlan: which address belongs to which node.
//
// Free addresses are given out in order: IPv4 from the documentation blocks 192.0.2.0/24,
// 198.51.100.0/24 and 203.0.113.0/24 (RFC 5737), then the benchmarking block 198.18.0.0/15 (RFC
// 2544), then 10.0.0.0/8 (RFC 1918); IPv6 from 2001:db8::/32 (RFC 3849). Network and broadcast
// addresses of these blocks are left out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
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
  std::optional<IpAddress> next_ipv4();
  std::optional<IpAddress> next_ipv6();

  // Looked up for every packet; never walked through.
  struct AddressHash {
    std::size_t operator()(const IpAddress& address) const;
  };
  std::unordered_map<IpAddress, HostIndex, AddressHash> owners_;  // but for those that are in a row
  static constexpr std::size_t kBlocks = 5;
  // IPv4, by block: who has the addresses that were given out, one after the other. kWorld where one
  // was claimed before its turn.
  std::array<std::vector<HostIndex>, kBlocks> given_;
  std::size_t block_ = 0;  // IPv4 block that is being given out
  std::uint32_t given_ipv6_ = 0;
};

}  // namespace mailcosm::sim
