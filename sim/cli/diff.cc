#include "sim/cli/diff.h"

#include <cstdio>
#include <optional>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/play.h"
#include "sim/cli/scenario_file.h"
#include "sim/golden/golden_difference.h"
#include "sim/golden/golden_recorder.h"
#include "sim/scenario/limits.h"

namespace mailcosm::cli {
namespace {

enum class Form { kTrace, kGolden, kScenario };

Form form_of(const std::string& path) {
  if (path.ends_with(".yaml") || path.ends_with(".yml")) return Form::kScenario;
  const File file(std::fopen(path.c_str(), "rb"));
  char front[64];
  const std::size_t count = file ? std::fread(front, 1, sizeof front, file.get()) : 0;
  return sim::is_golden({front, count}) ? Form::kGolden : Form::kTrace;
}

int refuse(const std::string& what, int exit_code) {
  std::fprintf(stderr, "mailcosm: %s\n", what.c_str());
  return exit_code;
}

int tell(const std::string& report, bool same) {
  std::fputs(report.c_str(), stdout);
  return same ? kOk : kExpectationFailed;
}

// Without what a trace does not say: packets and draws of links.
Result<sim::Golden> golden_of_trace(FileTrace& trace) {
  auto reader = trace.open();
  if (!reader) return reader.error();
  sim::GoldenRecorder recorder((*reader)->header(), 0, 0);
  sim::OwnedRecord record;
  while (true) {
    const Result<bool> more = (*reader)->next(record);
    if (!more) return more.error();
    if (!*more) return recorder.finish({});
    recorder.accept(sim::RecordView(record).record());
  }
}

// In which layers two traces differ, whatever times and draws do within texts.
std::string layers_of(FileTrace& left, FileTrace& right) {
  const auto left_golden = golden_of_trace(left);
  const auto right_golden = golden_of_trace(right);
  if (!left_golden || !right_golden) return {};
  const sim::GoldenDifference difference = sim::compare(*left_golden, *right_golden);
  return "\nApart from what follows from times and draws within texts (queue ids, dates):\n  " +
         difference.summary + ".\n";
}

int diff_of_traces(const DiffArguments& arguments) {
  FileTrace left(arguments.left);
  FileTrace right(arguments.right);
  const auto difference = sim::diff_traces(left, right);
  if (!difference) return refuse(difference.error().what, kRuntimeFailure);
  auto reader = left.open();
  if (!reader) return kRuntimeFailure;
  std::string report =
      sim::describe(*difference, (*reader)->header(), arguments.left, arguments.right);
  if (!difference->equal()) report += layers_of(left, right);
  return tell(report, difference->equal());
}

// Runs a scenario. Nothing after telling what is wrong with it.
std::optional<sim::Golden> golden_of_scenario(const std::string& path, int& exit_code) {
  const LoadedScenario loaded = load_scenario({path, {}, {}, {}});
  const auto text = read_file(path, sim::scenario::kFileSizeMax);
  if (!loaded.scenario || !text) {
    exit_code = loaded.exit_code;
    return std::nullopt;
  }
  sim::World world(*loaded.scenario, {sim::Layer::kProtocol, 0});
  sim::GoldenRecorder recorder(world.header(), sim::scenario_digest(*text), loaded.scenario->seed);
  world.add_sink(recorder);
  play(world, reproduction(ScenarioArguments{path, {}, {}, {}}));
  return recorder.finish({world.packets(), world.link_draws()});
}

std::optional<sim::Golden> golden_of(const std::string& path, int& exit_code) {
  if (form_of(path) == Form::kScenario) return golden_of_scenario(path, exit_code);
  const auto text = read_file(path, sim::Golden::kFileSizeMax);
  exit_code = kRuntimeFailure;
  if (!text) {
    refuse(text.error().what, exit_code);
    return std::nullopt;
  }
  auto golden = sim::parse_golden(*text);
  if (!golden) {
    refuse(path + ": " + golden.error().what, exit_code);
    return std::nullopt;
  }
  return std::move(*golden);
}

int diff_of_goldens(const DiffArguments& arguments) {
  int exit_code = kRuntimeFailure;
  const auto left = golden_of(arguments.left, exit_code);
  if (!left) return exit_code;
  const auto right = golden_of(arguments.right, exit_code);
  if (!right) return exit_code;
  const sim::GoldenDifference difference =
      sim::compare(*left, *right, {arguments.left, arguments.right});
  return tell(difference.same() ? "The two are the same.\n" : difference.report, difference.same());
}

}  // namespace

int diff(const DiffArguments& arguments) {
  const bool left = form_of(arguments.left) == Form::kTrace;
  const bool right = form_of(arguments.right) == Form::kTrace;
  if (left && right) return diff_of_traces(arguments);
  if (!left && !right) return diff_of_goldens(arguments);
  return refuse("a trace can only be compared with a trace; goldens and scenarios with each other",
                kUsage);
}

}  // namespace mailcosm::cli
