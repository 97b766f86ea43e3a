#include "sim/cli/check.h"

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/scenario_file.h"

namespace mailcosm::cli {

int check(const CheckArguments& arguments) {
  int exit_code = kOk;
  for (const std::string& file : arguments.files) {
    const LoadedScenario loaded = load_scenario({file, {}, {}, {}});
    if (loaded.scenario) {
      std::printf("%s: ok\n", file.c_str());
    } else {
      exit_code = loaded.exit_code;
    }
  }
  return exit_code;
}

}  // namespace mailcosm::cli
