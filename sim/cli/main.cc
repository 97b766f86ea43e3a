#include <cstdio>
#include <exception>

#include "sim/cli/command_line.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_code.h"

namespace {

// What was printed counts only once it has arrived: a full disk must not look like success.
int delivered(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  if (exit_code != mailcosm::cli::kRuntimeFailure) {
    std::fputs("mailcosm: the output could not be written completely (disk full?)\n", stderr);
  }
  return mailcosm::cli::kRuntimeFailure;
}

}  // namespace

int main(int count, char** words) {
  try {
    return delivered(mailcosm::cli::run_command_line(mailcosm::cli::command_line(), count, words));
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "mailcosm: %s\n", exception.what());
    return mailcosm::cli::kRuntimeFailure;
  }
}
