// Parses the words of the command line and runs the command they ask for.
#pragma once

#include "sim/cli/command.h"

namespace mailcosm::cli {

// Gives the exit code. Prints help on standard output, and errors with a hint on standard error.
int run_command_line(const CommandLine& line, int count, char** words);

}  // namespace mailcosm::cli
