#include "sim/net/fault_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

RecordId fault(std::uint64_t number) { return RecordId::from_bits(number); }

// News need as many nanoseconds as the number of the node where the loss was.
struct Memory {
  RecordId last(HostIndex reader, HostIndex peer, Instant at) {
    now = at;
    return memory.last(reader, peer, at);
  }
  Instant now;
  FaultMemory memory{[this](const Loss& loss) { return loss.time + Duration(loss.at) <= now; }};
};

TEST(FaultMemoryTest, NewsMustHaveArrived) {
  Memory it;
  it.memory.add({1, 2, 50, Instant{100}, fault(7)});
  EXPECT_TRUE(it.last(1, 2, Instant{149}).is_none());
  EXPECT_EQ(it.last(1, 2, Instant{150}), fault(7));
  EXPECT_TRUE(it.last(2, 1, Instant{150}).is_none());
  EXPECT_TRUE(it.last(1, 3, Instant{150}).is_none());
}

TEST(FaultMemoryTest, OfSeveralTheLastThatIsKnownCounts) {
  Memory it;
  it.memory.add({1, 2, 50, Instant{100}, fault(7)});
  it.memory.add({1, 2, 5, Instant{110}, fault(8)});
  it.memory.add({1, 2, 60, Instant{120}, fault(9)});
  EXPECT_EQ(it.last(1, 2, Instant{115}), fault(8));
  EXPECT_EQ(it.last(1, 2, Instant{179}), fault(8));
  EXPECT_EQ(it.last(1, 2, Instant{180}), fault(9));
}

// News from other partitions come in any order.
TEST(FaultMemoryTest, TheOrderInWhichNewsAreAddedDoesNotMatter) {
  const std::vector<Loss> losses = {{1, 2, 9, Instant{100}, fault(1)},
                                    {1, 2, 3, Instant{100}, fault(2)},
                                    {1, 2, 30, Instant{101}, fault(3)},
                                    {1, 2, 3, Instant{105}, fault(4)}};
  std::vector<std::size_t> order = {0, 1, 2, 3};
  do {
    Memory it;
    for (const std::size_t i : order) it.memory.add(losses[i]);
    EXPECT_EQ(it.last(1, 2, Instant{104}), fault(2));
    EXPECT_EQ(it.last(1, 2, Instant{109}), fault(4));
    EXPECT_EQ(it.last(1, 2, Instant{131}), fault(4));
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(FaultMemoryTest, ForgetsAfterItsSpan) {
  Memory it;
  it.memory.add({1, 2, 0, Instant{100}, fault(7)});
  const Instant last = Instant{100} + FaultMemory::kSpan;
  EXPECT_EQ(it.last(1, 2, last), fault(7));
  EXPECT_TRUE(it.last(1, 2, last + Duration(1)).is_none());
}

}  // namespace
}  // namespace mailcosm::sim
