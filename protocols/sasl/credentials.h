// Credentials: what a user proves to be, as the mechanisms that carry a password hand it over.
#pragma once

#include <string>

namespace mailcosm::sasl {

struct Credentials {
  // Authorization identity: whom to act as (RFC 4422 section 3.4.1); empty means the login itself.
  std::string authorization;
  // Authentication identity, UTF-8, never empty after a successful exchange.
  std::string login;
  std::string password;

  friend bool operator==(const Credentials&, const Credentials&) = default;
};

}  // namespace mailcosm::sasl
