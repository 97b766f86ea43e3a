#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/diff.h"

namespace mailcosm::cli {

Command diff_command() {
  const auto arguments = std::make_shared<DiffArguments>();
  Command command;
  command.name = "diff";
  command.about = "Show where two traces diverge, and what led to it";
  command.details = "The exit code is 0 if they are the same, and 1 if they differ.";
  command.argument("LEFT", arguments->left, "Trace file").completes = Completes::kTrace;
  command.argument("RIGHT", arguments->right, "Trace file").completes = Completes::kTrace;
  command.examples = {
      {"mailcosm run --quiet --trace a.trace --seed 1 my.yaml; mailcosm run --quiet --trace "
       "b.trace --seed 2 my.yaml; "
       "mailcosm diff a.trace b.trace",
       "Where do two runs part, and why?"},
  };
  command.run = [arguments] { return diff(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
