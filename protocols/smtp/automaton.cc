#include "protocols/smtp/automaton.h"

#include <array>

#include "protocols/base/check.h"

namespace mailcosm::smtp {
namespace {

using S = State;
using C = Command;

constexpr std::string_view kHelloFirst = "Say HELO or EHLO first";
constexpr std::string_view kMailFirst = "Need MAIL command";
constexpr std::string_view kRcptFirst = "Need RCPT command";
constexpr std::string_view kNested = "Nested MAIL command";
constexpr std::string_view kInTransaction = "Not during a mail transaction";
constexpr std::string_view kNotACommand = "Not now";

constexpr Transition yes(State state, Command command, State next) {
  return {state, command, true, next, {}};
}
constexpr Transition no(State state, Command command, std::string_view refusal) {
  return {state, command, false, state, refusal};
}

// One row for each command, one block for each state in which lines are commands.
constexpr std::array kTable = {
    yes(S::kGreeted, C::kHelo, S::kReady),   yes(S::kGreeted, C::kEhlo, S::kReady),
    yes(S::kGreeted, C::kLhlo, S::kReady),   no(S::kGreeted, C::kAuth, kHelloFirst),
    no(S::kGreeted, C::kMail, kHelloFirst),  no(S::kGreeted, C::kRcpt, kHelloFirst),
    no(S::kGreeted, C::kData, kHelloFirst),  yes(S::kGreeted, C::kRset, S::kGreeted),
    yes(S::kGreeted, C::kVrfy, S::kGreeted), yes(S::kGreeted, C::kExpn, S::kGreeted),
    yes(S::kGreeted, C::kHelp, S::kGreeted), yes(S::kGreeted, C::kNoop, S::kGreeted),
    yes(S::kGreeted, C::kQuit, S::kClosed),

    yes(S::kReady, C::kHelo, S::kReady),     yes(S::kReady, C::kEhlo, S::kReady),
    yes(S::kReady, C::kLhlo, S::kReady),     yes(S::kReady, C::kAuth, S::kReady),
    yes(S::kReady, C::kMail, S::kMail),      no(S::kReady, C::kRcpt, kMailFirst),
    no(S::kReady, C::kData, kMailFirst),     yes(S::kReady, C::kRset, S::kReady),
    yes(S::kReady, C::kVrfy, S::kReady),     yes(S::kReady, C::kExpn, S::kReady),
    yes(S::kReady, C::kHelp, S::kReady),     yes(S::kReady, C::kNoop, S::kReady),
    yes(S::kReady, C::kQuit, S::kClosed),

    yes(S::kMail, C::kHelo, S::kReady),      yes(S::kMail, C::kEhlo, S::kReady),
    yes(S::kMail, C::kLhlo, S::kReady),      no(S::kMail, C::kAuth, kInTransaction),
    no(S::kMail, C::kMail, kNested),         yes(S::kMail, C::kRcpt, S::kRcpt),
    no(S::kMail, C::kData, kRcptFirst),      yes(S::kMail, C::kRset, S::kReady),
    yes(S::kMail, C::kVrfy, S::kMail),       yes(S::kMail, C::kExpn, S::kMail),
    yes(S::kMail, C::kHelp, S::kMail),       yes(S::kMail, C::kNoop, S::kMail),
    yes(S::kMail, C::kQuit, S::kClosed),

    yes(S::kRcpt, C::kHelo, S::kReady),      yes(S::kRcpt, C::kEhlo, S::kReady),
    yes(S::kRcpt, C::kLhlo, S::kReady),      no(S::kRcpt, C::kAuth, kInTransaction),
    no(S::kRcpt, C::kMail, kNested),         yes(S::kRcpt, C::kRcpt, S::kRcpt),
    yes(S::kRcpt, C::kData, S::kData),       yes(S::kRcpt, C::kRset, S::kReady),
    yes(S::kRcpt, C::kVrfy, S::kRcpt),       yes(S::kRcpt, C::kExpn, S::kRcpt),
    yes(S::kRcpt, C::kHelp, S::kRcpt),       yes(S::kRcpt, C::kNoop, S::kRcpt),
    yes(S::kRcpt, C::kQuit, S::kClosed),
};

constexpr std::array<std::string_view, kStates> kStateNames = {
    "start", "greeted", "ready", "mail", "rcpt", "data", "auth", "closed"};

}  // namespace

std::string_view name_of(State state) { return kStateNames[static_cast<std::size_t>(state)]; }

const Transition& transition_of(State state, Command command) {
  // Before the greeting, inside a message or an AUTH exchange and after the end, no line is a
  // command.
  static constexpr Transition kNone = no(State::kClosed, Command::kNoop, kNotACommand);
  if (state < S::kGreeted || state > State::kRcpt) return kNone;
  const std::size_t block = static_cast<std::size_t>(state) - static_cast<std::size_t>(S::kGreeted);
  const Transition& row = kTable[block * kCommands + static_cast<std::size_t>(command)];
  CHECK(row.state == state && row.command == command);
  return row;
}

}  // namespace mailcosm::smtp
