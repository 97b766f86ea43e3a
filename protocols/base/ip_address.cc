#include "protocols/base/ip_address.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocols/base/ascii.h"

namespace mailcosm {
namespace {

bool parse_ipv4(std::string_view text, std::uint8_t* octets) {
  for (int part = 0; part < 4; ++part) {
    if (part < 3 && text.find('.') == std::string_view::npos) return false;
    const std::string_view digits = part < 3 ? ascii::take_until(text, '.') : text;
    const auto value = ascii::parse_unsigned(digits, 255);
    if (!value || (digits.size() > 1 && digits.front() == '0')) return false;
    octets[part] = static_cast<std::uint8_t>(*value);
  }
  return true;
}

// Parses groups separated by single colons into `octets`; gives their number in octets, or -1.
int parse_groups(std::string_view text, std::uint8_t* octets) {
  if (text.empty()) return 0;
  int count = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      if (count > 12 || !parse_ipv4(group, octets + count)) return -1;
      return count + 4;
    }
    if (group.empty() || group.size() > 4 || count > 14) return -1;
    unsigned value = 0;
    for (char c : group) {
      const int digit = ascii::hex_value(c);
      if (digit < 0) return -1;
      value = value << 4 | static_cast<unsigned>(digit);
    }
    octets[count++] = static_cast<std::uint8_t>(value >> 8);
    octets[count++] = static_cast<std::uint8_t>(value & 0xff);
    if (colon == std::string_view::npos) return count;
    text.remove_prefix(colon + 1);
  }
}

bool parse_ipv6(std::string_view text, std::array<std::uint8_t, 16>& octets) {
  octets.fill(0);
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return parse_groups(text, octets.data()) == 16;
  std::array<std::uint8_t, 16> tail{};
  const int before = parse_groups(text.substr(0, gap), octets.data());
  const int after = parse_groups(text.substr(gap + 2), tail.data());
  if (before < 0 || after < 0 || before + after > 14) return false;
  std::copy_n(tail.begin(), after, octets.end() - after);
  return true;
}

// The longest run of at least two zero groups, the first of equals (RFC 5952 section 4.2).
struct ZeroRun {
  int begin = -1;
  int length = 1;
};
ZeroRun longest_zero_run(const std::array<unsigned, 8>& groups) {
  ZeroRun best;
  for (int i = 0; i < 8;) {
    int end = i;
    while (end < 8 && groups[static_cast<std::size_t>(end)] == 0) ++end;
    if (end - i > best.length) best = {i, end - i};
    i = std::max(end, i + 1);
  }
  return best;
}

}  // namespace

IpAddress IpAddress::ipv4(std::uint32_t host_order) {
  IpAddress address;
  address.family_ = Family::kIpv4;
  for (int i = 0; i < 4; ++i) {
    address.octets_[static_cast<std::size_t>(i)] =
        static_cast<std::uint8_t>(host_order >> (24 - 8 * i) & 0xff);
  }
  return address;
}

IpAddress IpAddress::ipv6(const std::array<std::uint8_t, 16>& octets) {
  IpAddress address;
  address.family_ = Family::kIpv6;
  address.octets_ = octets;
  return address;
}

IpAddress IpAddress::from_octets(std::string_view octets) {
  CHECK(octets.size() == 4 || octets.size() == 16);
  IpAddress address;
  address.family_ = octets.size() == 4 ? Family::kIpv4 : Family::kIpv6;
  std::transform(octets.begin(), octets.end(), address.octets_.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return address;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
  IpAddress address;
  if (text.find(':') != std::string_view::npos) {
    address.family_ = Family::kIpv6;
    if (parse_ipv6(text, address.octets_)) return address;
    return Error{fmt::format("'{}' is not an IPv6 address", text.substr(0, 64)), 0};
  }
  address.family_ = Family::kIpv4;
  if (parse_ipv4(text, address.octets_.data())) return address;
  return Error{fmt::format("'{}' is not an IPv4 address", text.substr(0, 64)), 0};
}

std::uint32_t IpAddress::to_ipv4() const {
  CHECK(is_ipv4());
  return static_cast<std::uint32_t>(octets_[0]) << 24 |
         static_cast<std::uint32_t>(octets_[1]) << 16 |
         static_cast<std::uint32_t>(octets_[2]) << 8 | octets_[3];
}

std::string_view IpAddress::octets() const {
  const std::size_t count = is_ipv4() ? 4 : is_ipv6() ? 16 : 0;
  return {reinterpret_cast<const char*>(octets_.data()), count};
}

std::string IpAddress::to_string() const {
  if (is_none()) return "none";
  if (is_ipv4()) return fmt::format("{}.{}.{}.{}", octets_[0], octets_[1], octets_[2], octets_[3]);
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) {
    groups[i] = static_cast<unsigned>(octets_[2 * i]) << 8 | octets_[2 * i + 1];
  }
  const ZeroRun run = longest_zero_run(groups);
  std::string text;
  for (int i = 0; i < 8; ++i) {
    if (i == run.begin) {
      text += "::";
      i += run.length - 1;
      continue;
    }
    if (i != 0 && text.back() != ':') text += ':';
    fmt::format_to(std::back_inserter(text), "{:x}", groups[static_cast<std::size_t>(i)]);
  }
  return text;
}

std::string IpAddress::reverse_name() const {
  if (is_ipv4()) {
    return fmt::format("{}.{}.{}.{}.in-addr.arpa", octets_[3], octets_[2], octets_[1], octets_[0]);
  }
  std::string name;
  for (auto octet = octets_.rbegin(); octet != octets_.rend(); ++octet) {
    fmt::format_to(std::back_inserter(name), "{:x}.{:x}.", *octet & 15, *octet >> 4);
  }
  return name + "ip6.arpa";
}

std::string Endpoint::to_string() const {
  return address.is_ipv6() ? fmt::format("[{}]:{}", address.to_string(), port)
                           : fmt::format("{}:{}", address.to_string(), port);
}

}  // namespace mailcosm
