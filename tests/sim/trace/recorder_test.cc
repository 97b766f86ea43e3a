#include "sim/trace/recorder.h"

#include <gtest/gtest.h>

#include "tests/sim/trace/sample.h"

namespace mailcosm::sim {
namespace {

class Kept final : public RecordSink {
 public:
  void accept(const Record& record) override { records_.push_back(OwnedRecord::copy_of(record)); }
  const std::vector<OwnedRecord>& records() const { return records_; }

 private:
  std::vector<OwnedRecord> records_;
};

// A host that does one thing of each kind.
void emit_all(Recorder& recorder) {
  for (int number = 0; number < kKinds; ++number) {
    const OwnedRecord sample = sample_record(static_cast<Kind>(number), number);
    const RecordView view(sample);
    const auto values = view.record().values;
    switch (values.size()) {
      case 1:
        recorder.emit(0, sample.kind, {}, {}, {values[0]});
        break;
      case 2:
        recorder.emit(0, sample.kind, {}, {}, {values[0], values[1]});
        break;
      case 3:
        recorder.emit(0, sample.kind, {}, {}, {values[0], values[1], values[2]});
        break;
      default:
        break;
    }
  }
}

TEST(RecorderTest, MakesAKindOfADeeperLayerAlone) {
  Recorder whole(1);
  Kept all;
  whole.set_depth(Layer::kPacket);
  whole.add_sink(all);
  emit_all(whole);
  Recorder some(1);
  Kept packets;
  some.set_depth(Layer::kStory);
  some.add_kind(Kind::kPacketSent);
  some.add_kind(Kind::kPacketDropped);
  some.add_sink(packets);
  emit_all(some);
  EXPECT_TRUE(some.wants(Kind::kPacketSent));
  EXPECT_FALSE(some.wants(Kind::kPacketReceived));
  EXPECT_FALSE(some.wants(Layer::kPacket));
  // Whatever else is made, a record has the same id.
  std::vector<OwnedRecord> expected;
  for (const OwnedRecord& record : all.records()) {
    const bool is_added = record.kind == Kind::kPacketSent || record.kind == Kind::kPacketDropped;
    if (is_added || record.id.layer() == Layer::kStory) expected.push_back(record);
  }
  EXPECT_TRUE(packets.records() == expected);
  EXPECT_NE(expected.back().id.count(), 2u);
}

TEST(RecorderTest, APartMakesTheKindsOfTheWhole) {
  Recorder whole(2);
  Recorder part(whole);
  Kept kept;
  whole.add_kind(Kind::kPacketSent);
  whole.add_sink(kept);
  part.hold_back_in(nullptr);
  part.emit(0, Kind::kPacketSent, {}, {}, {"summary", "frame"});
  part.emit(0, Kind::kPacketReceived, {}, {}, {"summary"});
  ASSERT_EQ(kept.records().size(), 1u);
  EXPECT_EQ(kept.records()[0].text("frame"), "frame");
}

}  // namespace
}  // namespace mailcosm::sim
