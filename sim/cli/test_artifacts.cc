#include "sim/cli/test_artifacts.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "sim/cli/files.h"
#include "sim/cli/view.h"
#include "sim/runner/report_text.h"
#include "sim/trace/narrative/narrative.h"
#include "sim/trace/pcapng_writer.h"
#include "sim/trace/trace_writer.h"
#include "sim/world/read_scenario.h"
#include "sim/world/world.h"

namespace mailcosm::cli {
namespace {

namespace fs = std::filesystem;
namespace runner = sim::runner;

// "../a/./b.yaml" becomes "a/b": a name below the folder of artifacts, whatever the file is called.
std::string folder_name(const runner::Case& the_case) {
  std::string name;
  fs::path path(the_case.file);
  path.replace_extension();
  for (const fs::path& part : path.lexically_normal().relative_path()) {
    if (part == ".." || part == "." || part.empty()) continue;
    name += (name.empty() ? "" : "/") + part.native();
  }
  if (the_case.variant.seed) name += fmt::format(".seed-{}", *the_case.variant.seed);
  if (the_case.variant.tie_break_seed != 0)
    name += fmt::format(".ties-{}", the_case.variant.tie_break_seed);
  return name;
}

class Folder {
 public:
  Folder(const std::string& path, runner::CaseResult& result) : path_(path), result_(result) {
    std::error_code error;
    fs::create_directories(path_, error);
  }

  std::string file(const char* name) const { return (path_ / name).native(); }

  // A file that is not there is told, and gives null.
  File open(const char* name) {
    auto opened = open_for_writing(file(name));
    if (opened) return std::move(*opened);
    std::fprintf(stderr, "mailcosm: %s\n", opened.error().what.c_str());
    return nullptr;
  }

  // Says whether the file has become what it was to be.
  void done(const char* name, bool good) {
    if (good) {
      result_.artifacts.push_back(file(name));
    } else {
      std::fprintf(stderr, "mailcosm: cannot write %s completely\n", file(name).c_str());
    }
  }

  void write(const char* name, const std::string& text) {
    const File opened = open(name);
    if (!opened) return;
    FileSink sink(opened.get());
    done(name, sink.write(text) && sink.flush());
  }

 private:
  fs::path path_;
  runner::CaseResult& result_;
};

// Runs it once more, with all readers of the trace. False if a file could not be opened.
bool write_run(const runner::Case& the_case, const sim::scenario::Scenario& scenario,
               Folder& folder) {
  const File story_file = folder.open("narrative.txt"), trace_file = folder.open("run.trace"),
             packets_file = folder.open("packets.pcapng");
  if (!story_file || !trace_file || !packets_file) return false;
  FileSink story_sink(story_file.get()), trace_sink(trace_file.get()),
      packets_sink(packets_file.get());
  std::optional<sim::Narrative> story;  // before the world: its readers outlive it
  std::unique_ptr<sim::TraceWriter> trace;
  std::optional<sim::PcapngWriter> packets;
  sim::World world(scenario, {sim::Layer::kPacket, the_case.variant.tie_break_seed});
  story.emplace(story_sink, world.header());
  trace = sim::make_trace_writer(sim::TraceFormat::kBinary, trace_sink, world.header());
  packets.emplace(packets_sink, world.header());
  world.add_sink(*story);
  world.add_sink(*trace);
  world.add_sink(*packets);
  while (world.advance(1'000'000)) {
  }
  world.finish();
  folder.done("narrative.txt", story->finish() && story_sink.flush());
  folder.done("run.trace", trace->finish() && trace_sink.flush());
  folder.done("packets.pcapng", packets->finish() && packets_sink.flush());
  return true;
}

void write_page(const runner::Case& the_case, Folder& folder) {
  ViewArguments page;
  page.trace = folder.file("run.trace");
  page.output = folder.file("replay.html");
  page.scenario = the_case.text;
  if (view(page) == 0) folder.done("replay.html", true);
}

}  // namespace

void write_artifacts(const std::string& folder, const runner::Case& the_case,
                     runner::CaseResult& result) {
  Folder below((fs::path(folder) / folder_name(the_case)).native(), result);
  below.write("failure.txt", runner::status_line(result, sim::Style::plain()) +
                                 runner::failure_report(result, sim::Style::plain()));
  below.write("reproduce.sh", "#!/bin/sh\nexec " + result.reproduction + "\n");
  below.write("scenario.yaml", the_case.text);
  if (result.verdict == runner::Verdict::kInternalError) return;
  std::vector<sim::scenario::Override> overrides;
  if (the_case.variant.seed)
    overrides.push_back({"seed", fmt::format("{}", *the_case.variant.seed)});
  const auto parsed = sim::read_scenario(the_case.file, the_case.text, overrides);
  if (!parsed.scenario) return;
  if (write_run(the_case, *parsed.scenario, below)) write_page(the_case, below);
}

}  // namespace mailcosm::cli
