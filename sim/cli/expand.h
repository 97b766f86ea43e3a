// `mailcosm expand`: prints a scenario with every shorthand spelled out.
#pragma once

#include "sim/cli/arguments.h"

namespace mailcosm::cli {

struct ExpandArguments {
  ScenarioArguments scenario;
};

int expand(const ExpandArguments& arguments);

}  // namespace mailcosm::cli
