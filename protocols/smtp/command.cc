#include "protocols/smtp/command.h"

#include <array>

#include "protocols/base/ascii.h"

namespace mailcosm::smtp {
namespace {

constexpr std::array<std::string_view, kCommands> kNames = {"HELO", "EHLO", "LHLO", "AUTH", "MAIL",
                                                            "RCPT", "DATA", "RSET", "VRFY", "EXPN",
                                                            "HELP", "NOOP", "QUIT"};

}  // namespace

std::string_view name_of(Command command) { return kNames[static_cast<std::size_t>(command)]; }

std::optional<Command> command_of(std::string_view verb) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (ascii::equal_ignoring_case(kNames[i], verb)) return static_cast<Command>(i);
  }
  return std::nullopt;
}

}  // namespace mailcosm::smtp
