#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/expand.h"

namespace mailcosm::cli {

Command expand_command() {
  const auto arguments = std::make_shared<ExpandArguments>();
  Command command;
  command.name = "expand";
  command.about = "Print a scenario with every shorthand spelled out";
  command.details =
      "Shows every host, link, zone and server behind an organisation. What is printed is a "
      "scenario itself, and "
      "runs in the same way.";
  add_scenario(command, arguments->scenario);
  command.examples = {
      {"mailcosm expand scenarios/first/alice_to_bob.yaml",
       "Show what the two organisations consist of."},
      {"mailcosm expand my.yaml > full.yaml", "Start from here to change a single link or record."},
  };
  command.run = [arguments] { return expand(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
