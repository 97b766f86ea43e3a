// StatusCode: enhanced mail system status codes (RFC 3463).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.h"

namespace mailcosm::dsn {

// class "." subject "." detail; class 2 success, 4 persistent transient failure, 5 permanent
// failure.
struct StatusCode {
  std::uint8_t status_class = 5;
  std::uint16_t subject = 0;
  std::uint16_t detail = 0;

  bool is_success() const { return status_class == 2; }
  bool is_transient() const { return status_class == 4; }
  bool is_permanent() const { return status_class == 5; }
  std::string to_string() const;
  friend auto operator<=>(const StatusCode&, const StatusCode&) = default;
};

// The whole text must be a code (RFC 3463 section 2: no leading zeros, at most three digits).
Result<StatusCode> parse_status_code(std::string_view text);
// The code at the start of a reply's text ("5.1.1 No such user") if it is there and its class fits
// the reply code, else the X.0.0 of the reply's class (RFC 3463 section 3.1).
StatusCode status_of_reply(int reply_code, std::string_view reply_text);
// A phrase for the subject and detail, such as "Bad destination mailbox address"; empty if RFC 3463
// has none.
std::string_view describe(StatusCode code);

}  // namespace mailcosm::dsn
