#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/hash.h"

namespace mailcosm::cli {

Command hash_command() {
  const auto arguments = std::make_shared<HashArguments>();
  Command command;
  command.name = "hash";
  command.about = "Run a scenario and print the digest of its full trace";
  command.details =
      "Two runs with the same digest did the same at the same times, down to single packets.";
  add_scenario(command, arguments->scenario);
  command.flag("--hosts", arguments->hosts, "Also print one digest for each host");
  add_tie_break(command, arguments->tie_break_seed);
  add_threads(command, arguments->threads);
  command.examples = {
      {"mailcosm hash scenarios/first/alice_to_bob.yaml",
       "Compare the line with that of another machine."},
      {"mailcosm hash --hosts --seed 2 my.yaml", "Find the host where two runs differ."},
  };
  command.run = [arguments] { return hash(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
