#include "sim/view/sequence.h"

#include <gtest/gtest.h>

#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

using Sort = SequenceItem::Sort;

TEST(SequenceTest, PairsLinesThatWereSentWithThoseThatCame) {
  SmallRun run;
  run.declare();
  run.dialogue("NOOP", "250 OK");
  const Sequence sequence = sequence_of(run.header(), run.records());
  ASSERT_EQ(sequence.items.size(), 2u);
  EXPECT_EQ(sequence.title, "A <small> run");
  const SequenceItem& line = sequence.items[0];
  EXPECT_EQ(line.text, "NOOP");
  EXPECT_EQ(line.from, 0u);
  EXPECT_EQ(line.to, 1u);
  EXPECT_EQ(line.received - line.sent, std::chrono::milliseconds(30));
  EXPECT_FALSE(line.answer);
  EXPECT_TRUE(sequence.items[1].answer);
  EXPECT_EQ(sequence.lanes, (std::vector<HostIndex>{0, 1}));
}

TEST(SequenceTest, WhatNeverCameIsLost) {
  SmallRun run;
  const Subject subject{ConnectionId::of(0, 1), ""};
  run.emit(0, Kind::kSessionOpened, {"smtp", "client", "192.0.2.1:5", "198.51.100.7:25", ""}, {},
           subject);
  run.emit(0, Kind::kLineSent, {"smtp", "QUIT"}, {}, subject);
  const Sequence sequence = sequence_of(run.header(), run.records());
  ASSERT_EQ(sequence.items.size(), 1u);
  EXPECT_TRUE(sequence.items[0].received.is_never());
}

TEST(SequenceTest, DrawsDnsMessagesBetweenHosts) {
  SmallRun run;
  const RecordId sent =
      run.emit(0, Kind::kDnsSent, {"198.51.100.7:53", "udp", "query", 1, "query blue.com MX rd"});
  run.at(std::chrono::milliseconds(5));
  run.emit(1, Kind::kDnsReceived, {"192.0.2.1:9", "udp", "query", 1, "query blue.com MX rd"},
           {sent});
  const Sequence sequence = sequence_of(run.header(), run.records());
  ASSERT_EQ(sequence.items.size(), 1u);
  EXPECT_EQ(sequence.items[0].to, 1u);
  EXPECT_EQ(sequence.items[0].received.ns, 5'000'000);
}

TEST(SequenceTest, DrawsPacketsAndTheirLoss) {
  SmallRun run;
  const char* summary = "192.0.2.1:5 > 198.51.100.7:25 SYN len 0";
  const RecordId one = run.emit(0, Kind::kPacketSent, {summary, "f"});
  const RecordId two = run.emit(0, Kind::kPacketSent, {summary, "f"});
  run.emit(1, Kind::kPacketReceived, {summary}, {one});
  run.emit(2, Kind::kPacketDropped, {summary, "queue full"}, {two});
  const Sequence sequence = sequence_of(run.header(), run.records(), {.depth = Layer::kPacket});
  ASSERT_EQ(sequence.items.size(), 2u);
  EXPECT_FALSE(sequence.items[0].received.is_never());
  EXPECT_TRUE(sequence.items[1].failure);
  EXPECT_NE(sequence.items[1].text.find("lost: queue full"), std::string::npos);
}

TEST(SequenceTest, TheStoryShowsWhoHandsOver) {
  SmallRun run;
  run.declare();
  run.dialogue("NOOP", "250 OK");
  run.emit(kWorld, Kind::kStoryStep, {1, "Alice writes to Bob"});
  run.emit(0, Kind::kMessageSubmitted, {"alice@red.com", "mx.blue.com", "250 Queued"});
  const Sequence sequence = sequence_of(run.header(), run.records(), {.depth = Layer::kStory});
  ASSERT_EQ(sequence.items.size(), 2u);
  EXPECT_EQ(sequence.items[0].sort, Sort::kBanner);
  EXPECT_EQ(sequence.items[1].sort, Sort::kArrow);
  EXPECT_EQ(sequence.items[1].text, "submits: 250 Queued");
}

TEST(SequenceTest, StopsAtTheLimitAndCountsTheRest) {
  SmallRun run;
  run.dialogue("NOOP", "250 OK");
  const auto items = [&](std::size_t items_max) {
    return sequence_of(run.header(), run.records(), {.items_max = items_max});
  };
  EXPECT_EQ(items(2).left_out, 0u);
  EXPECT_EQ(items(1).left_out, 1u);
  EXPECT_EQ(items(1).items.size(), 1u);
}

TEST(SequenceTest, ShowsHostileTextWithoutControlsAndHiddenMarks) {
  SmallRun run;
  run.dialogue(kHostile, "250 OK");
  const std::string text = sequence_of(run.header(), run.records()).items[0].text;
  for (char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

}  // namespace
}  // namespace mailcosm::sim::view
