// Client: the client's side of one SASL exchange (RFC 4422), for any mechanism.
//
// Works on raw octets, like Server. A value: copyable, without I/O.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "protocols/sasl/credentials.h"
#include "protocols/sasl/mechanism.h"

namespace mailcosm::sasl {

class Client {
 public:
  Client(Mechanism mechanism, Credentials credentials)
      : mechanism_(mechanism), credentials_(std::move(credentials)) {}

  Mechanism mechanism() const { return mechanism_; }
  // Whether respond() may be called at once, with an empty challenge, to send an initial response.
  bool has_initial_response() const;
  // Appends to `response`. False when the mechanism has nothing more to say: the exchange must be
  // cancelled.
  bool respond(std::string_view challenge, std::string& response);

 private:
  Mechanism mechanism_;
  std::uint8_t turns_ = 0;
  Credentials credentials_;
};

}  // namespace mailcosm::sasl
