// ServerConfig: what a server session is told by its owner. Shared by all sessions of a listener.
#pragma once

#include <string>
#include <vector>

#include "protocols/sasl/mechanism.h"
#include "protocols/smtp/limits.h"
#include "protocols/smtp/path.h"
#include "protocols/smtp/service.h"

namespace mailcosm::smtp {

struct ServerConfig {
  Service service = Service::kSmtp;
  std::string host_name;  // in the greeting and the answers to HELO and QUIT
  ServerLimits limits;
  PathLeniency leniency;
  // Mechanisms to offer; none: AUTH is neither advertised nor implemented.
  std::vector<sasl::Mechanism> mechanisms;
  // MAIL before AUTH is answered 530 5.7.0 (RFC 4954 section 6). Submission servers want it (RFC
  // 6409 section 4.3).
  bool require_auth = false;
};

}  // namespace mailcosm::smtp
