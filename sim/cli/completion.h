// Completion scripts for shells.
#pragma once

#include <string>

#include "sim/cli/command.h"

namespace mailcosm::cli {

// To be sourced, or put where the shell looks for completions by itself.
std::string bash_completion(const CommandLine& line);
std::string zsh_completion(const CommandLine& line);
std::string fish_completion(const CommandLine& line);

}  // namespace mailcosm::cli
