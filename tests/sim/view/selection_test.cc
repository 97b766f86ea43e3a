#include "sim/view/selection.h"

#include <gtest/gtest.h>

#include "tests/sim/trace/sample.h"
#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

// Reads a trace twice, as the command does, and counts what comes.
struct Chosen {
  Error error;
  std::vector<OwnedRecord> records;
  std::string left_out;
};

class Keep final : public RecordSink {
 public:
  explicit Keep(std::vector<OwnedRecord>& records) : records_(records) {}
  void accept(const Record& record) override { records_.push_back(OwnedRecord::copy_of(record)); }

 private:
  std::vector<OwnedRecord>& records_;
};

Chosen chosen(const SmallRun& run, const Selection& selection, std::size_t cut = 0) {
  const std::string bytes = written(TraceFormat::kBinary, run.records(), {}, run.header());
  const std::string_view kept = std::string_view(bytes).substr(0, bytes.size() - cut);
  StringSource first(kept), second(kept);
  auto one = open_trace(first);
  auto two = open_trace(second);
  Chosen result;
  const auto shown = choose(**one, selection);
  if (!shown) {
    result.error = shown.error();
    return result;
  }
  Keep keep(result.records);
  EXPECT_TRUE(read_shown(**two, *shown, keep));
  EXPECT_EQ(shown->shown(), result.records.size());
  result.left_out = shown->left_out();
  return result;
}

bool has_note(const Chosen& result, std::string_view text) {
  for (const OwnedRecord& record : result.records) {
    if (record.kind == Kind::kNote && record.text("text") == text) return true;
  }
  return false;
}

void tell_two_messages(SmallRun& run) {
  run.declare();
  const auto compose = [&](std::string_view id) {
    return run.emit(0, Kind::kMessageComposed, {"a@red.com", "laptop", "b@blue.com", "s", "c"}, {},
                    {ConnectionId(), id});
  };
  const RecordId why = run.emit(0, Kind::kNote, {"led to the first"});
  run.emit(0, Kind::kNote, {"led to nothing"});
  compose("<1@red.com>");
  run.dialogue("MAIL FROM:<a@red.com>", "250 OK");
  run.at(std::chrono::seconds(10));
  compose("<2@red.com>");
  run.emit(1, Kind::kNote, {"about the first"}, {why}, {ConnectionId(), "<1@red.com>"});
  run.emit(0, Kind::kPacketSent, {"192.0.2.1:1 > 198.51.100.7:2 UDP len 1", "f"});
}

TEST(SelectionTest, WithoutAWishEverythingIsShown) {
  SmallRun run;
  tell_two_messages(run);
  const Chosen all = chosen(run, {});
  EXPECT_TRUE(all.records == run.records());
  EXPECT_EQ(all.left_out, "");
}

TEST(SelectionTest, AMessageBringsItsDialoguesAndItsCauses) {
  SmallRun run;
  tell_two_messages(run);
  for (const char* name : {"<1@red.com>", "1@red.com", "1"}) {
    Selection selection;
    selection.focus = Focus{Focus::Subject::kMessage, name};
    const Chosen result = chosen(run, selection);
    EXPECT_TRUE(has_note(result, "led to the first")) << name;
    EXPECT_FALSE(has_note(result, "led to nothing")) << name;
    EXPECT_TRUE(has_note(result, "about the first")) << name;
    EXPECT_TRUE(std::any_of(result.records.begin(), result.records.end(), [](const auto& record) {
      return record.kind == Kind::kLineReceived;
    })) << name;
    EXPECT_NE(result.left_out.find("what does not concern"), std::string::npos) << name;
    EXPECT_EQ(result.records.front().kind, Kind::kRunStarted) << "the world is always there";
  }
}

TEST(SelectionTest, ConnectionsAndHostsCanBeInFocus) {
  SmallRun run;
  tell_two_messages(run);
  Selection selection;
  selection.focus = Focus{Focus::Subject::kConnection, "h0c1"};
  EXPECT_EQ(chosen(run, selection).records.size(), 6u + 7u);
  selection.focus = Focus{Focus::Subject::kHost, "mx.blue.com"};
  EXPECT_TRUE(has_note(chosen(run, selection), "about the first"));
  EXPECT_FALSE(has_note(chosen(run, selection), "led to nothing"));
}

TEST(SelectionTest, AFocusOnNothingIsAnError) {
  Selection selection;
  selection.focus = Focus{Focus::Subject::kMessage, "<9@red.com>"};
  SmallRun run;
  tell_two_messages(run);
  EXPECT_EQ(chosen(run, selection).error.what, "the trace has nothing about <9@red.com>");
}

TEST(SelectionTest, AWindowIsClosedAtBothEnds) {
  SmallRun run;
  tell_two_messages(run);
  Selection selection;
  selection.from = Instant{} + std::chrono::milliseconds(31);
  selection.to = Instant{} + std::chrono::milliseconds(31);
  const Chosen result = chosen(run, selection);
  EXPECT_EQ(result.records.size(), 6u + 2u);
  EXPECT_NE(result.left_out.find("before 31 ms"), std::string::npos) << result.left_out;
}

TEST(SelectionTest, TooManyRecordsLoseTheirDeepestLayersFirst) {
  SmallRun run;
  tell_two_messages(run);
  const std::size_t all = run.records().size();
  Selection selection;
  selection.records_max = all;
  EXPECT_EQ(chosen(run, selection).records.size(), all);
  selection.records_max = all - 1;
  const Chosen without_packets = chosen(run, selection);
  EXPECT_EQ(without_packets.records.size(), all - 1);
  EXPECT_NE(without_packets.left_out.find("packets, since there are too many"), std::string::npos);
  selection.records_max = 8;
  const Chosen story = chosen(run, selection);
  EXPECT_EQ(story.records.size(), 8u);
  EXPECT_NE(story.left_out.find("protocol lines"), std::string::npos) << story.left_out;
  selection.records_max = 7;
  EXPECT_NE(chosen(run, selection).left_out.find("after the first 7 records"), std::string::npos);
}

TEST(SelectionTest, ACutTraceIsShownAsFarAsItGoes) {
  SmallRun run;
  tell_two_messages(run);
  const Chosen result = chosen(run, {}, 30);
  EXPECT_GT(result.records.size(), 10u);
  EXPECT_NE(result.left_out.find("The trace is incomplete"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim::view
