#include "sim/cli/arguments.h"

#include <fmt/format.h>

namespace mailcosm::cli {
namespace {

constexpr std::uint64_t kThreadsMax = 256;

}  // namespace

void add_scenario(Command& command, ScenarioArguments& scenario) {
  command.argument("SCENARIO", scenario.file, "Scenario file; - reads standard input").completes =
      Completes::kScenario;
  add_scenario_changes(command, scenario);
}

void add_scenario_changes(Command& command, ScenarioArguments& scenario) {
  command.texts("--set", "KEY=VALUE", scenario.overrides,
                "Replace a value of the scenario: key.path=value; may be given several times");
  command.number("--seed", "N", scenario.seed,
                 "Seed of all random streams, instead of the scenario's");
  command.text("--until", "DURATION", scenario.until,
               "End the run at this virtual time, for example '2 h'");
}

void add_threads(Command& command, std::size_t& threads) {
  command.parsed(
      "--threads", "N",
      [&threads](const std::string& text) {
        std::uint64_t number = 0;
        if (text != "auto" &&
            (!parse_number(text, number).empty() || number == 0 || number > kThreadsMax))
          return fmt::format("expects a number from 1 to {}, or auto", kThreadsMax);
        threads = number;
        return std::string();
      },
      "Run one world on so many threads, or auto (default): several where they pay. The outcome is "
      "the same");
}

void add_tie_break(Command& command, std::uint64_t& seed) {
  command.parsed(
      "--tie-break", "shuffle:SEED",
      [&seed](const std::string& text) {
        const std::string prefix = "shuffle:";
        if (text.starts_with(prefix) && parse_number(text.substr(prefix.size()), seed).empty())
          return std::string();
        return std::string("expects shuffle:SEED, for example shuffle:1");
      },
      "Permute simultaneous events, to find what leans on their order");
}

}  // namespace mailcosm::cli
