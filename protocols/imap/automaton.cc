#include "protocols/imap/automaton.h"

#include <array>

#include "protocols/base/ascii.h"
#include "protocols/base/check.h"

namespace mailcosm::imap {
namespace {

using enum State;
using enum Command;

struct Name {
  Command command;
  std::string_view name;
  bool uid_form;
};
constexpr std::array<Name, kCommands> kNames = {{
    {kCapability, "CAPABILITY", false},
    {kNoop, "NOOP", false},
    {kLogout, "LOGOUT", false},
    {kAuthenticate, "AUTHENTICATE", false},
    {kLogin, "LOGIN", false},
    {kSelect, "SELECT", false},
    {kExamine, "EXAMINE", false},
    {kCreate, "CREATE", false},
    {kDelete, "DELETE", false},
    {kRename, "RENAME", false},
    {kSubscribe, "SUBSCRIBE", false},
    {kUnsubscribe, "UNSUBSCRIBE", false},
    {kList, "LIST", false},
    {kLsub, "LSUB", false},
    {kStatus, "STATUS", false},
    {kAppend, "APPEND", false},
    {kNamespace, "NAMESPACE", false},
    {kIdle, "IDLE", false},
    {kCheck, "CHECK", false},
    {kClose, "CLOSE", false},
    {kUnselect, "UNSELECT", false},
    {kExpunge, "EXPUNGE", true},
    {kSearch, "SEARCH", true},
    {kFetch, "FETCH", true},
    {kStore, "STORE", true},
    {kCopy, "COPY", true},
    {kMove, "MOVE", true},
    {kUnknown, "unknown", false},
}};

// RFC 3501 section 3, figure in section 3.4. A SELECT that fails leaves no mailbox selected
// (section 6.3.1).
constexpr Transition kTransitions[] = {
    {kNotAuthenticated, kCapability, kNotAuthenticated, kNotAuthenticated},
    {kNotAuthenticated, kNoop, kNotAuthenticated, kNotAuthenticated},
    {kNotAuthenticated, kLogout, kLoggedOut, kLoggedOut},
    {kNotAuthenticated, kAuthenticate, kAuthenticated, kNotAuthenticated},
    {kNotAuthenticated, kLogin, kAuthenticated, kNotAuthenticated},

    {kAuthenticated, kCapability, kAuthenticated, kAuthenticated},
    {kAuthenticated, kNoop, kAuthenticated, kAuthenticated},
    {kAuthenticated, kLogout, kLoggedOut, kLoggedOut},
    {kAuthenticated, kSelect, kSelected, kAuthenticated},
    {kAuthenticated, kExamine, kSelected, kAuthenticated},
    {kAuthenticated, kCreate, kAuthenticated, kAuthenticated},
    {kAuthenticated, kDelete, kAuthenticated, kAuthenticated},
    {kAuthenticated, kRename, kAuthenticated, kAuthenticated},
    {kAuthenticated, kSubscribe, kAuthenticated, kAuthenticated},
    {kAuthenticated, kUnsubscribe, kAuthenticated, kAuthenticated},
    {kAuthenticated, kList, kAuthenticated, kAuthenticated},
    {kAuthenticated, kLsub, kAuthenticated, kAuthenticated},
    {kAuthenticated, kStatus, kAuthenticated, kAuthenticated},
    {kAuthenticated, kAppend, kAuthenticated, kAuthenticated},
    {kAuthenticated, kNamespace, kAuthenticated, kAuthenticated},
    {kAuthenticated, kIdle, kAuthenticated, kAuthenticated},

    {kSelected, kCapability, kSelected, kSelected},
    {kSelected, kNoop, kSelected, kSelected},
    {kSelected, kLogout, kLoggedOut, kLoggedOut},
    {kSelected, kSelect, kSelected, kAuthenticated},
    {kSelected, kExamine, kSelected, kAuthenticated},
    {kSelected, kCreate, kSelected, kSelected},
    {kSelected, kDelete, kSelected, kSelected},
    {kSelected, kRename, kSelected, kSelected},
    {kSelected, kSubscribe, kSelected, kSelected},
    {kSelected, kUnsubscribe, kSelected, kSelected},
    {kSelected, kList, kSelected, kSelected},
    {kSelected, kLsub, kSelected, kSelected},
    {kSelected, kStatus, kSelected, kSelected},
    {kSelected, kAppend, kSelected, kSelected},
    {kSelected, kNamespace, kSelected, kSelected},
    {kSelected, kIdle, kSelected, kSelected},
    {kSelected, kCheck, kSelected, kSelected},
    {kSelected, kClose, kAuthenticated, kSelected},
    {kSelected, kUnselect, kAuthenticated, kSelected},
    {kSelected, kExpunge, kSelected, kSelected},
    {kSelected, kSearch, kSelected, kSelected},
    {kSelected, kFetch, kSelected, kSelected},
    {kSelected, kStore, kSelected, kSelected},
    {kSelected, kCopy, kSelected, kSelected},
    {kSelected, kMove, kSelected, kSelected},
};

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case kNotAuthenticated:
      return "not authenticated";
    case kAuthenticated:
      return "authenticated";
    case kSelected:
      return "selected";
    case kLoggedOut:
      return "logout";
  }
  return {};
}

std::string_view to_string(Command command) {
  const Name& name = kNames[static_cast<std::size_t>(command)];
  CHECK(name.command == command);
  return name.name;
}

Command command_of(std::string_view keyword) {
  for (const Name& name : kNames) {
    if (name.command != kUnknown && ascii::equal_ignoring_case(name.name, keyword))
      return name.command;
  }
  return kUnknown;
}

bool has_uid_form(Command command) { return kNames[static_cast<std::size_t>(command)].uid_form; }

std::span<const Transition> transitions() { return kTransitions; }

const Transition* find_transition(State state, Command command) {
  for (const Transition& transition : kTransitions) {
    if (transition.state == state && transition.command == command) return &transition;
  }
  return nullptr;
}

}  // namespace mailcosm::imap
