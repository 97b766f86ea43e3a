#include <gtest/gtest.h>

#include <map>

#include "protocols/base/random.h"
#include "sim/net/flow_table.h"
#include "sim/net/receive_buffer.h"
#include "sim/net/ring.h"
#include "sim/net/send_buffer.h"
#include "sim/net/time_wait.h"
#include "tests/sim/net/net_world.h"

namespace mailcosm::sim {
namespace {

RecordId cause(std::uint64_t n) { return {0, Layer::kProtocol, n}; }

TEST(BlockPoolTest, ReusesWhatIsGivenBack) {
  BlockPool pool;
  {
    const Slice one = Slice::copy_of(pool, "abc");
    const Slice two = one;
    const Slice part = one.part(1, 2);
    EXPECT_EQ(part.view(), "bc");
    EXPECT_EQ(pool.in_use(), 1u);
  }
  EXPECT_EQ(pool.in_use(), 0u);
  const Slice again = Slice::copy_of(pool, "defg");
  EXPECT_EQ(pool.blocks(), 1u);
  for (std::uint32_t size : {1u, 64u, 65u, 128u, 129u, 65'535u, 65'536u}) {
    Block* block = pool.take(size);
    EXPECT_GE(block->capacity, size);
    EXPECT_LT(block->capacity, 2 * std::max(size, 64u));
    pool.give_back(block);
  }
}

TEST(RingTest, BehavesLikeAQueue) {
  Random random(3);
  Ring<int, 4> ring;
  std::vector<int> reference;
  for (int step = 0; step < 10'000; ++step) {
    if (reference.empty() || random.chance(51, 100)) {
      ring.push_back(step);
      reference.push_back(step);
    } else {
      ASSERT_EQ(ring.front(), reference.front());
      ring.pop_front();
      reference.erase(reference.begin());
    }
    ASSERT_EQ(ring.size(), reference.size());
    if (reference.empty()) continue;
    ASSERT_EQ(ring.back(), reference.back());
    ASSERT_EQ(ring[ring.size() / 2], reference[reference.size() / 2]);
  }
}

TEST(RingTest, MovesWithWhatItHolds) {
  for (int size = 0; size <= 9; ++size) {
    Ring<int, 4> ring;
    for (int i = -3; i < size; ++i) ring.push_back(i);
    for (int i = -3; i < 0; ++i) ring.pop_front();
    Ring<int, 4> moved(std::move(ring));
    EXPECT_TRUE(ring.empty());
    ring.push_back(7);
    Ring<int, 4> again;
    for (int i = 0; i < 5; ++i) again.push_back(-1);
    again = std::move(moved);
    ASSERT_EQ(again.size(), static_cast<std::uint32_t>(size));
    for (int i = 0; i < size; ++i) EXPECT_EQ(again[static_cast<std::uint32_t>(i)], i);
    EXPECT_EQ(ring.back(), 7);
    again.release();
    EXPECT_EQ(again.heap_octets(), 0u);
  }
}

TEST(SendBufferTest, GivesPiecesAndTheirCausesInAnyOrder) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Random random(seed);
    BlockPool pool;
    SendBuffer buffer(pool);
    std::string reference;
    std::vector<RecordId> causes;
    for (int step = 0; step < 300; ++step) {
      const std::string bytes =
          pattern(random.below(random.chance(1, 10) ? 40'000 : 200), random.next());
      const RecordId why = cause(random.below(3));
      if (reference.size() < 200'000) {
        buffer.append(bytes, why);
        reference += bytes;
        causes.insert(causes.end(), bytes.size(), why);
      }
      ASSERT_EQ(buffer.size(), reference.size());
      if (reference.empty()) continue;
      const std::size_t offset = random.below(reference.size());
      const auto length = static_cast<std::uint32_t>(
          1 + random.below(std::min<std::size_t>(reference.size() - offset, 1448)));
      const SendBuffer::Piece piece = buffer.piece(offset, length);
      ASSERT_EQ(piece.bytes.view(), std::string_view(reference).substr(offset, length));
      ASSERT_EQ(piece.cause, causes[offset + length - 1]);
      const std::size_t count = random.below(std::min<std::size_t>(reference.size(), 3000) + 1);
      buffer.drop(count);
      reference.erase(0, count);
      causes.erase(causes.begin(), causes.begin() + static_cast<std::ptrdiff_t>(count));
    }
    buffer.drop(buffer.size());
    EXPECT_EQ(pool.in_use(), 0u) << "an empty buffer holds no block";
  }
}

TEST(ReceiveBufferTest, PutsRandomSegmentsInOrder) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    Random random(seed);
    BlockPool pool;
    const std::string text = pattern(3000, seed);
    ReceiveBuffer buffer;
    const auto start = static_cast<Sequence>(0 - random.below(2000));  // wraps around
    buffer.start(start);
    std::string taken;
    std::vector<bool> seen(text.size(), false);
    for (int step = 0; taken.size() < text.size(); ++step) {
      ASSERT_LT(step, 5000);
      const std::size_t drawn = random.below(text.size() + 100);
      const std::size_t from = drawn < 100 ? 0 : drawn - 100;  // the start as often as the rest
      const std::size_t count = std::min<std::size_t>(1 + random.below(300), text.size() - from);
      for (std::size_t i = from; i < from + count; ++i) seen[i] = true;
      buffer.insert(start + static_cast<Sequence>(from),
                    Slice::copy_of(pool, std::string_view(text).substr(from, count)), cause(1));
      if (random.chance(1, 2)) {
        while (true) {
          const ReceiveBuffer::Piece piece = buffer.take();
          if (piece.bytes.empty()) break;
          taken += piece.bytes.view();
        }
      }
      const auto known =
          static_cast<std::size_t>(std::find(seen.begin(), seen.end(), false) - seen.begin());
      ASSERT_EQ(buffer.next(), start + static_cast<Sequence>(known));
      const auto early = static_cast<std::size_t>(
          std::count(seen.begin() + static_cast<std::ptrdiff_t>(known), seen.end(), true));
      ASSERT_EQ(buffer.early_octets(), early);
      std::array<SackBlock, 4> blocks;
      const std::uint8_t reported = buffer.report(blocks, 4);
      for (std::uint8_t i = 0; i < reported; ++i) {
        for (Sequence s = blocks[i].begin; s != blocks[i].end; ++s) ASSERT_TRUE(seen[s - start]);
      }
    }
    ASSERT_EQ(taken, text);
  }
}

