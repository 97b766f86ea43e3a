#include <memory>

#include "sim/cli/check.h"
#include "sim/cli/commands.h"

namespace mailcosm::cli {

Command check_command() {
  const auto arguments = std::make_shared<CheckArguments>();
  Command command;
  command.name = "check";
  command.about = "Say what is wrong with scenario files, without running them";
  command.details =
      "Every problem is told with file, line and column, the line itself with a caret, and a "
      "suggestion where there "
      "is one. The exit code is 3 if any file has a problem.";
  command.arguments("SCENARIO", arguments->files, "Scenario files; - reads standard input")
      .completes = Completes::kScenario;
  command.examples = {
      {"mailcosm check scenarios/*/*.yaml", "Check all scenarios of this project."},
      {"mailcosm expand my.yaml | mailcosm check -", "Check what another command wrote."},
  };
  command.run = [arguments] { return check(*arguments); };
  return command;
}

}  // namespace mailcosm::cli
