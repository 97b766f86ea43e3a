#include <fmt/format.h>

#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/new.h"
#include "sim/cli/new_templates.h"

namespace mailcosm::cli {

Command new_command() {
  const auto arguments = std::make_shared<NewArguments>();
  Command command;
  command.name = "new";
  command.about = "Write a commented scenario to start from";
  command.details =
      "Writes NAME.yaml and never over a file that is there. Every line of it may be changed; what "
      "it says in "
      "comments is what people want to know first. The templates are:\n";
  std::vector<std::string> names;
  for (const NewTemplate& one : new_templates()) {
    names.emplace_back(one.name);
    command.details += fmt::format("\n  {:<14} {}", one.name, one.about);
  }
  command.argument("NAME", arguments->name,
                   "Name of the scenario: letters, digits, '-', '_' and '.'; may be in a folder");
  command.choice("-t,--template", "TEMPLATE", arguments->scenario_template, std::move(names),
                 "What to start from");
  command.examples = {
      {"mailcosm new lunch && mailcosm run lunch.yaml", "Write lunch.yaml and tell its story."},
      {"mailcosm new --template failure scenarios/mine/typo", "Start from a mail that comes back."},
  };
  command.run = [arguments] { return make_new(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
