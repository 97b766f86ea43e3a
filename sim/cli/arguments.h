// Options that several commands share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/cli/command.h"

namespace mailcosm::cli {

// A scenario file ("-": standard input) and what changes it from the outside.
struct ScenarioArguments {
  std::string file;
  std::vector<std::string> overrides;  // "key.path=value"
  std::optional<std::uint64_t> seed;
  std::string until;  // a duration as in a scenario, or empty
};

// Adds SCENARIO, --set, --seed and --until.
void add_scenario(Command& command, ScenarioArguments& scenario);
// Only the last three.
void add_scenario_changes(Command& command, ScenarioArguments& scenario);

// Adds --threads N|auto; 0 stands for auto.
void add_threads(Command& command, std::size_t& threads);

// Adds --tie-break shuffle:SEED.
void add_tie_break(Command& command, std::uint64_t& seed);

}  // namespace mailcosm::cli
