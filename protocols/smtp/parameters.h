// MailParameters: the parameters of MAIL (esmtp-param of RFC 5321 section 4.1.2) that the
// advertised extensions define.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/smtp/extension.h"

namespace mailcosm::smtp {

enum class Body : std::uint8_t { kSevenBit, kEightBitMime };

struct MailParameters {
  std::uint64_t size = 0;  // SIZE: as declared; 0 if it was not (RFC 1870)
  Body body = Body::kSevenBit;
  // AUTH: who submitted it first, still xtext-encoded, "<>" for nobody known; empty if not given
  // (RFC 4954 section 5).
  std::string_view auth;
};

enum class ParameterError : std::uint8_t {
  kNone,
  kSyntax,   // not keyword[=value], a bad value, or given twice: 501 5.5.4
  kUnknown,  // of no advertised extension: 555 5.5.4
};

// `text` is what follows the path: nothing, or a space and the parameters.
ParameterError parse_mail_parameters(std::string_view text, ExtensionSet offered,
                                     MailParameters& parameters);
ParameterError parse_rcpt_parameters(std::string_view text, ExtensionSet offered);

}  // namespace mailcosm::smtp
