#include "sim/cli/scenario_file.h"

#include <fmt/format.h>

#include <cstdio>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/scenario/limits.h"
#include "sim/world/read_scenario.h"

namespace mailcosm::cli {
namespace {

LoadedScenario refuse(const std::string& text, int exit_code) {
  std::fputs(text.c_str(), stderr);
  return {std::nullopt, exit_code};
}

}  // namespace

LoadedScenario load_scenario(const ScenarioArguments& arguments) {
  const auto text = read_file(arguments.file, sim::scenario::kFileSizeMax);
  if (!text) {
    // A file that is too large is a scenario that is wrong; one that cannot be read is not.
    const bool too_large = text.error().offset != 0;
    return refuse(fmt::format("{}\n", text.error().what),
                  too_large ? kScenarioInvalid : kRuntimeFailure);
  }
  std::vector<sim::scenario::Override> overrides;
  std::vector<std::string> changes = arguments.overrides;
  if (arguments.seed) changes.push_back(fmt::format("seed={}", *arguments.seed));
  if (!arguments.until.empty()) changes.push_back("until=" + arguments.until);
  for (const std::string& change : changes) {
    auto parsed = sim::scenario::parse_override(change);
    if (!parsed) return refuse(fmt::format("--set {}: {}\n", change, parsed.error().what), kUsage);
    overrides.push_back(std::move(*parsed));
  }
  auto parsed = sim::read_scenario(arguments.file, *text, overrides);
  if (!parsed.scenario) return refuse(sim::scenario::to_text(parsed.problems), kScenarioInvalid);
  return {std::move(parsed.scenario), kOk};
}

}  // namespace mailcosm::cli
