#include "tests/sim/golden/run_golden.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "sim/golden/golden_recorder.h"
#include "sim/world/read_scenario.h"
#include "sim/world/world.h"

namespace mailcosm::sim {

Golden golden_of(std::string_view scenario, const std::vector<scenario::Override>& changes,
                 Layer depth) {
  const scenario::Parsed parsed = read_scenario("test.yaml", scenario, changes);
  EXPECT_TRUE(parsed.scenario.has_value()) << scenario::to_text(parsed.problems);
  if (!parsed.scenario) return {};
  World world(*parsed.scenario, {depth, 0});
  GoldenRecorder recorder(world.header(), scenario_digest(scenario), parsed.scenario->seed);
  world.add_sink(recorder);
  while (world.advance(100'000)) {
  }
  world.finish();
  return recorder.finish({world.packets(), world.link_draws()});
}

Golden golden_of_alice_to_bob(const std::vector<scenario::Override>& changes, Layer depth) {
  std::ifstream file("scenarios/first/alice_to_bob.yaml", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return golden_of(text, changes, depth);
}

}  // namespace mailcosm::sim
