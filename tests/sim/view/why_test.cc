#include "sim/view/why.h"

#include <gtest/gtest.h>

#include <deque>

#include "tests/sim/trace/sample.h"
#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

class StringTrace final : public TraceOpener {
 public:
  explicit StringTrace(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::unique_ptr<TraceReader>> open() override {
    return open_trace(sources_.emplace_back(bytes_));
  }

 private:
  std::string bytes_;
  std::deque<StringSource> sources_;
};

TEST(WhyTest, TellsTheChainOfNearestCauses) {
  SmallRun run;
  const RecordId step = run.emit(kWorld, Kind::kStoryStep, {1, "Alice writes to Bob"});
  run.emit(0, Kind::kNote, {"beside"});
  run.at(std::chrono::milliseconds(5));
  const RecordId line = run.emit(0, Kind::kLineSent, {"smtp", "NOOP"}, {step});
  run.at(std::chrono::milliseconds(25));
  run.emit(1, Kind::kLineReceived, {"smtp", "NOOP"}, {line, step});
  StringTrace trace(written(TraceFormat::kBinary, run.records(), {}, run.header()));
  const auto text = why(trace, "h1p1", 80);
  ASSERT_TRUE(text) << text.error().what;
  EXPECT_EQ(*text,
            "+ 25 ms  h1p1  mx.blue.com\n    <- NOOP\n"
            "because, 20 ms before\n+ 5 ms  h0p2  laptop.red.com\n    -> NOOP\n"
            "because, 5 ms before\n+ 0 ms  ws1  the scenario\n    Alice writes to Bob\n");
  EXPECT_FALSE(why(trace, "h1p9", 80));
  EXPECT_FALSE(why(trace, "nonsense", 80));
}

TEST(WhyTest, LinesThatCameTogetherAreOneStep) {
  SmallRun run;
  const RecordId step = run.emit(kWorld, Kind::kStoryStep, {1, "Alice writes to Bob"});
  RecordId last = step;
  for (const char* line : {"250-one", "250-two", "250-three", "250 four"}) {
    last = run.emit(0, Kind::kLineReceived, {"smtp", line}, {last});
  }
  StringTrace trace(written(TraceFormat::kBinary, run.records(), {}, run.header()));
  const auto text = why(trace, "h0p4", 80);
  ASSERT_TRUE(text) << text.error().what;
  EXPECT_EQ(*text,
            "+ 0 ms  h0p4  laptop.red.com\n    <- 250 four\n"
            "because at the same moment (2 lines between)\n"
            "+ 0 ms  h0p1  laptop.red.com\n    <- 250-one\n"
            "because at the same moment\n+ 0 ms  ws1  the scenario\n    Alice writes to Bob\n");
}

TEST(WhyTest, ACircleInAMadeUpFileEnds) {
  OwnedRecord record = sample_record(Kind::kNote, 0);
  record.host = 0;
  record.id = RecordId(0, Layer::kProtocol, 1);
  record.causes = {record.id};
  StringTrace trace(written(TraceFormat::kJsonLines, {record}));
  const auto text = why(trace, "h0p1", 80);
  EXPECT_TRUE(!text || text->size() < 2'000'000);
}

}  // namespace
}  // namespace mailcosm::sim::view
