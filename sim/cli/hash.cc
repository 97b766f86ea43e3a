#include "sim/cli/hash.h"

#include <fmt/format.h>

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/play.h"
#include "sim/cli/scenario_file.h"

namespace mailcosm::cli {

int hash(const HashArguments& arguments) {
  const LoadedScenario loaded = load_scenario(arguments.scenario);
  if (!loaded.scenario) return loaded.exit_code;
  sim::World world(*loaded.scenario,
                   {sim::Layer::kPacket, arguments.tie_break_seed, arguments.threads});
  play(world, reproduction(arguments.scenario));
  std::string text = fmt::format("{:016x}  {}\n", world.digest(), arguments.scenario.file);
  if (arguments.hosts) {
    const auto& hosts = world.header().hosts;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
      text +=
          fmt::format("{:016x}  {}\n", world.digest(static_cast<sim::HostIndex>(i)), hosts[i].name);
    }
  }
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace mailcosm::cli
