// The order of commands (RFC 5321 sections 3.3, 4.1.4; RFC 4954 sections 3, 4) as a table: state x
// command -> whether it may be given, what follows if it succeeds, and what to say if it may not be
// given. The server obeys the table; state diagrams and lists of legal next commands are made from
// it.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocols/smtp/command.h"

namespace mailcosm::smtp {

enum class State : std::uint8_t {
  kStart,    // connected, not greeted
  kGreeted,  // greeted; no HELO or EHLO
  kReady,    // HELO, EHLO or LHLO was answered
  kMail,     // a transaction is open, no recipient accepted
  kRcpt,     // at least one recipient accepted
  kData,     // the message is being received, up to the reply to it
  kAuth,     // an AUTH exchange is running: lines are responses, not commands
  kClosed,
};
inline constexpr int kStates = static_cast<int>(State::kClosed) + 1;
std::string_view name_of(State state);

struct Transition {
  State state;
  Command command;
  bool allowed;
  State next;  // after a positive final reply; the state stays as it is after a negative one
  std::string_view refusal;  // text of the 503 if not allowed
};

const Transition& transition_of(State state, Command command);

}  // namespace mailcosm::smtp
