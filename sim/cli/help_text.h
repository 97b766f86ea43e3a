// What --help prints.
#pragma once

#include <string>

#include "sim/cli/command.h"

namespace mailcosm::cli {

// Of the program: its commands, examples and exit codes. At most `width` columns where words allow
// it.
std::string help_text(const CommandLine& line, std::size_t width);
std::string help_text(const CommandLine& line, const Command& command, std::size_t width);

// "mailcosm run [OPTIONS] SCENARIO"
std::string synopsis(const CommandLine& line, const Command& command);

// What an option means, with its choices and default.
std::string explanation_of(const Option& option);

// The exit codes that every command shares, with their meaning.
struct ExitCodeText {
  int code;
  const char* meaning;
};
std::vector<ExitCodeText> exit_codes();

}  // namespace mailcosm::cli
