// The first line of every POP3 answer: status, optional response code, text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailcosm::pop3 {

// RFC 2449 section 8 and RFC 3206 section 4.
enum class ResponseCode : std::uint8_t {
  kNone,
  kInUse,       // [IN-USE]: the maildrop is locked by another session
  kLoginDelay,  // [LOGIN-DELAY]: logged in too recently
  kAuth,        // [AUTH]: the credentials are wrong
  kSysTemp,     // [SYS/TEMP]: a failure that may pass
  kSysPerm,     // [SYS/PERM]: a failure that needs a person
  kUnknown,     // some other code
};
// "[IN-USE]"; empty for kNone and kUnknown.
std::string_view to_string(ResponseCode code);

// Views on the parsed line.
struct Response {
  bool ok = false;
  ResponseCode code = ResponseCode::kNone;
  std::string_view text;  // without status and response code
};

// `line` comes without CRLF. Nothing unless it starts with "+OK" or "-ERR" followed by a space or
// the end (RFC 1939 section 3).
std::optional<Response> parse_response(std::string_view line);

}  // namespace mailcosm::pop3
