// Loading a scenario for a command: reads the file, applies what the command line changes, and
// prints what is wrong.
#pragma once

#include <optional>

#include "sim/cli/arguments.h"
#include "sim/scenario/model.h"

namespace mailcosm::cli {

struct LoadedScenario {
  std::optional<sim::scenario::Scenario> scenario;
  int exit_code = 0;  // what to exit with if there is no scenario; the reason has been printed on
                      // standard error
};

LoadedScenario load_scenario(const ScenarioArguments& arguments);

}  // namespace mailcosm::cli
