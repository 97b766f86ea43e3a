// Runs a scenario file in a test, with the readers of the trace that the test asks for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace/record_id.h"
#include "sim/trace/trace_header.h"

namespace mailcosm::sim {

struct ScenarioRun {
  std::string problem;  // why it could not run; empty if it did
  std::string narrative;
  std::string lines;    // the trace as JSON Lines
  std::string binary;   // the same in the binary form
  std::string capture;  // pcapng; empty if packets were not asked for
  TraceHeader header;
  std::uint64_t digest = 0;
  std::vector<std::string> failed_expectations;
};

// `path` is relative to the root of the sources, where the tests run.
ScenarioRun run_scenario(const std::string& path, Layer depth = Layer::kPacket);

}  // namespace mailcosm::sim
