// `mailcosm hash`: prints the digest of a run.
#pragma once

#include "sim/cli/arguments.h"

namespace mailcosm::cli {

struct HashArguments {
  ScenarioArguments scenario;
  bool hosts = false;
  std::uint64_t tie_break_seed = 0;
  std::size_t threads = 0;  // 0: as many as pay
};

int hash(const HashArguments& arguments);

}  // namespace mailcosm::cli
