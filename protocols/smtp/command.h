// Command: the verbs of SMTP and LMTP, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailcosm::smtp {

enum class Command : std::uint8_t {
  kHelo,
  kEhlo,
  kLhlo,
  kAuth,
  kMail,
  kRcpt,
  kData,
  kRset,
  kVrfy,
  kExpn,
  kHelp,
  kNoop,
  kQuit,
};
inline constexpr int kCommands = static_cast<int>(Command::kQuit) + 1;

std::string_view name_of(Command command);
// Without regard to case (RFC 5321 section 2.4).
std::optional<Command> command_of(std::string_view verb);

}  // namespace mailcosm::smtp
