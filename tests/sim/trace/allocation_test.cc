// Tracing that is off is free, and tracing that is on does not allocate per record.
#include <gtest/gtest.h>

#include "sim/trace/binary_writer.h"
#include "tests/sim/trace/sample.h"
#include "tests/support/allocations.h"

namespace mailcosm::sim {
namespace {

// Keeps nothing.
class NullSink final : public ByteSink {
 public:
  bool write(std::string_view) override { return true; }
};

void emit_lines(HostTrace& trace, int count) {
  for (int n = 0; n < count; ++n) {
    trace.emit(Kind::kLineSent, {"smtp", "MAIL FROM:<alice@red.com>"},
               {ConnectionId::of(0, 1), "<1@red.com>"});
  }
}

TEST(TraceAllocationTest, TracingThatIsOffAllocatesNothing) {
  Recorder recorder(3);
  HostTrace trace(recorder, 0);
  test::AllocationCounter counter;
  emit_lines(trace, 1000);
  EXPECT_EQ(counter.count(), 0u);
}

TEST(TraceAllocationTest, TheBinaryWriterAllocatesNothingForARecordLikeThoseBefore) {
  NullSink sink;
  TraceWriterOptions options;
  options.checkpoint_interval = 1'000'000;
  BinaryWriter writer(sink, sample_header(), options);
  Recorder recorder(3);
  recorder.set_depth(Layer::kProtocol);
  recorder.add_sink(writer);
  HostTrace trace(recorder, 0);
  emit_lines(trace, 10'000);  // buffers have their working size
  test::AllocationCounter counter;
  emit_lines(trace, 10'000);
  EXPECT_EQ(counter.count(), 0u);
}

}  // namespace
}  // namespace mailcosm::sim
