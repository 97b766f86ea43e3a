#include "sim/scenario/address_range.h"

#include <fmt/format.h>

#include "protocols/base/ascii.h"

namespace mailcosm::sim::scenario {
namespace {

// Bit `i` from the left of the octets.
bool bit(std::string_view octets, int i) {
  const auto octet = static_cast<unsigned char>(octets[static_cast<std::size_t>(i / 8)]);
  return ((octet >> (7 - i % 8)) & 1u) != 0;
}

}  // namespace

Result<AddressRange> parse_address_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return Error{"expected a range such as 192.0.2.0/24", 0};
  const auto base = IpAddress::parse(text.substr(0, slash));
  if (!base) return Error{base.error().what, 0};
  const int width = static_cast<int>(base->octets().size()) * 8;
  const std::string_view digits = text.substr(slash + 1);
  const auto bits = ascii::parse_unsigned(digits, static_cast<std::uint64_t>(width));
  if (!bits || (digits.size() > 1 && digits[0] == '0')) {
    return Error{fmt::format("the number behind '/' must lie between 0 and {}", width), slash + 1};
  }
  const AddressRange range{*base, static_cast<int>(*bits)};
  for (int i = range.bits; i < width; ++i) {
    if (bit(range.base.octets(), i)) {
      return Error{fmt::format("bits are set behind the first {}", range.bits), 0};
    }
  }
  return range;
}

std::string to_string(const AddressRange& range) {
  return fmt::format("{}/{}", range.base.to_string(), range.bits);
}

bool contains(const AddressRange& range, const IpAddress& address) {
  if (range.base.family() != address.family()) return false;
  for (int i = 0; i < range.bits; ++i) {
    if (bit(range.base.octets(), i) != bit(address.octets(), i)) return false;
  }
  return true;
}

}  // namespace mailcosm::sim::scenario
