// Playing a world to its end for a command: progress on standard error, and a useful report if the
// program itself fails.
#pragma once

#include <functional>
#include <string>

#include "sim/cli/arguments.h"
#include "sim/world/world.h"

namespace mailcosm::cli {

// The command line that runs the same scenario again.
std::string reproduction(const ScenarioArguments& arguments);

// Runs the world to its end, or until `is_over`, which is asked now and then, says so, and decides
// its expectations. While it runs, a failed CHECK also prints where the world was and
// `reproduction`.
void play(
    sim::World& world, const std::string& reproduction,
    const std::function<bool()>& is_over = [] { return false; });

}  // namespace mailcosm::cli
