#include "sim/cli/expand.h"

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/scenario_file.h"
#include "sim/scenario/expand.h"

namespace mailcosm::cli {

int expand(const ExpandArguments& arguments) {
  const LoadedScenario loaded = load_scenario(arguments.scenario);
  if (!loaded.scenario) return loaded.exit_code;
  std::fputs(sim::scenario::expand(*loaded.scenario).c_str(), stdout);
  return kOk;
}

}  // namespace mailcosm::cli
