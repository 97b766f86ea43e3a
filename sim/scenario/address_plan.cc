#include "sim/scenario/address_plan.h"

#include "sim/scenario/address_range.h"

namespace mailcosm::sim::scenario {
namespace {

constexpr std::uint32_t address(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return a << 24 | b << 16 | c << 8;
}
constexpr std::uint32_t kDocumentation[] = {address(192, 0, 2), address(198, 51, 100),
                                            address(203, 0, 113)};
constexpr std::uint32_t kBenchmark = address(198, 19, 0);
constexpr std::uint32_t kBenchmarkRanges = 256;
constexpr std::uint32_t kPrivateSmall = address(10, 128, 0);
constexpr std::uint32_t kPrivateSmallRanges = 128 * 256;
constexpr std::uint32_t kPrivateLarge = address(10, 0, 0);
constexpr std::uint32_t kPrivateLargeRanges = 128;

std::optional<std::uint32_t> small_candidate(std::uint32_t index) {
  if (index < 3) return kDocumentation[index];
  index -= 3;
  if (index < kBenchmarkRanges) return kBenchmark + (index << 8);
  index -= kBenchmarkRanges;
  if (index < kPrivateSmallRanges) return kPrivateSmall + (index << 8);
  return std::nullopt;
}

}  // namespace

void AddressPlan::reserve(const IpAddress& address) {
  if (address.is_ipv4()) addresses_.insert(address.to_ipv4());
}

void AddressPlan::reserve(const AddressRange& range) { ranges_.push_back(range); }

bool AddressPlan::is_free(std::uint32_t base, int bits) const {
  const AddressRange candidate{IpAddress::ipv4(base), bits};
  for (const AddressRange& taken : ranges_) {
    if (contains(taken, candidate.base) || contains(candidate, taken.base)) return false;
  }
  const auto inside = addresses_.lower_bound(base);
  return inside == addresses_.end() || !contains(candidate, IpAddress::ipv4(*inside));
}

std::optional<AddressRange> AddressPlan::take_small() {
  while (const auto base = small_candidate(small_)) {
    ++small_;
    if (is_free(*base, 24)) return AddressRange{IpAddress::ipv4(*base), 24};
  }
  return std::nullopt;
}

std::optional<AddressRange> AddressPlan::take_large() {
  while (large_ < kPrivateLargeRanges) {
    const std::uint32_t base = kPrivateLarge + (large_++ << 16);
    if (is_free(base, 16)) return AddressRange{IpAddress::ipv4(base), 16};
  }
  return std::nullopt;
}

std::optional<IpAddress> AddressPlan::take_address(const AddressRange& range,
                                                   std::uint32_t offset) {
  const std::uint32_t size = std::uint32_t{1} << (32 - range.bits);
  const std::uint32_t base = range.base.to_ipv4();
  // Neither the first nor the last address of a network is a host's.
  for (std::uint32_t i = offset; i + 1 < size; ++i) {
    if (addresses_.insert(base + i).second) return IpAddress::ipv4(base + i);
  }
  return std::nullopt;
}

}  // namespace mailcosm::sim::scenario
