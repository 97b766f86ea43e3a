#include "sim/cli/play.h"

#include <fmt/format.h>

#include <cstdio>

#include "protocols/base/check.h"
#include "sim/cli/progress.h"

namespace mailcosm::cli {
namespace {

constexpr std::uint64_t kSlice =
    50'000;  // events between two looks at the clock: some milliseconds

// What the CHECK reporter, a plain function, needs to know.
const sim::World* playing_world = nullptr;
const std::string* playing_reproduction = nullptr;

void report_position() {
  if (playing_world == nullptr) return;
  std::fprintf(stderr, "%s\nReproduce it with: %s\n", playing_world->position().c_str(),
               playing_reproduction->c_str());
}

}  // namespace

std::string reproduction(const ScenarioArguments& arguments) {
  std::string command = fmt::format("mailcosm run {}", arguments.file);
  if (arguments.seed) command += fmt::format(" --seed {}", *arguments.seed);
  if (!arguments.until.empty()) command += fmt::format(" --until '{}'", arguments.until);
  for (const std::string& change : arguments.overrides)
    command += fmt::format(" --set '{}'", change);
  return command;
}

void play(sim::World& world, const std::string& reproduction,
          const std::function<bool()>& is_over) {
  playing_world = &world;
  playing_reproduction = &reproduction;
  set_check_reporter(report_position);
  Progress progress(true);
  while (world.advance(kSlice) && !is_over()) progress.show(world.now(), world.events());
  world.finish();
  set_check_reporter(nullptr);
  playing_world = nullptr;
}

}  // namespace mailcosm::cli
