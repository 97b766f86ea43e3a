#include "protocols/smtp/extension.h"

#include <array>

#include "protocols/base/ascii.h"

namespace mailcosm::smtp {
namespace {

// In the order in which a server lists them. The octets that MAIL may be longer: RFC 1870 section
// 3, RFC 6152 section 2, RFC 4954 section 3.
constexpr std::array<ExtensionInfo, 6> kExtensions = {{
    {Extension::kPipelining, "PIPELINING", 0},
    {Extension::kSize, "SIZE", 26},
    {Extension::kEightBitMime, "8BITMIME", 17},
    {Extension::kEnhancedStatusCodes, "ENHANCEDSTATUSCODES", 0},
    {Extension::kAuth, "AUTH", 500},
    {Extension::kHelp, "HELP", 0},
}};

}  // namespace

std::span<const ExtensionInfo> extensions() { return kExtensions; }

std::optional<Extension> extension_of(std::string_view keyword) {
  for (const ExtensionInfo& info : kExtensions) {
    if (ascii::equal_ignoring_case(info.keyword, keyword)) return info.extension;
  }
  return std::nullopt;
}

}  // namespace mailcosm::smtp
