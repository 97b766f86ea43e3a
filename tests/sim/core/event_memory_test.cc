// What pending and handled events cost in memory.
#include <gtest/gtest.h>

#include "protocols/base/random.h"
#include "sim/core/simulator.h"
#include "tests/support/allocations.h"

namespace mailcosm::sim {
namespace {

// From microseconds to minutes, as in a world of mail.
std::int64_t random_delay(Random& random) {
  const std::uint64_t scales[] = {2'000, 300'000, 40'000'000, 60'000'000'000};
  return static_cast<std::int64_t>(1 + random.below(scales[random.below(4)]));
}

// Answers each event with another one.
class Echo final : public EventTarget {
 public:
  Echo(Simulator& simulator, std::uint64_t seed)
      : source_(simulator, 1), id_(simulator.add_target(*this)), random_(seed) {}
  void handle(const Event& event) override {
    source_.send(event.key.time + Duration(random_delay(random_)), EventClass::kLocal, id_, 0);
  }

 private:
  EventSource source_;
  TargetId id_;
  Random random_;
};

TEST(EventMemoryTest, EventsAllocateNothingOnceTheQueueHasItsWorkingSize) {
  Simulator simulator;
  Echo echo(simulator, 1);
  const Event start{{Instant{0}, EventClass::kLocal, 0, 0}, 0, 0, 0, 0};
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    Event event = start;
    event.key.sequence = i;
    simulator.schedule(event);
  }
  simulator.run_some(Instant::never(), 500'000);
  const test::AllocationCounter counter;
  simulator.run_some(Instant::never(), 300'000);
  EXPECT_EQ(counter.count(), 0u);
}

TEST(EventMemoryTest, APendingEventTakesAtMost60Octets) {
  constexpr std::uint64_t kEvents = 100'000;
  Random random(1);
  const test::AllocationCounter counter;
  EventQueue queue;
  for (std::uint64_t i = 0; i < kEvents; ++i)
    queue.push({{Instant{random_delay(random)}, EventClass::kLocal, 1, i}, 0, 0, 0, 0});
  EXPECT_LE(counter.octets(), kEvents * 60);
}

// Slots that were once full must not keep their memory: what a burst took serves the next one,
// wherever that is.
TEST(EventMemoryTest, BurstsInManyPlacesTakeTheMemoryOfOne) {
  constexpr std::uint64_t kEvents = 10'000;
  EventQueue queue;
  std::uint64_t sequence = 0;
  const auto burst = [&](std::int64_t at) {
    for (std::uint64_t i = 0; i < kEvents; ++i)
      queue.push(
          {{Instant{at + static_cast<std::int64_t>(i) * 50}, EventClass::kLocal, 1, ++sequence},
           0,
           0,
           0,
           0});
    while (!queue.empty()) queue.pop();
  };
  burst(1'000'000);
  const test::AllocationCounter counter;
  for (std::int64_t second = 1; second <= 100; ++second) burst(second * 1'000'000'000);
  EXPECT_LE(counter.octets(), 64u * kEvents);
}

}  // namespace
}  // namespace mailcosm::sim
