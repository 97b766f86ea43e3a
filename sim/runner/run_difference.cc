#include "sim/runner/run_difference.h"

#include <memory>
#include <vector>

#include "sim/trace/byte_sink.h"
#include "sim/trace/trace_diff.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::sim::runner {
namespace {

// A trace in memory.
class MemoryTrace final : public TraceOpener {
 public:
  MemoryTrace(const scenario::Scenario& scenario, const WorldOptions& options) {
    StringSink sink;
    std::unique_ptr<TraceWriter> writer;  // before the world: its readers outlive it
    World world(scenario, options);
    header_ = world.header();
    writer = make_trace_writer(TraceFormat::kBinary, sink, header_);
    world.add_sink(*writer);
    while (world.advance(1'000'000)) {
    }
    world.finish();
    complete_ = writer->finish();
    bytes_ = sink.bytes();
  }

  Result<std::unique_ptr<TraceReader>> open() override {
    if (!complete_) return Error{"the trace could not be written", 0};
    sources_.push_back(std::make_unique<StringSource>(bytes_));
    return open_trace(*sources_.back());
  }
  const TraceHeader& header() const { return header_; }

 private:
  TraceHeader header_;
  std::string bytes_;
  bool complete_ = false;
  std::vector<std::unique_ptr<StringSource>> sources_;
};

}  // namespace

std::string difference_of_two_runs(const scenario::Scenario& scenario,
                                   const WorldOptions& options) {
  MemoryTrace first(scenario, options);
  MemoryTrace second(scenario, options);
  const auto difference = diff_traces(first, second);
  if (!difference) return difference.error().what + "\n";
  if (difference->equal()) return "Two more runs agree with each other; run it more often.\n";
  return describe(*difference, first.header(), "one run", "another run");
}

}  // namespace mailcosm::sim::runner
