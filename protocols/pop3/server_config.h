// What a POP3 server says about itself, and its limits. One object serves all sessions of a server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/instant.h"

namespace mailcosm::pop3 {

struct ServerLimits {
  // Octets of a command line without CRLF: 255 with it (RFC 2449 section 4). Answer: -ERR line too
  // long.
  std::size_t command_line_length_max = 253;
  // Octets of a SASL response line without CRLF (RFC 5034 section 4 sets no bound; RFC 4954 section
  // 4 has this one).
  std::size_t sasl_line_length_max = 12'286;
  // Octets received and not yet processed; a pipelining client that exceeds it is cut off.
  std::size_t input_length_max = 1024 * 1024;
  // Commands answered with -ERR in one session; the last one ends it.
  int errors_max = 20;
  // Refused logins in one session; the last one ends it.
  int login_failures_max = 3;
  // Inactivity autologout, at least 10 minutes (RFC 1939 section 3).
  Duration autologout = std::chrono::minutes(10);
  // Octets of a listing written per next().
  std::size_t output_chunk_length = 4096;
};

struct ServerConfig {
  std::string host_name;                    // for greeting and farewell
  std::string implementation = "Mailcosm";  // capability IMPLEMENTATION; empty: not announced
  std::optional<std::uint32_t>
      login_delay_seconds;                   // capability LOGIN-DELAY, which the agent enforces
  std::optional<std::uint32_t> expire_days;  // capability EXPIRE; none: EXPIRE NEVER
  ServerLimits limits;
};

}  // namespace mailcosm::pop3
