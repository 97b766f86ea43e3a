#include "sim/topology/address_plan.h"

#include <algorithm>
#include <array>

#include "protocols/base/check.h"
#include "protocols/base/hash.h"

namespace mailcosm::sim {
namespace {

struct Block {
  std::uint32_t network;
  std::uint32_t hosts;  // usable addresses, the first being network + 1
};

constexpr std::array<Block, 5> kBlocks = {{
    {0xc0000200, 254},         // 192.0.2.0/24
    {0xc6336400, 254},         // 198.51.100.0/24
    {0xcb007100, 254},         // 203.0.113.0/24
    {0xc6120000, 131'070},     // 198.18.0.0/15
    {0x0a000000, 16'777'214},  // 10.0.0.0/8
}};
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

// The place of the address, or the free one where it belongs. REQUIRES: there are places.
std::size_t AddressPlan::place_of(const IpAddress& address) const {
  std::uint64_t hash = 0;
  if (address.is_ipv4()) {
    hash = Hash64::mix(address.to_ipv4());
  } else {
    Hash64 octets;
    octets.add(address.octets());
    hash = octets.value();
  }
  const std::size_t mask = places_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    if (places_[at].address.is_none() || places_[at].address == address) return at;
  }
}

// REQUIRES: nobody has the address.
void AddressPlan::enter(const IpAddress& address, HostIndex owner) {
  if (2 * (entered_ + 1) > places_.size()) grow();
  places_[place_of(address)] = {address, owner};
  ++entered_;
}

void AddressPlan::grow() {
  constexpr std::size_t kFirst = 16;
  std::vector<Place> old(std::max(kFirst, 2 * places_.size()));
  old.swap(places_);
  for (const Place& place : old) {
    if (place.address.is_none()) continue;
    places_[place_of(place.address)] = place;
  }
}

Result<void> AddressPlan::claim(const IpAddress& address, HostIndex owner) {
  if (!is_usable(address))
    return Error{"address " + address.to_string() + " cannot belong to a host"};
  if (owner_of(address)) return Error{"address " + address.to_string() + " is already taken"};
  enter(address, owner);
  return {};
}

std::optional<IpAddress> AddressPlan::candidate(IpAddress::Family family) {
  if (family == IpAddress::Family::kIpv6) {
    if (given_ipv6_ == kIpv6Max) return std::nullopt;
    const std::uint32_t number = ++given_ipv6_;
    std::array<std::uint8_t, 16> octets = {0x20, 0x01, 0x0d, 0xb8};
    for (std::size_t i = 0; i < 4; ++i) {
      octets[15 - i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xff);
    }
    return IpAddress::ipv6(octets);
  }
  if (block_ < kBlocks.size() && given_in_block_ == kBlocks[block_].hosts) {
    ++block_;
    given_in_block_ = 0;
  }
  if (block_ == kBlocks.size()) return std::nullopt;
  return IpAddress::ipv4(kBlocks[block_].network + ++given_in_block_);
}

Result<IpAddress> AddressPlan::assign(IpAddress::Family family, HostIndex owner) {
  CHECK(family != IpAddress::Family::kNone);
  while (const std::optional<IpAddress> next = candidate(family)) {
    if (owner_of(*next)) continue;
    enter(*next, owner);
    return *next;
  }
  return Error{"no free address is left"};
}

std::optional<HostIndex> AddressPlan::owner_of(const IpAddress& address) const {
  if (places_.empty() || address.is_none()) return std::nullopt;
  const Place& place = places_[place_of(address)];
  if (place.address.is_none()) return std::nullopt;
  return place.owner;
}

}  // namespace mailcosm::sim
