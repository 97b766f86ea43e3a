#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/diff.h"

namespace mailcosm::cli {

Command diff_command() {
  const auto arguments = std::make_shared<DiffArguments>();
  Command command;
  command.name = "diff";
  command.about = "Show where two runs diverge, and what led to it";
  command.details =
      "Compares two trace files record by record, or two of goldens and scenarios (which are run) "
      "step by step. It "
      "says which layer moved, for example that only times did, shows the first divergence with "
      "its causes, and "
      "counts differences by kind and host. Records are paired by their ids and steps by what they "
      "are, so that "
      "something that happens in addition shifts nothing else.\n\n"
      "The exit code is 0 if they are the same, and 1 if they differ.";
  command.argument("LEFT", arguments->left, "Trace, golden or scenario file").completes =
      Completes::kTrace;
  command.argument("RIGHT", arguments->right, "What to compare with it").completes =
      Completes::kTrace;
  command.examples = {
      {"mailcosm diff scenarios/first/alice_to_bob.golden scenarios/first/alice_to_bob.yaml",
       "What has changed since the golden was written?"},
      {"mailcosm diff one.yaml two.yaml", "How do the runs of two scenarios differ?"},
      {"mailcosm diff a.trace b.trace",
       "Where do two runs part that were written with run --trace?"},
  };
  command.run = [arguments] { return diff(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
