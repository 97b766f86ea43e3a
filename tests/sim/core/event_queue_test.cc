#include "sim/core/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "protocols/base/random.h"

namespace mailcosm::sim {
namespace {

Event event_at(std::int64_t ns, std::uint64_t sequence) {
  return {{Instant{ns}, EventClass::kLocal, static_cast<HostIndex>(sequence % 3), sequence},
          0,
          0,
          0,
          0};
}

// A random delay with the mix of mail: ties, nanoseconds, milliseconds, days.
std::int64_t random_delay(Random& random) {
  switch (random.below(4)) {
    case 0:
      return static_cast<std::int64_t>(random.below(3));
    case 1:
      return static_cast<std::int64_t>(random.below(20'000));
    case 2:
      return static_cast<std::int64_t>(random.below(50'000'000));
    default:
      return static_cast<std::int64_t>(random.below(std::uint64_t{5} * 86'400 * 1'000'000'000));
  }
}

TEST(EventQueueTest, PopsInTheOrderOfASortedListForRandomPrograms) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    EventQueue queue;
    std::vector<Event> reference;
    std::int64_t now = 0;
    std::uint64_t sequence = 0;
    for (int step = 0; step < 400; ++step) {
      if (reference.empty() || random.chance(11, 20)) {
        // Strictly later than the last popped, or the same instant with a greater key.
        const Event event = event_at(now + 1 + random_delay(random), ++sequence);
        queue.push(event);
        reference.push_back(event);
      } else {
        const auto first =
            std::min_element(reference.begin(), reference.end(),
                             [](const Event& a, const Event& b) { return a.key < b.key; });
        if (random.chance(1, 3)) {
          ASSERT_EQ(queue.next_time(), first->key.time);
        }
        const Event popped = queue.pop();
        ASSERT_EQ(popped.key, first->key) << "seed " << seed << " step " << step;
        now = popped.key.time.ns;
        reference.erase(first);
      }
      ASSERT_EQ(queue.size(), reference.size());
    }
  }
}

// As many events in one slot of 8 microseconds as are sorted by comparison (512), and one more and
// fewer; half of them tie, and more come while the slot is being consumed.
TEST(EventQueueTest, OrdersACrowdedSlot) {
  for (const std::size_t count : {511u, 512u, 513u, 5'000u}) {
    Random random(count);
    EventQueue queue;
    std::vector<EventKey> expected;
    std::uint64_t sequence = 0;
    const auto push = [&](std::int64_t earliest) {
      const std::int64_t last = 2 * 8192 - 1;
      const auto span = static_cast<std::uint64_t>(last - earliest);
      const std::int64_t coarse = random.chance(1, 2) ? 64 : 1;
      const Event event = event_at(
          std::max(earliest, (earliest + static_cast<std::int64_t>(random.below(span + 1))) /
                                 coarse * coarse),
          ++sequence);
      queue.push(event);
      expected.push_back(event.key);
    };
    for (std::size_t i = 0; i < count; ++i) push(8192);
    std::vector<EventKey> popped;
    while (!queue.empty()) {
      const Event event = queue.pop();
      popped.push_back(event.key);
      const Event* ahead = queue.ahead(0);
      ASSERT_TRUE(ahead == nullptr || ahead->key.time == queue.next_time());
      if (popped.size() % 10 == 0 && event.key.time.ns < 2 * 8192 - 100)
        push(event.key.time.ns + 1);
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(popped, expected) << count;
  }
}

TEST(EventQueueTest, TiesFollowClassSourceAndSequence) {
  EventQueue queue;
  const EventKey keys[] = {
      {Instant{5}, EventClass::kScenario, 9, 1}, {Instant{5}, EventClass::kPacket, 1, 8},
      {Instant{5}, EventClass::kPacket, 2, 0},   {Instant{5}, EventClass::kPacket, 2, 1},
      {Instant{5}, EventClass::kLocal, 0, 0},    {Instant{6}, EventClass::kScenario, 0, 0}};
  for (int i : {5, 3, 0, 4, 2, 1}) queue.push({keys[i], 0, 0, 0, 0});
  for (const EventKey& key : keys) EXPECT_EQ(queue.pop().key, key);
}

TEST(EventQueueTest, HoldsTheWholeRangeOfTime) {
  EventQueue queue;
  const std::int64_t latest = Instant::never().ns - 1;
  queue.push(event_at(latest, 1));
  queue.push(event_at(0, 2));
  EXPECT_EQ(queue.pop().key.time.ns, 0);
  EXPECT_EQ(queue.next_time().ns, latest);
  queue.push(event_at(latest - 1, 3));
  EXPECT_EQ(queue.pop().key.time.ns, latest - 1);
  EXPECT_EQ(queue.pop().key.time.ns, latest);
  EXPECT_TRUE(queue.next_time().is_never());
}

TEST(EventQueueDeathTest, EqualKeysAreABug) {
  EventQueue queue;
  queue.push(event_at(1, 1));
  EXPECT_DEATH(
      {
        queue.push(event_at(1, 1));
        queue.pop();
        queue.pop();
      },
      "CHECK");
}

TEST(EventQueueDeathTest, AnEventInThePastIsABug) {
  EventQueue queue;
  queue.push(event_at(10, 1));
  queue.pop();
  EXPECT_DEATH(queue.push(event_at(9, 2)), "CHECK");
}

}  // namespace
}  // namespace mailcosm::sim
