#include "tests/scenarios/run_scenario.h"

#include <fstream>
#include <iterator>

#include "sim/scenario/parse.h"
#include "sim/trace/narrative/narrative.h"
#include "sim/trace/pcapng_writer.h"
#include "sim/trace/trace_writer.h"
#include "sim/world/world.h"

namespace mailcosm::sim {

ScenarioRun run_scenario(const std::string& path, Layer depth) {
  ScenarioRun run;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto parsed = scenario::parse(path, text, {});
  if (!parsed.scenario) {
    run.problem = scenario::to_text(parsed.problems);
    return run;
  }
  World world(*parsed.scenario, {depth, 0});
  run.header = world.header();
  StringSink story, lines, binary, capture;
  Narrative narrative(story, run.header);
  const auto lines_writer = make_trace_writer(TraceFormat::kJsonLines, lines, run.header);
  const auto binary_writer = make_trace_writer(TraceFormat::kBinary, binary, run.header);
  PcapngWriter pcapng(capture, run.header);
  for (RecordSink* sink : std::initializer_list<RecordSink*>{&narrative, lines_writer.get(),
                                                             binary_writer.get(), &pcapng}) {
    world.add_sink(*sink);
  }
  while (world.advance(100'000)) {
  }
  world.finish();
  const bool written =
      narrative.finish() && lines_writer->finish() && binary_writer->finish() && pcapng.finish();
  if (!written) run.problem = "a reader of the trace failed";
  run.narrative = story.bytes();
  run.lines = lines.bytes();
  run.binary = binary.bytes();
  run.capture = capture.bytes();
  run.digest = world.digest();
  for (const auto& result : world.results()) {
    if (!result.held)
      run.failed_expectations.push_back(result.sentence + " Found: " + result.found);
  }
  return run;
}

}  // namespace mailcosm::sim
