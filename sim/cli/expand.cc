#include "sim/cli/expand.h"

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/scenario_file.h"
#include "sim/scenario/expand.h"

namespace mailcosm::cli {

int expand(const ExpandArguments& arguments) {
  const LoadedScenario loaded = load_scenario(arguments.scenario);
  if (!loaded.scenario) return loaded.exit_code;
  FileSink output(stdout);
  return output.write(sim::scenario::expand(*loaded.scenario)) && output.flush() ? kOk
                                                                                 : kRuntimeFailure;
}

}  // namespace mailcosm::cli
