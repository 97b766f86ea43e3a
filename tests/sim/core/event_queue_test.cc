#include "sim/core/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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

// Against std::set, with many more events than a slot may have to be consumed as it is: bursts that
// tie, times on the borders of slots of every level and one beside them, pushes into the window
// that is being consumed, far times, and phases in which the queue grows or drains.
TEST(EventQueueTest, PopsInTheOrderOfASetForLongProgramsWithTiesAndBorders) {
  const auto before = [](const Event& a, const Event& b) { return a.key < b.key; };
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Random random(seed);
    EventQueue queue;
    std::set<Event, decltype(before)> reference(before);
    EventKey now{Instant{-1}, EventClass::kScenario, 0, 0};
    std::uint64_t sequence = 0;
    const auto push = [&](std::int64_t ns) {
      Event event = event_at(std::max<std::int64_t>(ns, 0), ++sequence);
      event.key.event_class = static_cast<EventClass>(random.below(3));
      event.a = sequence;
      if (event.key <= now) return;
      queue.push(event);
      reference.insert(event);
    };
    for (int step = 0; step < 20'000; ++step) {
      const bool growing = step / 2'000 % 2 == 0;
      if (reference.empty() || random.chance(growing ? 11 : 9, 20)) {
        const std::int64_t at = now.time.ns;
        switch (random.below(8)) {
          case 0:  // a burst of ties
            for (std::uint64_t i = random.below(300); i > 0; --i) push(at + 70'000);
            break;
          case 1:  // the same instant as the last one
            push(at);
            break;
          case 2: {  // the border of a slot of some level, or beside it
            const int bits = 8 * static_cast<int>(1 + random.below(6));
            push((((at >> bits) + 1) << bits) + static_cast<std::int64_t>(random.below(3)) - 1);
            break;
          }
          case 3:  // the window that is being consumed
            for (std::uint64_t i = random.below(150); i > 0; --i)
              push(at + static_cast<std::int64_t>(random.below(65'536)));
            break;
          default:
            push(at + random_delay(random));
        }
      } else {
        if (random.chance(1, 3)) {
          ASSERT_EQ(queue.next_time(), reference.begin()->key.time);
        }
        const Event popped = queue.pop();
        ASSERT_EQ(popped.key, reference.begin()->key) << "seed " << seed << " step " << step;
        ASSERT_EQ(popped.a, reference.begin()->a);
        now = popped.key;
        reference.erase(reference.begin());
      }
      ASSERT_EQ(queue.size(), reference.size());
    }
  }
}

// Who looks at the next time may still push what is before it.
TEST(EventQueueTest, LookingAtTheNextTimeMovesNothing) {
  EventQueue queue;
  queue.push(event_at(5'000'000'000, 1));
  EXPECT_EQ(queue.next_time().ns, 5'000'000'000);
  queue.push(event_at(3, 2));
  queue.push(event_at(4'999'999'999, 3));
  EXPECT_EQ(queue.next_time().ns, 3);
  EXPECT_EQ(queue.pop().key.time.ns, 3);
  EXPECT_EQ(queue.pop().key.time.ns, 4'999'999'999);
  EXPECT_EQ(queue.pop().key.time.ns, 5'000'000'000);
}

// As many events at almost one time as are sorted by comparison (512), and one more and fewer; half
// of them tie, and more come while they are being consumed.
TEST(EventQueueTest, OrdersACrowdedSlot) {
  for (const std::size_t count : {511u, 512u, 513u, 5'000u}) {
    Random random(count);
    EventQueue queue;
    std::vector<EventKey> expected;
    std::uint64_t sequence = 0;
    const auto push = [&](std::int64_t earliest) {
      const std::int64_t last = 2 * 256 - 1;
      const auto span = static_cast<std::uint64_t>(last - earliest);
      const std::int64_t coarse = random.chance(1, 2) ? 16 : 1;
      const Event event = event_at(
          std::max(earliest, (earliest + static_cast<std::int64_t>(random.below(span + 1))) /
                                 coarse * coarse),
          ++sequence);
      queue.push(event);
      expected.push_back(event.key);
    };
    for (std::size_t i = 0; i < count; ++i) push(256);
    std::vector<EventKey> popped;
    while (!queue.empty()) {
      const Event event = queue.pop();
      popped.push_back(event.key);
      const Event* ahead = queue.ahead(0);
      ASSERT_TRUE(ahead == nullptr || queue.next_time() <= ahead->key.time);
      if (popped.size() % 10 == 0 && event.key.time.ns < 2 * 256 - 20) push(event.key.time.ns + 1);
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(popped, expected) << count;
  }
}

// Counts of what look_ahead() tells of, for agents that each schedule their next event.
struct Ahead {
  std::uint64_t in_time = 0;  // told of before they were popped
  std::uint64_t told = 0;
  std::uint64_t popped = 0;
};

Ahead look_ahead(std::uint64_t agents, std::uint64_t delay_max_ns) {
  Random random(7);
  EventQueue queue;
  std::uint64_t sequence = 0;
  for (std::uint64_t i = 0; i < agents; ++i)
    queue.push(event_at(static_cast<std::int64_t>(random.below(delay_max_ns)), ++sequence));
  Ahead ahead;
  std::set<std::uint64_t> told;
  for (; ahead.popped < 20'000; ++ahead.popped) {
    const Event event = queue.pop();
    ahead.in_time += told.erase(event.key.sequence);
    queue.look_ahead([&](const Event& soon) {
      EXPECT_GT(soon.key, event.key) << "it is still to come";
      told.insert(soon.key.sequence);
      ++ahead.told;
    });
    const auto delay = static_cast<std::int64_t>(random.below(delay_max_ns));
    queue.push(event_at(event.key.time.ns + 1 + delay, ++sequence));
  }
  return ahead;
}

TEST(EventQueueTest, TellsOfNearlyAllEventsAhead) {
  for (const std::uint64_t agents : {1, 2, 3, 30, 1'000, 10'000}) {
    for (const std::uint64_t delay_max_ns : {1'000, 1'000'000, 1'000'000'000}) {
      SCOPED_TRACE(std::to_string(agents) + " agents, " + std::to_string(delay_max_ns) + " ns");
      const Ahead ahead = look_ahead(agents, delay_max_ns);
      // The only event of an agent that is alone is pushed after the last look.
      const std::uint64_t share = agents == 1 ? 0 : agents < 30 ? 33 : 80;
      EXPECT_GE(ahead.in_time, ahead.popped * share / 100);
      EXPECT_LT(ahead.told, ahead.popped * 11 / 10);
    }
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
