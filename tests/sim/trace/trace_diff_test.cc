#include "sim/trace/trace_diff.h"

#include <gtest/gtest.h>

#include "tests/sim/trace/sample.h"

namespace mailcosm::sim {
namespace {

using namespace std::chrono_literals;

class StringTrace final : public TraceOpener {
 public:
  explicit StringTrace(std::string bytes) : bytes_(std::move(bytes)) {}
  explicit StringTrace(const std::vector<OwnedRecord>& records,
                       TraceFormat format = TraceFormat::kBinary)
      : StringTrace(written(format, records)) {}
  Result<std::unique_ptr<TraceReader>> open() override {
    sources_.push_back(std::make_unique<StringSource>(bytes_));
    return open_trace(*sources_.back());
  }

 private:
  std::string bytes_;
  std::vector<std::unique_ptr<StringSource>> sources_;
};

TraceDifference diff(const std::vector<OwnedRecord>& left, const std::vector<OwnedRecord>& right) {
  StringTrace a(left);
  StringTrace b(right, TraceFormat::kJsonLines);
  auto difference = diff_traces(a, b);
  EXPECT_TRUE(difference.has_value());
  return std::move(*difference);
}

// A chain of notes on host 0 and 1, each caused by the one before.
std::vector<OwnedRecord> chain(int length) {
  std::vector<OwnedRecord> records;
  for (int n = 0; n < length; ++n) {
    OwnedRecord record;
    record.host = static_cast<HostIndex>(n % 2);
    record.id = RecordId(record.host, Layer::kProtocol, static_cast<std::uint64_t>(n / 2 + 1));
    record.time = Instant{n * 1'000'000};
    record.kind = Kind::kNote;
    record.values = {{0, "note " + std::to_string(n)}};
    if (n > 0) record.causes = {records.back().id};
    records.push_back(std::move(record));
  }
  return records;
}

TEST(TraceDiffTest, FindsEqualTracesEqualInBothFormats) {
  const TraceDifference difference = diff(sample_records(2), sample_records(2));
  EXPECT_TRUE(difference.equal());
  EXPECT_EQ(difference.summary().find("The traces are the same."), 0u) << difference.summary();
}

TEST(TraceDiffTest, ShowsTheFirstDivergentRecordWithItsCauses) {
  std::vector<OwnedRecord> changed = chain(40);
  changed[30].values[0].text = "another note";
  changed[35].values[0].text = "a later one";
  const TraceDifference difference = diff(chain(40), changed);
  ASSERT_TRUE(difference.first.has_value());
  EXPECT_EQ(difference.first->id, changed[30].id);
  EXPECT_EQ(difference.first->left->text("text"), "note 30");
  EXPECT_EQ(difference.first->right->text("text"), "another note");
  ASSERT_EQ(difference.first->causes.size(), Divergence::kCausesShown);
  EXPECT_EQ(difference.first->causes.front().text("text"), "note 29");
  EXPECT_EQ(difference.first->causes.back().text("text"), "note 18");
  EXPECT_FALSE(difference.first_beyond_times.has_value());
  EXPECT_EQ(difference.layers[1].content, 2u);
  EXPECT_EQ(difference.summary().find("The outcomes are the same, but the dialogues differ."), 0u);
  const std::string text = describe(difference, sample_header(), "a.trace", "b.trace");
  EXPECT_NE(text.find("first:  \"note 30\""), std::string::npos) << text;
  EXPECT_NE(text.find("second: \"another note\""), std::string::npos) << text;
}

TEST(TraceDiffTest, TellsTimesFromContent) {
  std::vector<OwnedRecord> later = chain(20);
  for (std::size_t i = 5; i < later.size(); ++i) later[i].time = later[i].time + 1ms;
  TraceDifference difference = diff(chain(20), later);
  EXPECT_EQ(difference.layers[1].times, 15u);
  EXPECT_EQ(difference.first->id, later[5].id);
  EXPECT_FALSE(difference.first_beyond_times.has_value());
  EXPECT_EQ(difference.summary().find("Times only: the same things happened, but at other times."),
            0u);

  later[9].values[0].text = "else";
  difference = diff(chain(20), later);
  EXPECT_EQ(difference.first->id, later[5].id);
  EXPECT_EQ(difference.first_beyond_times->id, later[9].id);
}

TEST(TraceDiffTest, AlignsRecordsWhoseOrderChanged) {
  std::vector<OwnedRecord> swapped = chain(20);
  std::swap(swapped[6], swapped[7]);
  std::swap(swapped[6].time, swapped[7].time);
  const TraceDifference difference = diff(chain(20), swapped);
  EXPECT_EQ(difference.layers[1].times, 2u);
  EXPECT_FALSE(difference.layers[1].differs_beyond_times());
}

TEST(TraceDiffTest, CountsRecordsOfOneSide) {
  std::vector<OwnedRecord> shorter = chain(20);
  shorter.resize(17);
  TraceDifference difference = diff(chain(20), shorter);
  EXPECT_EQ(difference.layers[1].only_left, 3u);
  EXPECT_EQ(difference.first->id, chain(20)[17].id);
  EXPECT_FALSE(difference.first->right.has_value());
  difference = diff(shorter, chain(20));
  EXPECT_EQ(difference.layers[1].only_right, 3u);
  EXPECT_FALSE(difference.first->left.has_value());
  EXPECT_EQ(difference.first->causes.size(), Divergence::kCausesShown);
}

TEST(TraceDiffTest, TellsWhichLayersDiffer) {
  std::vector<OwnedRecord> packets = sample_records(1);
  for (OwnedRecord& record : packets) {
    if (record.kind == Kind::kPacketSent) record.values[0].text = "another";
  }
  EXPECT_EQ(diff(sample_records(1), packets).summary().find("Outcomes and dialogues are the same"),
            0u);
  std::vector<OwnedRecord> story = sample_records(1);
  for (OwnedRecord& record : story) {
    if (record.kind == Kind::kMessageStored) record.values[0].text = "eve";
  }
  EXPECT_EQ(diff(sample_records(1), story).summary().find("The outcomes differ."), 0u);
  std::vector<OwnedRecord> cause = sample_records(1);
  cause.back().causes = {RecordId(1, Layer::kStory, 1)};
  EXPECT_EQ(diff(sample_records(1), cause).layers[2].causes, 1u);
}

TEST(TraceDiffTest, ShowsWhereLongValuesDiffer) {
  std::vector<OwnedRecord> left = chain(1);
  std::vector<OwnedRecord> right = chain(1);
  left[0].values[0].text = std::string(500, 'x') + "a";
  right[0].values[0].text = std::string(500, 'x') + "b";
  const std::string text = describe(diff(left, right), sample_header(), "a", "b");
  EXPECT_NE(text.find("text from octet 500 on:"), std::string::npos) << text;
}

TEST(TraceDiffTest, SaysWhichTraceCannotBeRead) {
  StringTrace good(chain(3));
  StringTrace bad(written(TraceFormat::kJsonLines, chain(3)).substr(0, 400));
  const auto difference = diff_traces(good, bad);
  ASSERT_FALSE(difference.has_value());
  EXPECT_EQ(difference.error().what.find("the second trace cannot be read at octet"), 0u);
}

}  // namespace
}  // namespace mailcosm::sim
