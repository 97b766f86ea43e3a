// All commands. To add one: arguments_NAME.cc defines its Command, NAME.h and NAME.cc what it does;
// it is declared here and listed in commands.cc, where the order is that of the help.
#pragma once

#include "sim/cli/command.h"

namespace mailcosm::cli {

Command bench_command();
Command check_command();
Command completion_command();
Command diff_command();
Command expand_command();
Command hash_command();
Command help_command();
Command lint_command();
Command new_command();
Command run_command();
Command schema_command();
Command test_command();
Command view_command();

CommandLine command_line();

}  // namespace mailcosm::cli
