// Service: which of the three dialects of SMTP a session speaks.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm::smtp {

enum class Service : std::uint8_t {
  kSmtp,        // RFC 5321: between MTAs
  kSubmission,  // RFC 6409: from a mail client; authentication before MAIL
  kLmtp,  // RFC 2033: to a mailbox server; LHLO, and one reply per recipient after the message
};

constexpr std::string_view name_of(Service service) {
  return service == Service::kSmtp ? "smtp" : service == Service::kLmtp ? "lmtp" : "submission";
}

}  // namespace mailcosm::smtp
