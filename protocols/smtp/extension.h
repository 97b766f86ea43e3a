// The extensions of SMTP as data: one row each. A server advertises a set of them, a client learns
// one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mailcosm::smtp {

enum class Extension : std::uint8_t {
  kPipelining,           // RFC 2920
  kSize,                 // RFC 1870
  kEightBitMime,         // RFC 6152
  kEnhancedStatusCodes,  // RFC 2034
  kAuth,                 // RFC 4954
  kHelp,                 // RFC 5321 section 4.1.1.8, listed as old practice has it
};

struct ExtensionInfo {
  Extension extension;
  std::string_view keyword;
  std::size_t mail_octets;  // by how much it lengthens the MAIL command
};

std::span<const ExtensionInfo> extensions();
std::optional<Extension> extension_of(std::string_view keyword);

class ExtensionSet {
 public:
  constexpr bool has(Extension e) const { return (bits_ & bit(e)) != 0; }
  constexpr void add(Extension e) { bits_ |= bit(e); }
  constexpr void remove(Extension e) { bits_ &= ~bit(e); }

 private:
  static constexpr std::uint32_t bit(Extension e) { return 1u << static_cast<unsigned>(e); }
  std::uint32_t bits_ = 0;
};

// What a server has told in its answer to EHLO or LHLO.
struct ServerExtensions {
  ExtensionSet offered;
  std::uint64_t size_max = 0;   // SIZE; 0: no fixed limit (RFC 1870 section 4)
  std::string auth_mechanisms;  // AUTH; names separated by spaces
};

}  // namespace mailcosm::smtp
