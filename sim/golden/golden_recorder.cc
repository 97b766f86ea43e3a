#include "sim/golden/golden_recorder.h"

#include "protocols/base/hash.h"
#include "sim/golden/golden_steps.h"
#include "sim/golden/run_prints.h"
#include "sim/golden/stable_text.h"
#include "sim/trace/narrative/narrative.h"

namespace mailcosm::sim {
namespace {

constexpr std::size_t kDataLines = 12;          // of a message that is shown for the first time
constexpr std::size_t kProtocolLinesMax = 100;  // of a step

NarrativeOptions options() {
  NarrativeOptions options;
  options.lines_max = kProtocolLinesMax;
  options.data_lines = kDataLines;
  return options;
}

}  // namespace

struct GoldenRecorder::Parts {
  Parts(const TraceHeader& header, std::uint64_t digest, std::uint64_t seed)
      : stable(header.epoch),
        prints(header, stable),
        steps(header, stable),
        narrative(steps, header, options()) {
    golden.scenario_digest = digest;
    golden.seed = seed;
  }

  StableText stable;
  RunPrints prints;
  GoldenSteps steps;
  Narrative narrative;
  Golden golden;
};

GoldenRecorder::GoldenRecorder(const TraceHeader& header, std::uint64_t scenario_digest,
                               std::uint64_t seed)
    : parts_(std::make_unique<Parts>(header, scenario_digest, seed)) {}

GoldenRecorder::~GoldenRecorder() = default;

void GoldenRecorder::accept(const Record& record) {
  if (record.id.layer() == Layer::kPacket) return;
  parts_->prints.add(record);
  parts_->steps.remember(record);
  parts_->narrative.accept(record);
}

Golden GoldenRecorder::finish(const RunTotals& totals) {
  Golden golden = std::move(parts_->golden);
  static_cast<void>(parts_->narrative.finish());  // the steps take everything
  parts_->prints.finish();
  parts_->prints.add_totals(totals.packets, totals.link_draws);
  golden.layers = parts_->prints.layers();
  golden.hosts = parts_->prints.hosts();
  if (golden.hosts.size() > Golden::kHostsMax) golden.hosts.clear();
  parts_->steps.move_to(golden);
  return golden;
}

std::uint64_t scenario_digest(std::string_view text) {
  Hash64 hash;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool line_end = text.substr(at, 2) == "\r\n";
    if (!line_end) hash.add(text.substr(at, 1));
  }
  return hash.value();
}

}  // namespace mailcosm::sim
