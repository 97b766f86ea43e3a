// The IMAP automaton as a table: which command is allowed in which state, and where its tagged
// response leads (RFC 3501 section 3). The server engine obeys it; diagrams and "what may come
// next" are generated from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mailcosm::imap {

enum class State : std::uint8_t {
  kNotAuthenticated,
  kAuthenticated,
  kSelected,
  kLoggedOut,  // nothing more will be read
};
inline constexpr int kStates = static_cast<int>(State::kLoggedOut) + 1;
std::string_view to_string(State state);

enum class Command : std::uint8_t {
  kCapability,
  kNoop,
  kLogout,
  kAuthenticate,
  kLogin,
  kSelect,
  kExamine,
  kCreate,
  kDelete,
  kRename,
  kSubscribe,
  kUnsubscribe,
  kList,
  kLsub,
  kStatus,
  kAppend,
  kNamespace,  // RFC 2342
  kIdle,       // RFC 2177
  kCheck,
  kClose,
  kUnselect,  // RFC 3691
  kExpunge,
  kSearch,
  kFetch,
  kStore,
  kCopy,
  kMove,  // RFC 6851
  kUnknown,
};
inline constexpr int kCommands = static_cast<int>(Command::kUnknown) + 1;
// "SELECT"; kUnknown is "unknown".
std::string_view to_string(Command command);
// Case-insensitive; kUnknown for everything else, also for the prefix UID.
Command command_of(std::string_view keyword);
// UID may stand before it (RFC 3501 section 6.4.8, RFC 4315 section 2.1, RFC 6851 section 3.2).
bool has_uid_form(Command command);

struct Transition {
  State state;
  Command command;
  State on_ok;
  State on_no;
};

// All that is allowed; a command without a row in a state is answered with BAD and changes nothing.
std::span<const Transition> transitions();
// Null if `command` is not allowed in `state`.
const Transition* find_transition(State state, Command command);

}  // namespace mailcosm::imap
