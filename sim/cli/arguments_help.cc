#include <cstdio>
#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/exit_code.h"
#include "sim/cli/help_text.h"
#include "sim/cli/man_page.h"
#include "sim/cli/terminal.h"

namespace mailcosm::cli {
namespace {

struct HelpArguments {
  std::string command;
  bool man = false;
};

int print_help(const HelpArguments& arguments) {
  const CommandLine line = command_line();
  const Command* command = arguments.command.empty() ? nullptr : line.find(arguments.command);
  if (command == nullptr && !arguments.command.empty()) {
    std::fprintf(stderr, "mailcosm: there is no command '%s'\nTry 'mailcosm help'.\n",
                 arguments.command.c_str());
    return kUsage;
  }
  const std::string text = arguments.man        ? man_page(line)
                           : command != nullptr ? help_text(line, *command, width_of_stdout())
                                                : help_text(line, width_of_stdout());
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace

Command help_command() {
  const auto arguments = std::make_shared<HelpArguments>();
  Command command;
  command.name = "help";
  command.about = "Print the help of a command, or the man page";
  Option& name =
      command.argument("COMMAND", arguments->command, "The command; without it, the list of all");
  name.required = false;
  name.completes = Completes::kCommand;
  command.flag("--man", arguments->man, "Print the man page of all commands instead, for man -l -");
  command.examples = {
      {"mailcosm help diff", "The same as mailcosm diff --help."},
      {"mailcosm help --man | man -l -", "Read the man page where none is installed."},
  };
  command.run = [arguments] { return print_help(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
