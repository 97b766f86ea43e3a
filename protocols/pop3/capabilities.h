// Capabilities: what CAPA told (RFC 2449 section 6).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailcosm::pop3 {

struct Capabilities {
  bool top = false;
  bool uidl = false;
  bool user = false;
  bool response_codes = false;
  bool authentication_response_codes = false;  // RFC 3206
  bool pipelining = false;
  bool stls = false;
  std::string sasl;  // names of mechanisms, separated by spaces
  std::optional<std::uint32_t> login_delay_seconds;
  std::optional<std::uint32_t> expire_days;  // nothing for EXPIRE NEVER and for no EXPIRE at all
  bool expire_never = false;
  std::string implementation;

  // Takes in one line of the listing, without CRLF. Unknown and malformed capabilities are ignored.
  void add(std::string_view line);
};

}  // namespace mailcosm::pop3
