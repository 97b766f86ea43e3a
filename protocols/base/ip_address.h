// IpAddress and Endpoint: IPv4 and IPv6 addresses as values, and an address with a port.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.h"

namespace mailcosm {

class IpAddress {
 public:
  enum class Family : std::uint8_t { kNone, kIpv4, kIpv6 };

  IpAddress() = default;
  static IpAddress ipv4(std::uint32_t host_order);
  static IpAddress ipv6(const std::array<std::uint8_t, 16>& octets);
  // From 4 or 16 octets in network order. REQUIRES: one of these lengths.
  static IpAddress from_octets(std::string_view octets);
  // Dotted decimal with four decimal parts without leading zeros, or the text forms of RFC 4291
  // section 2.2.
  static Result<IpAddress> parse(std::string_view text);

  Family family() const { return family_; }
  bool is_ipv4() const { return family_ == Family::kIpv4; }
  bool is_ipv6() const { return family_ == Family::kIpv6; }
  bool is_none() const { return family_ == Family::kNone; }
  std::uint32_t to_ipv4() const;  // host order; REQUIRES: is_ipv4()
  // 4, 16 or 0 octets in network order; valid as long as this object.
  std::string_view octets() const;
  // Dotted decimal, or the canonical form of RFC 5952; "none" for no address.
  std::string to_string() const;
  // The name whose PTR record gives the host name: 4.3.2.1.in-addr.arpa or nibbles under ip6.arpa
  // (RFC 3596).
  std::string reverse_name() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  Family family_ = Family::kNone;
  std::array<std::uint8_t, 16> octets_{};  // an IPv4 address uses the first four
};

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  // "192.0.2.1:25" or "[2001:db8::1]:25".
  std::string to_string() const;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

}  // namespace mailcosm
