#include <memory>

#include "sim/cli/commands.h"
#include "sim/cli/lint.h"

namespace mailcosm::cli {

Command lint_command() {
  const auto arguments = std::make_shared<LintArguments>();
  Command command;
  command.name = "lint";
  command.about = "Find what is legal in scenarios and most likely wrong, without running them";
  command.details =
      "An MX that points at an alias, a user whom nobody can reach, an expectation that can never "
      "fail: each finding is told with its place and the name of the rule behind it. docs/lint.md "
      "explains the rules. Where something is meant as it is, the key x-ignore says so.\n\n"
      "The exit code is 1 if there are warnings, 3 if a file is no scenario. Notes change nothing.";
  Option& paths = command.arguments("PATH", arguments->paths,
                                    "Scenario files, and folders of them; - reads standard input");
  paths.completes = Completes::kScenario;
  paths.required = false;
  command.flag("--json", arguments->json, "Print one JSON object on a line for each finding");
  command.flag("--rules", arguments->rules, "List the rules instead");
  command.flag("--reference", arguments->reference, "Print the page docs/lint.md instead");
  command.examples = {
      {"mailcosm lint scenarios", "Look through all scenarios of a folder."},
      {"mailcosm lint --rules", "See what is looked for."},
  };
  command.run = [arguments] { return lint(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
