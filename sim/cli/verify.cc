#include "sim/cli/verify.h"

#include <cstdio>
#include <optional>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/play.h"
#include "sim/trace/trace_writer.h"

namespace mailcosm::cli {
namespace {

// Digest of one run whose trace goes into the file; nothing if it could not be written.
std::optional<std::uint64_t> record(const RunArguments& arguments,
                                    const sim::scenario::Scenario& scenario,
                                    const std::string& path, std::size_t threads) {
  auto file = open_for_writing(path);
  if (path.empty() || !file) return std::nullopt;
  FileSink sink(file->get());
  sim::World world(scenario, {sim::Layer::kPacket, arguments.tie_break_seed, threads});
  const auto writer = sim::make_trace_writer(sim::TraceFormat::kBinary, sink, world.header());
  world.add_sink(*writer);
  play(world, reproduction(arguments.scenario));
  if (!writer->finish() || !sink.flush()) return std::nullopt;
  return world.digest();
}

int tell_difference(const TemporaryFile& first, const TemporaryFile& second) {
  FileTrace left(first.path());
  FileTrace right(second.path());
  const auto difference = sim::diff_traces(left, right);
  const auto reader = left.open();
  std::fputs(
      "mailcosm: two runs of the same scenario and seed differ. This is a bug of Mailcosm.\n",
      stderr);
  if (difference && reader) {
    std::fputs(sim::describe(*difference, (*reader)->header(), "first run", "second run").c_str(),
               stderr);
  }
  return kNondeterministic;
}

}  // namespace

int verify(const RunArguments& arguments, const sim::scenario::Scenario& scenario) {
  const TemporaryFile first;
  const TemporaryFile second;
  const auto first_digest = record(arguments, scenario, first.path(), 1);
  const auto second_digest = record(arguments, scenario, second.path(), arguments.threads);
  if (!first_digest || !second_digest) {
    std::fputs("mailcosm: --verify needs room for two traces in $TMPDIR\n", stderr);
    return kRuntimeFailure;
  }
  if (*first_digest != *second_digest) return tell_difference(first, second);
  if (!arguments.quiet) {
    std::printf("Verified: two runs gave the same trace, digest %016llx.\n",
                static_cast<unsigned long long>(*first_digest));
  }
  return kOk;
}

}  // namespace mailcosm::cli