// RFC 2018 section 4: the first block holds the segment that has just come.
TEST(ReceiveBufferTest, ReportsTheMostRecentBlockFirst) {
  BlockPool pool;
  ReceiveBuffer buffer;
  buffer.start(0);
  const auto put = [&](Sequence begin, std::uint32_t size) {
    buffer.insert(begin, Slice::copy_of(pool, std::string(size, 'x')), {});
  };
  std::array<SackBlock, 4> blocks;
  put(100, 100);
  put(300, 100);
  put(500, 100);
  ASSERT_EQ(buffer.report(blocks, 4), 3);
  EXPECT_EQ(blocks[0], (SackBlock{500, 600}));
  EXPECT_EQ(blocks[1], (SackBlock{300, 400}));
  EXPECT_EQ(blocks[2], (SackBlock{100, 200}));
  put(200, 100);
  ASSERT_EQ(buffer.report(blocks, 4), 2);
  EXPECT_EQ(blocks[0], (SackBlock{100, 400}));
  EXPECT_EQ(blocks[1], (SackBlock{500, 600}));
  put(0, 100);
  EXPECT_EQ(buffer.next(), 400u);
  ASSERT_EQ(buffer.report(blocks, 4), 1);
  EXPECT_EQ(blocks[0], (SackBlock{500, 600}));
  // RFC 2883 section 4: a duplicate is reported once, before all others.
  put(150, 50);
  ASSERT_EQ(buffer.report(blocks, 4), 2);
  EXPECT_EQ(blocks[0], (SackBlock{150, 200}));
  ASSERT_EQ(buffer.report(blocks, 4), 1);
}

TEST(FlowTableTest, AgreesWithAMapOnRandomPrograms) {
  Random random(5);
  FlowTable table;
  std::map<std::uint32_t, std::uint32_t> reference;  // value -> hash
  for (std::uint32_t step = 0; step < 20'000; ++step) {
    if (reference.empty() || random.chance(50 + (step < 10'000 ? 5 : 0), 105)) {
      const auto hash = static_cast<std::uint32_t>(random.below(64));  // many collisions
      table.insert(hash, step);
      reference.emplace(step, hash);
    } else {
      auto victim = reference.lower_bound(static_cast<std::uint32_t>(random.below(step)));
      if (victim == reference.end()) victim = reference.begin();
      table.erase(victim->second, victim->first);
      reference.erase(victim);
    }
    ASSERT_EQ(table.size(), reference.size());
    if (reference.empty()) continue;
    auto wanted = reference.lower_bound(static_cast<std::uint32_t>(random.below(step + 1)));
    if (wanted == reference.end()) wanted = reference.begin();
    ASSERT_EQ(
        table.find(wanted->second, [&](std::uint32_t value) { return value == wanted->first; }),
        wanted->first);
    ASSERT_EQ(table.find(wanted->second, [&](std::uint32_t) { return false; }), FlowTable::kNone);
  }
}

TEST(TimeWaitTableTest, EndsInOrderAndReusesRecords) {
  EXPECT_LE(sizeof(TimeWaitRecord), 64u);
  TimeWaitTable table;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    TimeWaitRecord record;
    record.connection.bits = i;
    table.add(record);
  }
  table.move_first_to_end();
  std::vector<std::uint64_t> order;
  while (table.first() != TimeWaitTable::kNone) {
    order.push_back(table[table.first()].connection.bits);
    table.remove_first();
  }
  EXPECT_EQ(order, (std::vector<std::uint64_t>{2, 3, 1}));
  EXPECT_EQ(table.size(), 0u);
}

}  // namespace
}  // namespace mailcosm::sim
