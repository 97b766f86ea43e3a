// AddressPlan: gives out IPv4 addresses from the ranges set aside for documentation and benchmarks,
// then 10.0.0.0/8.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "sim/scenario/network.h"

namespace mailcosm::sim::scenario {

class AddressPlan {
 public:
  // Spelled out in the text: never given out, nor is a range that holds it.
  void reserve(const IpAddress& address);
  void reserve(const AddressRange& range);

  // The next free range: of 24 bits from 192.0.2.0, 198.51.100.0, 203.0.113.0 (RFC 5737),
  // 198.19.0.0/16 (RFC 2544) and 10.128.0.0/9, or of 16 bits from 10.0.0.0/9. Nothing if all are
  // taken.
  std::optional<AddressRange> take_small();
  std::optional<AddressRange> take_large();
  // The next free address of a range from `offset` on.
  std::optional<IpAddress> take_address(const AddressRange& range, std::uint32_t offset);

 private:
  bool is_free(std::uint32_t base, int bits) const;

  std::set<std::uint32_t> addresses_;  // reserved or given out
  std::vector<AddressRange> ranges_;
  std::uint32_t small_ = 0;  // next candidate
  std::uint32_t large_ = 0;
};

}  // namespace mailcosm::sim::scenario
