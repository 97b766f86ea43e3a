#include "protocols/pop3/automaton.h"

#include <array>

#include "protocols/base/ascii.h"

namespace mailcosm::pop3 {
namespace {

using enum State;
using enum Command;

constexpr std::array<std::string_view, kCommands> kKeywords = {
    "USER", "PASS", "AUTH", "SASL response", "CAPA", "STAT", "LIST",   "RETR",
    "DELE", "NOOP", "RSET", "TOP",           "UIDL", "QUIT", "unknown"};

constexpr Transition kTransitions[] = {
    {kAuthorization, kUser, kUserGiven, kAuthorization},
    {kAuthorization, kAuth, kTransaction, kAuthorization},
    {kAuthorization, kCapa, kAuthorization, kAuthorization},
    {kAuthorization, kQuit, kClosed, kClosed},
    {kUserGiven, kPass, kTransaction, kAuthorization},
    {kUserGiven, kAuth, kTransaction, kAuthorization},
    {kUserGiven, kCapa, kUserGiven, kUserGiven},
    {kUserGiven, kQuit, kClosed, kClosed},
    {kAuthenticating, kSaslResponse, kTransaction, kAuthorization},
    {kTransaction, kCapa, kTransaction, kTransaction},
    {kTransaction, kStat, kTransaction, kTransaction},
    {kTransaction, kList, kTransaction, kTransaction},
    {kTransaction, kRetr, kTransaction, kTransaction},
    {kTransaction, kDele, kTransaction, kTransaction},
    {kTransaction, kNoop, kTransaction, kTransaction},
    {kTransaction, kRset, kTransaction, kTransaction},
    {kTransaction, kTop, kTransaction, kTransaction},
    {kTransaction, kUidl, kTransaction, kTransaction},
    {kTransaction, kQuit, kUpdate, kUpdate},
};

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case kAuthorization:
      return "AUTHORIZATION";
    case kUserGiven:
      return "AUTHORIZATION (user given)";
    case kAuthenticating:
      return "AUTHORIZATION (SASL exchange)";
    case kTransaction:
      return "TRANSACTION";
    case kUpdate:
      return "UPDATE";
    case kClosed:
      return "closed";
  }
  return "unknown";
}

std::string_view to_string(Command command) { return kKeywords[static_cast<std::size_t>(command)]; }

Command command_of(std::string_view keyword) {
  for (int i = 0; i < kCommands; ++i) {
    const auto command = static_cast<Command>(i);
    if (command == kSaslResponse || command == kUnknown) continue;
    if (ascii::equal_ignoring_case(keyword, to_string(command))) return command;
  }
  return kUnknown;
}

std::span<const Transition> transitions() { return kTransitions; }

const Transition* find_transition(State state, Command command) {
  for (const Transition& transition : kTransitions) {
    if (transition.state == state && transition.command == command) return &transition;
  }
  return nullptr;
}

bool is_multi_line(Command command, bool has_argument) {
  switch (command) {
    case kRetr:
    case kTop:
    case kCapa:
      return true;
    case kList:
    case kUidl:
      return !has_argument;
    default:
      return false;
  }
}

}  // namespace mailcosm::pop3
