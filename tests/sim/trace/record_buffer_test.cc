#include "sim/trace/record_buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "protocols/base/random.h"
#include "sim/trace/owned_record.h"

namespace mailcosm::sim {
namespace {

class Kept final : public RecordSink {
 public:
  void accept(const Record& record) override { records.push_back(OwnedRecord::copy_of(record)); }
  std::vector<OwnedRecord> records;
};

// A part of a world whose every event makes some records.
class Part final : public EventTarget {
 public:
  Part(Recorder& whole, HostIndex host, Random random)
      : source(simulator, host), recorder(whole), buffer(simulator), host_(host), random_(random) {
    target_ = simulator.add_target(*this);
    schedule();
  }
  void handle(const Event& event) override {
    recorder.set_time(event.key.time);
    for (std::uint64_t left = random_.below(3); left > 0; --left) emit();
    schedule();
  }

  Simulator simulator;
  EventSource source;
  Recorder recorder;
  RecordBuffer buffer;

 private:
  void emit() {
    const std::string text(random_.below(60), static_cast<char>('a' + random_.below(26)));
    const std::string message(random_.below(20), 'm');
    const RecordId causes[] = {RecordId::from_bits(random_.next()),
                               RecordId::from_bits(random_.next())};
    recorder.emit(host_, Kind::kPacketDropped, {causes, random_.below(3)},
                  {{random_.next()}, message}, {text, text + "!"});
  }
  // Often at the same time as another part.
  void schedule() {
    source.send(simulator.now() + Duration(1 + random_.below(3)), EventClass::kLocal, target_, 0);
  }

  HostIndex host_;
  TargetId target_;
  Random random_;
};

constexpr HostIndex kParts = 4;

struct World {
  explicit World(bool holds_back) {
    whole.set_depth(Layer::kPacket);
    whole.add_sink(kept);
    for (HostIndex i = 0; i < kParts; ++i) {
      parts.push_back(std::make_unique<Part>(whole, i, Random(i + 1)));
      buffers.push_back(&parts.back()->buffer);
      parts.back()->recorder.hold_back_in(holds_back ? buffers.back() : nullptr);
    }
  }
  Kept kept;
  Recorder whole{kParts};
  std::vector<std::unique_ptr<Part>> parts;
  std::vector<RecordBuffer*> buffers;
};

// What one simulator would have done: always the part whose event is first.
std::vector<OwnedRecord> in_order(World& world, Instant end) {
  for (Instant time{}; time < end; time = time + Duration(1)) {
    for (const auto& part : world.parts) part->simulator.run_before(time + Duration(1), UINT64_MAX);
  }
  return world.kept.records;
}

TEST(RecordBufferTest, MergesInTheOrderOfTheRun) {
  World reference(false);
  const std::vector<OwnedRecord> expected = in_order(reference, Instant{3'000});
  World world(true);
  // Parts run ahead by different distances, and records wait for the slowest.
  Random random(9);
  std::vector<Instant> reached(kParts);
  Instant merged;
  while (merged < Instant{3'000}) {
    for (HostIndex i = 0; i < kParts; ++i) {
      reached[i] = std::min(Instant{3'000}, reached[i] + Duration(random.below(200)));
      world.parts[i]->simulator.run_before(reached[i], UINT64_MAX);
    }
    merged = *std::min_element(reached.begin(), reached.end());
    merge(world.buffers, merged, world.whole);
    ASSERT_TRUE(world.kept.records.empty() || world.kept.records.back().time < merged);
  }
  EXPECT_EQ(world.kept.records, expected);
  EXPECT_EQ(world.whole.digest(), reference.whole.digest());
  for (const RecordBuffer* buffer : world.buffers) EXPECT_TRUE(buffer->empty());
}

TEST(RecordBufferTest, NothingIsKeptForNobody) {
  Recorder whole(1);
  whole.set_depth(Layer::kPacket);
  Part part(whole, 0, Random(1));
  part.recorder.hold_back_in(&part.buffer);
  part.simulator.run_before(Instant{1'000}, UINT64_MAX);
  EXPECT_TRUE(part.buffer.empty());
  EXPECT_NE(whole.digest(0), 0u);
}

// More than a buffer keeps room for behind what is gone.
TEST(RecordBufferTest, WhatIsGoneMakesRoom) {
  Kept kept;
  Recorder whole(1);
  whole.set_depth(Layer::kPacket);
  whole.add_sink(kept);
  Simulator simulator;
  RecordBuffer buffer(simulator);
  Recorder recorder(whole);
  recorder.hold_back_in(&buffer);
  const std::string large(1 << 20, 'x');
  for (int i = 0; i < 8; ++i) recorder.emit(0, Kind::kNote, {}, {}, {large + std::to_string(i)});
  EXPECT_EQ(buffer.size(), 8u);
  for (int i = 0; i < 8; ++i) {
    buffer.pop_to(whole);
    EXPECT_EQ(kept.records.back().values[0].text, large + std::to_string(i));
  }
  EXPECT_TRUE(buffer.empty());
}

}  // namespace
}  // namespace mailcosm::sim
