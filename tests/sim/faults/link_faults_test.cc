#include "sim/faults/link_faults.h"

#include <gtest/gtest.h>

#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

using scenario::LinkFault;
using scenario::PartitionFault;

LinkFault between_a_and_r() {
  LinkFault fault;
  fault.a = "a";
  fault.b = "r";
  return fault;
}

class LinkFaultsTest : public testing::Test {
 protected:
  const LinkSettings& from(std::string_view a, std::string_view b) {
    const Topology& topology = world_.network.topology();
    return topology.lane(topology.lane_between(*topology.find(a), *topology.find(b))).settings;
  }
  std::vector<std::string> changes() const {
    std::vector<std::string> texts;
    for (const auto& entry : world_.log.entries) {
      if (entry.kind == Kind::kLinkChanged)
        texts.push_back(entry.texts[0] + "-" + entry.texts[1] + ": " + entry.texts[2]);
    }
    return texts;
  }
  NetWorld world_;
  LinkFaults faults_{world_.network};
};

TEST_F(LinkFaultsTest, EverySettingChangesAndReturns) {
  const LinkSettings before = from("a", "r");
  LinkFault fault = between_a_and_r();
  fault.latency = std::chrono::milliseconds(300);
  fault.jitter = std::chrono::milliseconds(5);
  fault.bandwidth = 64'000;
  fault.loss = 20'000;
  fault.duplication = 10'000;
  fault.reorders = true;
  fault.queue = 7;
  faults_.begin(0, fault, {});
  for (const LinkSettings& settings : {from("a", "r"), from("r", "a")}) {
    EXPECT_EQ(settings.latency, std::chrono::milliseconds(300));
    EXPECT_EQ(settings.jitter, std::chrono::milliseconds(5));
    EXPECT_EQ(settings.bits_per_second, 64'000u);
    EXPECT_EQ(settings.loss_per_million, 20'000u);
    EXPECT_EQ(settings.duplicate_per_million, 10'000u);
    EXPECT_TRUE(settings.may_reorder);
    EXPECT_EQ(settings.queue_packets_max, 7u);
    EXPECT_TRUE(settings.up);
  }
  faults_.end(0, {});
  EXPECT_EQ(from("a", "r"), before);
  EXPECT_EQ(changes(), (std::vector<std::string>{
                           "a-r: latency 300 ms, jitter 5 ms, bandwidth 64 kbit/s, loss 2 %, "
                           "duplication 1 %, reorders, queue 7",
                           "a-r: latency 1 ms, jitter 0 s, bandwidth unlimited, loss 0 %, "
                           "duplication 0 %, keeps the order, queue 1000"}));
}

TEST_F(LinkFaultsTest, OneWayLeavesTheOtherAlone) {
  LinkFault fault = between_a_and_r();
  fault.one_way = true;
  fault.up = false;
  faults_.begin(0, fault, {});
  EXPECT_FALSE(from("a", "r").up);
  EXPECT_TRUE(from("r", "a").up);
}

TEST_F(LinkFaultsTest, TheYoungestFaultCountsAndTheOldestReturns) {
  LinkFault slow = between_a_and_r(), slower = between_a_and_r();
  slow.latency = std::chrono::milliseconds(10);
  slower.latency = std::chrono::milliseconds(20);
  faults_.begin(0, slow, {});
  faults_.begin(1, slower, {});
  EXPECT_EQ(from("a", "r").latency, std::chrono::milliseconds(20));
  faults_.end(0, {});
  EXPECT_EQ(from("a", "r").latency, std::chrono::milliseconds(20));
  faults_.end(1, {});
  EXPECT_EQ(from("a", "r").latency, std::chrono::milliseconds(1));
}

TEST_F(LinkFaultsTest, AFlapGoesDownAndUpUntilItsEnd) {
  LinkFault fault = between_a_and_r();
  fault.flap_down = fault.flap_up = std::chrono::seconds(1);
  faults_.begin(0, fault, {});
  EXPECT_FALSE(from("a", "r").up);
  faults_.flap(0, {});
  EXPECT_TRUE(from("a", "r").up);
  faults_.flap(0, {});
  EXPECT_FALSE(from("a", "r").up);
  faults_.end(0, {});
  EXPECT_TRUE(from("a", "r").up);
  faults_.flap(0, {});
  EXPECT_TRUE(from("a", "r").up) << "it is over";
}

TEST_F(LinkFaultsTest, APartitionCutsWhatLeadsOutOfTheGroupOnly) {
  faults_.begin(0, PartitionFault{{"a", "r"}}, {});
  EXPECT_TRUE(from("a", "r").up);
  EXPECT_FALSE(from("r", "b").up);
  EXPECT_FALSE(from("b", "r").up);
  EXPECT_EQ(changes(), (std::vector<std::string>{"r-b: down"}));
  faults_.end(0, {});
  EXPECT_TRUE(from("r", "b").up);
}

TEST_F(LinkFaultsTest, WhatChangesNothingIsNotTold) {
  LinkFault fault = between_a_and_r();
  fault.up = true;
  faults_.begin(0, fault, {});
  faults_.end(0, {});
  EXPECT_TRUE(changes().empty());
}

TEST_F(LinkFaultsTest, APacketThatIsLostNamesTheChange) {
  LinkFault fault = between_a_and_r();
  fault.up = false;
  fault.one_way = true;
  Mailslot slot;
  auto socket = world_.a().bind({}, slot);
  Mailslot sink;
  auto other = world_.b().bind(world_.at_b(53), sink);
  socket->send_to(world_.at_b(53), "x");
  world_.simulator.run_until(Instant{} + std::chrono::microseconds(1));
  faults_.begin(0, fault, {});
  world_.run();
  const auto dropped = std::find_if(world_.log.entries.begin(), world_.log.entries.end(),
                                    [](const auto& e) { return e.kind == Kind::kPacketDropped; });
  ASSERT_NE(dropped, world_.log.entries.end());
  ASSERT_EQ(dropped->causes.size(), 2u);
  const auto* change = world_.log.find(dropped->causes[1]);
  ASSERT_NE(change, nullptr);
  EXPECT_EQ(change->kind, Kind::kLinkChanged);
}

}  // namespace
}  // namespace mailcosm::sim
