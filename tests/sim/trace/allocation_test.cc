// Tracing that is off is free, and tracing that is on does not allocate per record.
#include <gtest/gtest.h>

#include <array>

#include "sim/trace/binary_writer.h"
#include "sim/trace/json_lines_writer.h"
#include "sim/trace/pcapng_writer.h"
#include "tests/sim/trace/sample.h"
#include "tests/support/allocations.h"

namespace mailcosm::sim {
namespace {

// Keeps nothing.
class NullSink final : public ByteSink {
 public:
  bool write(std::string_view bytes) override {
    octets_ += bytes.size();
    return true;
  }
  std::uint64_t octets() const { return octets_; }

 private:
  std::uint64_t octets_ = 0;
};

void emit_lines(HostTrace& trace, int count) {
  for (int n = 0; n < count; ++n) {
    trace.emit(Kind::kLineSent, {"smtp", "MAIL FROM:<alice@red.com>"},
               {ConnectionId::of(0, 1), "<1@red.com>"});
  }
}

// What a network records: a packet with a summary and contents of its own, sent and received.
void emit_packets(Recorder& recorder, std::uint64_t& number, int count) {
  std::array<char, 1500> frame{};
  for (int n = 0; n < count; ++n) {
    std::array<char, 60> text;
    OctetCursor summary(text.data());
    summary.append("192.0.2.1:49152 > seq ");
    summary.decimal(1'000'000'000 + number);
    OctetCursor(frame.data()).u64(++number);
    const std::string_view view(text.data(), summary.at());
    recorder.set_time(Instant{static_cast<std::int64_t>(number * 1'000'000)});
    const RecordId sent =
        recorder.emit(0, Kind::kPacketSent, {}, {},
                      {view, std::string_view(frame.data(), 60 + number * 977 % 1400)});
    recorder.emit(1, Kind::kPacketReceived, {&sent, 1}, {ConnectionId::of(0, 7), {}}, {view});
  }
}

TEST(TraceAllocationTest, TracingThatIsOffAllocatesNothing) {
  Recorder recorder(3);
  HostTrace trace(recorder, 0);
  test::AllocationCounter counter;
  emit_lines(trace, 1000);
  EXPECT_EQ(counter.count(), 0u);
}

TEST(TraceAllocationTest, AFileOfEachFormCostsNothingForARecordLikeThoseBefore) {
  NullSink binary_sink, lines_sink, capture_sink;
  TraceWriterOptions options;
  options.checkpoint_interval = 1000;
  BinaryWriter binary(binary_sink, sample_header(), options);
  JsonLinesWriter lines(lines_sink, sample_header(), options);
  PcapngWriter capture(capture_sink, sample_header());
  Recorder recorder(3);
  recorder.set_depth(Layer::kPacket);
  recorder.add_sink(binary);
  recorder.add_sink(lines);
  recorder.add_sink(capture);
  HostTrace trace(recorder, 0);
  std::uint64_t number = 0;
  emit_lines(trace, 10'000);  // buffers have their working size
  emit_packets(recorder, number, 10'000);
  const std::uint64_t written = binary_sink.octets();
  test::AllocationCounter counter;
  emit_lines(trace, 10'000);
  emit_packets(recorder, number, 10'000);
  EXPECT_EQ(counter.count(), 0u);
  EXPECT_GT(binary_sink.octets(), written + 5'000'000);
  EXPECT_GT(capture_sink.octets(), 10'000'000u);
}

}  // namespace
}  // namespace mailcosm::sim
