#include <cstdio>
#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/completion.h"
#include "sim/cli/exit_code.h"

namespace mailcosm::cli {
namespace {

int print_completion(const std::string& shell) {
  const CommandLine line = command_line();
  const std::string script = shell == "bash"  ? bash_completion(line)
                             : shell == "zsh" ? zsh_completion(line)
                                              : fish_completion(line);
  std::fputs(script.c_str(), stdout);
  return kOk;
}

}  // namespace

Command completion_command() {
  const auto shell = std::make_shared<std::string>();
  Command command;
  command.name = "completion";
  command.about = "Print the completion script of a shell";
  command.details =
      "With the script the shell completes commands, options, their values and the names of "
      "scenario files.";
  command.argument("SHELL", *shell, "The shell").choices = {"bash", "zsh", "fish"};
  command.examples = {
      {"source <(mailcosm completion bash)",
       "Complete in this bash; put the line into ~/.bashrc for all."},
      {"mailcosm completion zsh > ~/.zfunc/_mailcosm", "For zsh, if ~/.zfunc is in $fpath."},
      {"mailcosm completion fish > ~/.config/fish/completions/mailcosm.fish", "For fish."},
  };
  command.run = [shell] { return print_completion(*shell); };
  return command;
}

}  // namespace mailcosm::cli
