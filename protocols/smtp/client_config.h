// ClientConfig: what a client session is told by its owner. May be shared by many sessions.
#pragma once

#include <optional>
#include <string>

#include "protocols/sasl/credentials.h"
#include "protocols/smtp/limits.h"
#include "protocols/smtp/service.h"

namespace mailcosm::smtp {

struct ClientConfig {
  Service service = Service::kSmtp;
  std::string host_name;  // the argument of EHLO, HELO or LHLO: a domain or an address literal
  ClientLimits limits;
  // Log in before the first transaction; refused if the server offers no mechanism that is built.
  std::optional<sasl::Credentials> credentials;
  // Run ahead of the server where it offers PIPELINING (RFC 2920).
  bool pipelining = true;
};

}  // namespace mailcosm::smtp
