#include "bench/beside_line.h"

#include <gtest/gtest.h>

namespace mailcosm::bench {
namespace {

const Figures kOurs = {{"engine", 100, "ns/event", 1, "", true},
                       {"dialogues", 30'000, "connections/s", 0, "", true}};

std::string line(std::string_view text) {
  const BesideLine read = read_beside_line(text, kOurs);
  return read.figure ? line_of(*read.figure) : "missing: " + read.missing;
}

TEST(BesideLineTest, APeersRateIsOurShare) {
  EXPECT_EQ(line("peer\tdialogues\tns-3\t451.2\tconnections/s\tmore\tno octets"),
            "ns-3: 451 connections/s (beside dialogues: Mailcosm is 66.5 times as fast; no "
            "octets)\n");
}

TEST(BesideLineTest, APeersTimeIsTheOtherWayRound) {
  EXPECT_EQ(line("peer\tengine\tns-3\t1475\tns/event\tless\t"),
            "ns-3: 1,475 ns/event (beside engine: Mailcosm is 14.8 times as fast)\n");
  EXPECT_EQ(line("peer\tengine\tfast\t50\tns/event\tless\t"),
            "fast: 50.0 ns/event (beside engine: Mailcosm is 0.5 times as fast)\n");
}

TEST(BesideLineTest, InstructionsDoNotDependOnTheMachine) {
  const BesideLine read = read_beside_line("instructions\tmail\t915245\tone mail", kOurs);
  ASSERT_TRUE(read.figure);
  EXPECT_EQ(line_of(*read.figure), "instructions, mail: 915,245 instructions (one mail)\n");
  EXPECT_FALSE(read.figure->machine);
}

TEST(BesideLineTest, WhatIsMissingIsASentence) {
  EXPECT_EQ(line("missing\tns-3 is not installed (apt-get install libns3-dev)"),
            "missing: ns-3 is not installed (apt-get install libns3-dev)");
}

TEST(BesideLineTest, WhatIsNotUnderstoodIsShown) {
  for (const char* text :
       {"Traceback", "", "peer\tengine\tns-3\tfast\tns/event\tless\t",
        "peer\tengine\tns-3\t0\tns/event\tless\t", "peer\tnobody\tns-3\t1\tns/event\tless\t",
        "instructions\tmail\t-1\tone mail", "instructions\tmail\t1"}) {
    EXPECT_EQ(line(text),
              std::string("missing: bench/beside.py said what is not understood: ") + text);
  }
}

}  // namespace
}  // namespace mailcosm::bench
