#include "sim/core/simulator.h"

#include <gtest/gtest.h>

namespace mailcosm::sim {
namespace {

// Writes down what it receives and sends itself another event until `remaining` is used up.
class Recorder : public EventTarget {
 public:
  Recorder(Simulator& simulator, HostIndex host)
      : source_(simulator, host), id_(simulator.add_target(*this)) {}

  void handle(const Event& event) override {
    log += static_cast<char>(event.what);
    if (remaining-- > 0)
      source_.send(event.key.time + Duration(10), EventClass::kLocal, id_, event.what + 1);
  }
  void begin(Instant time, char what) {
    source_.send(time, EventClass::kLocal, id_, static_cast<std::uint32_t>(what));
  }

  std::string log;
  int remaining = 0;

 private:
  EventSource source_;
  TargetId id_;
};

TEST(SimulatorTest, TimeJumpsFromEventToEvent) {
  Simulator simulator;
  Recorder recorder(simulator, 0);
  recorder.remaining = 3;
  recorder.begin(Instant{100}, 'a');
  EXPECT_EQ(simulator.run_until(Instant{109}), 1u);
  EXPECT_EQ(simulator.now(), Instant{109});
  EXPECT_EQ(simulator.run(), 3u);
  EXPECT_EQ(recorder.log, "abcd");
  EXPECT_EQ(simulator.now(), Instant{130});
}

TEST(SimulatorTest, ForesightIsToldOfEventsBeforeTheirTurn) {
  struct Told final : Foresight {
    void foresee(const Event& event) const override { log += static_cast<char>(event.what); }
    mutable std::string log;
  };
  Simulator simulator;
  const Told told;
  simulator.set_foresight(told);
  Recorder recorder(simulator, 0);
  for (char what = 'a'; what <= 'h'; ++what) recorder.begin(Instant{100 + what}, what);
  simulator.run_some(Instant::never(), 2);
  EXPECT_EQ(recorder.log, "ab");
  EXPECT_FALSE(told.log.empty());
  EXPECT_EQ(told.log.find_first_of("ab"), std::string::npos);
  simulator.run();
  EXPECT_EQ(recorder.log, "abcdefgh");
  EXPECT_TRUE(told.log.ends_with('h'));
}

TEST(SimulatorTest, AnEventAtTheEndIsHandled) {
  Simulator simulator;
  Recorder recorder(simulator, 0);
  recorder.begin(Instant{100}, 'a');
  recorder.begin(Instant{101}, 'b');
  simulator.run_until(Instant{100});
  EXPECT_EQ(recorder.log, "a");
  EXPECT_EQ(simulator.pending(), 1u);
}

TEST(SimulatorTest, TieBreakSeedPermutesSourcesButNotOneSourcesOwnEvents) {
  std::string orders[2];
  for (std::uint64_t seed : {0u, 1u}) {
    Simulator simulator;
    simulator.set_tie_break_seed(seed);
    std::vector<std::unique_ptr<Recorder>> recorders;
    struct Sink : EventTarget {
      std::string log;
      void handle(const Event& event) override { log += static_cast<char>(event.what); }
    } sink;
    const TargetId id = simulator.add_target(sink);
    for (HostIndex host = 0; host < 8; ++host) {
      EventSource source(simulator, host);
      source.send(Instant{50}, EventClass::kPacket, id, 'a' + 2 * host);
      source.send(Instant{50}, EventClass::kPacket, id, 'b' + 2 * host);
    }
    simulator.run();
    orders[seed] = sink.log;
  }
  EXPECT_EQ(orders[0], "abcdefghijklmnop");
  EXPECT_NE(orders[1], orders[0]);
  for (char c = 'a'; c < 'p'; c = static_cast<char>(c + 2)) {
    EXPECT_LT(orders[1].find(c), orders[1].find(static_cast<char>(c + 1)));
  }
}

TEST(SimulatorTest, RunsBeforeATimeAndStaysAtTheLastEvent) {
  Simulator simulator;
  struct Sink : EventTarget {
    std::string log;
    void handle(const Event& event) override { log += static_cast<char>(event.what); }
  } sink;
  const TargetId id = simulator.add_target(sink);
  EventSource source(simulator, 0);
  for (const auto& [time, what] : {std::pair{10, 'a'}, {20, 'b'}, {20, 'c'}, {30, 'd'}})
    source.send(Instant{time}, EventClass::kLocal, id, static_cast<std::uint32_t>(what));
  EXPECT_EQ(simulator.next_time(), Instant{10});
  EXPECT_EQ(simulator.run_before(Instant{20}, UINT64_MAX), 1u);
  EXPECT_EQ(simulator.now(), Instant{10});
  EXPECT_EQ(simulator.run_before(Instant{31}, 1), 1u);
  EXPECT_EQ(simulator.next_time(), Instant{20});
  EXPECT_EQ(simulator.run_before(Instant{31}, UINT64_MAX), 2u);
  EXPECT_EQ(sink.log, "abcd");
  EXPECT_EQ(simulator.now(), Instant{30});
  EXPECT_EQ(simulator.events_handled(), 4u);
  EXPECT_EQ(simulator.next_time(), Instant::never());
}

TEST(SimulatorTest, ReachesATimeAtWhichTheWorldActs) {
  Simulator simulator;
  Recorder recorder(simulator, 0);
  simulator.reach(Instant{50});
  EXPECT_EQ(simulator.now(), Instant{50});
  EXPECT_EQ(simulator.last_event().key.event_class, EventClass::kScenario);
  EXPECT_EQ(simulator.last_event().key.time, Instant{50});
}

}  // namespace
}  // namespace mailcosm::sim
