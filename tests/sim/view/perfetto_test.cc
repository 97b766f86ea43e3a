#include "sim/view/perfetto.h"

#include <gtest/gtest.h>

#include "tests/sim/view/run_sample.h"

namespace mailcosm::sim::view {
namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

TEST(ProtobufWriterTest, EncodesAsTheDocumentationShows) {
  ProtobufWriter number;  // the first example of protobuf.dev/programming-guides/encoding
  number.varint(1, 150);
  EXPECT_EQ(hex(number.message()), "089601");
  ProtobufWriter text;
  text.bytes(2, "testing");
  EXPECT_EQ(hex(text.message()), "120774657374696e67");
  ProtobufWriter nested;
  nested.message(3, number);
  EXPECT_EQ(hex(nested.message()), "1a03089601");
  ProtobufWriter fixed;
  fixed.fixed64(1, 1);
  EXPECT_EQ(hex(fixed.message()), "090100000000000000");
}

// pictures_test.py reads whole traces with protoc; this holds what it cannot see without it.
TEST(PerfettoTest, ClosesSessionsThatAreOpenAtTheEnd) {
  SmallRun run;
  const Subject subject{ConnectionId::of(0, 1), ""};
  run.emit(0, Kind::kSessionOpened, {"smtp", "client", "a", "b", "mx.blue.com"}, {}, subject);
  StringSink sink;
  PerfettoWriter writer(sink, run.header());
  run.hand_to(writer);
  ASSERT_TRUE(writer.finish());
  // timestamp 0, sequence 1, a TrackEvent of type SLICE_END on track 5.
  EXPECT_TRUE(hex(sink.bytes())
                  .ends_with("0a0a400050015a044802"
                             "5805"))
      << hex(sink.bytes());
}

}  // namespace
}  // namespace mailcosm::sim::view
