#include <cstdio>
#include <exception>

#include "sim/cli/command_line.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_code.h"

int main(int count, char** words) {
  try {
    return mailcosm::cli::run_command_line(mailcosm::cli::command_line(), count, words);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "mailcosm: %s\n", exception.what());
    return mailcosm::cli::kRuntimeFailure;
  }
}
