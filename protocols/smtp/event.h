// Events that both sides of a session have.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailcosm::smtp {

// Nothing more can happen before the next receive, answer, request or expire.
struct NeedMore {};

// A protocol line has come, without its CRLF. Reported before the event that it leads to. Message
// text is no line.
struct LineReceived {
  std::string_view line;
};

enum class CloseReason : std::uint8_t {
  kQuit,           // after QUIT and its reply
  kEndOfInput,     // the peer closed its direction without QUIT
  kTimeout,        // the peer was silent for too long
  kTooManyErrors,  // server: limit of refused commands
  kRefused,  // server: the agent answered 421, 521 or a greeting other than 220; client: the server
             // said so
  kProtocolError,  // the peer does not speak SMTP, or tries to smuggle
};
std::string_view to_string(CloseReason reason);

// The session is over: send what is in the output, then close the stream. Every later event is this
// one again.
struct Closed {
  CloseReason reason = CloseReason::kQuit;
};

}  // namespace mailcosm::smtp
