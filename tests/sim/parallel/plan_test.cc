#include "sim/world/plan.h"

#include <gtest/gtest.h>

#include "sim/world/build_network.h"
#include "sim/world/read_scenario.h"

namespace mailcosm::sim {
namespace {

constexpr char kTwo[] = R"(mailcosm: 1
title: Two
organisations:
  red.com: {users: {alice: {devices: {laptop: imap}}}}
  blue.com: {users: {bob: {devices: {phone: imap}}}}
story:
  - {at: 1 s, alice writes: {to: bob@blue.com, subject: One, body: One.}}
)";

scenario::Scenario parsed(const std::string& text) {
  scenario::Parsed result = read_scenario("test.yaml", text);
  EXPECT_TRUE(result.scenario.has_value()) << scenario::to_text(result.problems);
  return result.scenario ? *std::move(result.scenario) : scenario::Scenario();
}

TEST(PlanTest, ASmallScenarioRunsOnOneThreadUnlessAsked) {
  const scenario::Scenario scenario = parsed(kTwo);
  const Topology topology = build_topology(scenario);
  const Plan plan = plan_of(scenario, topology, 0);
  EXPECT_EQ(plan.threads, 1u);
  EXPECT_EQ(plan.cut.partitions(), 1u);
  EXPECT_NE(explain(plan, scenario, topology).find("Decision: 1 thread."), std::string::npos);
  const Plan asked = plan_of(scenario, topology, 2);
  EXPECT_EQ(asked.threads, 2u);
  // Several for each thread, as far as only links between organisations are cut.
  EXPECT_GE(asked.cut.partitions(), 3u);
  EXPECT_LE(asked.cut.partitions(), 16u);
  EXPECT_GE(asked.look_ahead, std::chrono::milliseconds(10));
}

TEST(PlanTest, AFaultThatWaitsForARecordKeepsTheWorldWhole) {
  const scenario::Scenario scenario = parsed(std::string(kTwo) + R"(faults:
  - {when: {line: {host: mx1.blue.com, protocol: smtp}}, for: 1 s, host: {name: mx1.blue.com, loses: power}}
)");
  const Topology topology = build_topology(scenario);
  const Plan plan = plan_of(scenario, topology, 4);
  EXPECT_EQ(plan.threads, 1u);
  EXPECT_EQ(plan.cut.partitions(), 1u);
  EXPECT_NE(explain(plan, scenario, topology).find("waits for a record"), std::string::npos);
}

TEST(PlanTest, TellsWhatIsCutAndHowFarPartitionsMayRunAhead) {
  const scenario::Scenario scenario = parsed(kTwo);
  const Topology topology = build_topology(scenario);
  const std::string text = explain(plan_of(scenario, topology, 2), scenario, topology);
  for (const char* part : {" partitions; links shorter than ",
                           "Partition 1: ", "Partition 2: ", "Links that are cut: ", "Look-ahead",
                           "Forecast: ", "Decision: 2 of 2 threads"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in:\n" << text;
  }
}

}  // namespace
}  // namespace mailcosm::sim
