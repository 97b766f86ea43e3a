// Server: the server's side of one SASL exchange (RFC 4422), for any mechanism.
//
// Works on raw octets; the protocol that carries it does the base64, the cancellation and the
// replies. It never decides whether a password is right: kVerify hands the credentials to whoever
// knows. A value: copyable, without I/O. Usage: start() once, then step() with each response while
// the result is kChallenge.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/sasl/credentials.h"
#include "protocols/sasl/mechanism.h"

namespace mailcosm::sasl {

class Server {
 public:
  enum class Step : std::uint8_t {
    kChallenge,  // send the challenge and wait for a response
    kVerify,     // credentials() are complete: ask whether they are good
    kMalformed,  // the response breaks the mechanism's grammar or a limit; the exchange is over
  };

  explicit Server(Mechanism mechanism) : mechanism_(mechanism) {}

  // `initial_response`: nothing if the client sent none (an empty one is something else, RFC 4954
  // section 4). Replaces `challenge` when the result is kChallenge.
  Step start(std::optional<std::string_view> initial_response, std::string& challenge);
  // REQUIRES: the last result was kChallenge.
  Step step(std::string_view response, std::string& challenge);

  Mechanism mechanism() const { return mechanism_; }
  // Valid after kVerify.
  const Credentials& credentials() const { return credentials_; }

 private:
  Step step_plain(std::string_view response);
  Step step_login(std::string_view response, std::string& challenge);

  Mechanism mechanism_;
  bool has_login_ = false;  // LOGIN: the first prompt is answered
  Credentials credentials_;
};

}  // namespace mailcosm::sasl
