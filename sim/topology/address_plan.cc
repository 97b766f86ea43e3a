#include "sim/topology/address_plan.h"

#include <array>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"

namespace mailcosm::sim {
namespace {

struct Block {
  std::uint32_t network;
  std::uint32_t hosts;  // usable addresses, the first being network + 1
};

constexpr std::array kPlan = {
    Block{0xc0000200, 254},         // 192.0.2.0/24
    Block{0xc6336400, 254},         // 198.51.100.0/24
    Block{0xcb007100, 254},         // 203.0.113.0/24
    Block{0xc6120000, 131'070},     // 198.18.0.0/15
    Block{0x0a000000, 16'777'214},  // 10.0.0.0/8
};
constexpr std::uint32_t kIpv6Max = 0xffff'fffe;

bool is_usable(const IpAddress& address) {
  if (address.is_none()) return false;
  if (address.is_ipv4()) {
    const std::uint32_t first = address.to_ipv4() >> 24;
    return first != 0 && first != 127 && first < 224;
  }
  const std::string_view octets = address.octets();
  if (octets[0] == '\xff') return false;  // multicast
  bool high_zero = true;
  for (std::size_t i = 0; i < 15; ++i) high_zero = high_zero && octets[i] == 0;
  return !(high_zero && (octets[15] == 0 || octets[15] == 1));
}

}  // namespace

std::size_t AddressPlan::AddressHash::operator()(const IpAddress& address) const {
  if (address.is_ipv4()) return Hash64::mix(address.to_ipv4());
  Hash64 hash;
  hash.add(address.octets());
  return hash.value();
}

Result<void> AddressPlan::claim(const IpAddress& address, HostIndex owner) {
  if (!is_usable(address))
    return Error{"address " + address.to_string() + " cannot belong to a host"};
  if (owner_of(address)) return Error{"address " + address.to_string() + " is already taken"};
  owners_.emplace(address, owner);
  return {};
}

std::optional<IpAddress> AddressPlan::next_ipv4() {
  static_assert(kPlan.size() == kBlocks);
  while (block_ < kBlocks && given_[block_].size() == kPlan[block_].hosts) ++block_;
  if (block_ == kBlocks) return std::nullopt;
  given_[block_].push_back(kWorld);
  return IpAddress::ipv4(kPlan[block_].network + static_cast<std::uint32_t>(given_[block_].size()));
}

std::optional<IpAddress> AddressPlan::next_ipv6() {
  if (given_ipv6_ == kIpv6Max) return std::nullopt;
  const std::uint32_t number = ++given_ipv6_;
  std::array<std::uint8_t, 16> octets = {0x20, 0x01, 0x0d, 0xb8};
  for (std::size_t i = 0; i < 4; ++i)
    octets[15 - i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xff);
  return IpAddress::ipv6(octets);
}

Result<IpAddress> AddressPlan::assign(IpAddress::Family family, HostIndex owner) {
  CHECK(family != IpAddress::Family::kNone);
  const bool is_ipv4 = family == IpAddress::Family::kIpv4;
  while (const std::optional<IpAddress> next = is_ipv4 ? next_ipv4() : next_ipv6()) {
    if (owners_.contains(*next)) continue;
    if (is_ipv4) {
      given_[block_].back() = owner;
    } else {
      owners_.emplace(*next, owner);
    }
    return *next;
  }
  return Error{"no free address is left"};
}

std::optional<HostIndex> AddressPlan::owner_of(const IpAddress& address) const {
  if (address.is_ipv4()) {
    const std::uint32_t number = address.to_ipv4();
    for (std::size_t block = 0; block <= block_ && block < kBlocks; ++block) {
      const std::uint32_t place = number - kPlan[block].network - 1;
      if (place < given_[block].size() && given_[block][place] != kWorld)
        return given_[block][place];
    }
  }
  const auto found = owners_.find(address);
  if (found == owners_.end()) return std::nullopt;
  return found->second;
}

}  // namespace mailcosm::sim
