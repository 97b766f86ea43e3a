// GoldenRecorder: makes the golden of a run while it runs.
//
// A reader of the story and protocol layers; the result is the same if packets are recorded as
// well. Keeps sixteen octets for each record, up to a limit beyond which causes are not known, and
// the steps that are shown.
#pragma once

#include <memory>

#include "sim/golden/golden.h"
#include "sim/trace/record.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

// What a run counts besides its records.
struct RunTotals {
  std::uint64_t packets = 0;     // World::packets()
  std::uint64_t link_draws = 0;  // World::link_draws()
};

class GoldenRecorder final : public RecordSink {
 public:
  // The header must outlive it.
  GoldenRecorder(const TraceHeader& header, std::uint64_t scenario_digest, std::uint64_t seed);
  ~GoldenRecorder() override;

  void accept(const Record& record) override;
  // Call once, after the last record.
  Golden finish(const RunTotals& totals);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// What stands as `scenario` in a golden: a digest of the scenario's text, whatever its line ends.
std::uint64_t scenario_digest(std::string_view text);

}  // namespace mailcosm::sim
