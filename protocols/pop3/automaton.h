// The POP3 automaton as a table: which command is allowed in which state, and where a reply leads
// (RFC 1939 sections 3 to 7, RFC 2449 section 5, RFC 5034 section 4). The server engine obeys it;
// diagrams and "what may come next" are generated from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mailcosm::pop3 {

enum class State : std::uint8_t {
  kAuthorization,   // after the greeting, or after a refused login
  kUserGiven,       // USER was accepted; PASS is expected
  kAuthenticating,  // inside a SASL exchange: the next line is a response, not a command
  kTransaction,     // the maildrop is locked and open
  kUpdate,          // QUIT was given in kTransaction; messages are being removed
  kClosed,          // nothing more will be read or written
};
inline constexpr int kStates = static_cast<int>(State::kClosed) + 1;
std::string_view to_string(State state);

enum class Command : std::uint8_t {
  kUser,
  kPass,
  kAuth,
  kSaslResponse,  // not a keyword: the line that answers a challenge
  kCapa,
  kStat,
  kList,
  kRetr,
  kDele,
  kNoop,
  kRset,
  kTop,
  kUidl,
  kQuit,
  kUnknown,
};
inline constexpr int kCommands = static_cast<int>(Command::kUnknown) + 1;
// "USER"; kUnknown is "unknown".
std::string_view to_string(Command command);
// Case-insensitive; kUnknown for everything else.
Command command_of(std::string_view keyword);

struct Transition {
  State state;
  Command command;
  State on_ok;     // state after +OK
  State on_error;  // state after -ERR
};

// All that is allowed. A command that has no row in a state, or whose arguments are malformed, is
// answered with -ERR and changes nothing. AUTH leads to kAuthenticating while its exchange goes on,
// and kUpdate always to kClosed.
std::span<const Transition> transitions();
// Null if `command` is not allowed in `state`.
const Transition* find_transition(State state, Command command);

// The two answers of a server that follow a command: a single line, or lines up to a lone dot.
// `has_argument` matters for LIST and UIDL.
bool is_multi_line(Command command, bool has_argument);

}  // namespace mailcosm::pop3
