#include "sim/cli/run.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "sim/cli/exit_code.h"
#include "sim/cli/files.h"
#include "sim/cli/play.h"
#include "sim/cli/scenario_file.h"
#include "sim/cli/terminal.h"
#include "sim/cli/verify.h"
#include "sim/cli/view.h"
#include "sim/trace/narrative/narrative.h"
#include "sim/trace/pcapng_writer.h"
#include "sim/trace/trace_writer.h"
#include "sim/world/build_network.h"
#include "sim/world/plan.h"
#include "sim/world/traffic_summary.h"

namespace mailcosm::cli {
namespace {

sim::Layer layer_named(const std::string& name) {
  if (name == "story") return sim::Layer::kStory;
  return name == "protocol" ? sim::Layer::kProtocol : sim::Layer::kPacket;
}

// The dialogues of so many mails are nothing to read: they are counted instead.
constexpr std::int64_t kMailsToldMax = 1'000;

bool tells_story(const RunArguments& arguments, const sim::scenario::Scenario& scenario) {
  std::int64_t mails = 0;
  for (const auto& source : scenario.traffic.sources) mails += source.mails;
  return !arguments.quiet && mails <= kMailsToldMax;
}

sim::Layer depth_needed(const RunArguments& arguments, bool tells) {
  if (!tells && arguments.trace.empty() && arguments.html.empty()) return sim::Layer::kStory;
  if (arguments.trace.empty() && arguments.html.empty()) return sim::Layer::kProtocol;
  return std::max(layer_named(arguments.depth), sim::Layer::kProtocol);
}

// The files a run writes, with the sinks that write them.
class Outputs {
 public:
  // Attaches to the world what was asked for. False after telling why a file could not be opened.
  bool open(const RunArguments& arguments, const sim::scenario::Scenario& scenario,
            sim::World& world) {
    if (!arguments.trace.empty()) {
      trace_name_ = arguments.trace;
      if (!open_file(arguments.trace, trace_file_, trace_sink_)) return false;
      const bool lines = arguments.trace == "-" || arguments.trace.ends_with(".jsonl");
      trace_ = sim::make_trace_writer(
          lines ? sim::TraceFormat::kJsonLines : sim::TraceFormat::kBinary, *trace_sink_,
          world.header(), {layer_named(arguments.depth), 4096});
      world.add_sink(*trace_);
    }
    if (!arguments.html.empty()) {
      page_trace_ = std::make_unique<TemporaryFile>();
      if (!open_file(page_trace_->path(), page_file_, page_sink_)) return false;
      page_ = sim::make_trace_writer(sim::TraceFormat::kBinary, *page_sink_, world.header(),
                                     {layer_named(arguments.depth), 4096});
      world.add_sink(*page_);
    }
    if (!arguments.pcap.empty()) {
      pcap_name_ = arguments.pcap;
      if (!open_file(arguments.pcap, pcap_file_, pcap_sink_)) return false;
      pcap_ = std::make_unique<sim::PcapngWriter>(*pcap_sink_, world.header());
      world.add_sink(*pcap_);
      world.add_kind(sim::Kind::kPacketSent);
    }
    if (!arguments.quiet && !scenario.traffic.sources.empty()) {
      summary_ = std::make_unique<sim::TrafficSummary>(world.header());
      world.add_sink(*summary_);
    }
    if (tells_story(arguments, scenario)) {
      narrative_ = std::make_unique<sim::Narrative>(
          story_sink_, world.header(),
          sim::NarrativeOptions{.style = style_of_stdout(), .width = width_of_stdout()});
      world.add_sink(*narrative_);
    }
    return true;
  }

  // Whether something can be written no more: then the rest of the run is in vain.
  bool has_failed() const {
    const auto failed = [](const auto& sink) { return sink && sink->has_failed(); };
    return story_sink_.has_failed() || failed(trace_sink_) || failed(page_sink_) ||
           failed(pcap_sink_);
  }

  // Writes what is still held back. False after telling what could not be written.
  bool finish() {
    bool good = true;
    if (narrative_) good = check(narrative_->finish() && story_sink_.flush(), "the story");
    if (trace_) good = check(trace_->finish() && trace_sink_->flush(), trace_name_) && good;
    if (page_)
      good = check(page_->finish() && page_sink_->flush(), "what the page is made from") && good;
    if (pcap_) good = check(pcap_->finish() && pcap_sink_->flush(), pcap_name_) && good;
    return good;
  }

  // Numbers of the traffic, if there was any.
  void print_summary() const {
    if (summary_) std::fputs(("\n" + summary_->text()).c_str(), stdout);
  }

  // After finish(): the page from what was recorded. Gives the exit code.
  int write_page(const RunArguments& arguments) const {
    ViewArguments page;
    page.trace = page_trace_->path();
    page.output = arguments.html;
    if (arguments.scenario.file != "-") {
      page.scenario = read_file(arguments.scenario.file, kScenarioOctetsMax).value_or("");
    }
    return view(page);
  }

 private:
  static constexpr std::size_t kScenarioOctetsMax = std::size_t{4} << 20;

  static bool open_file(const std::string& path, File& file, std::unique_ptr<FileSink>& sink) {
    auto opened = open_for_writing(path);
    if (!opened) {
      std::fprintf(stderr, "mailcosm: %s\n", opened.error().what.c_str());
      return false;
    }
    file = std::move(*opened);
    sink = std::make_unique<FileSink>(file.get());
    return true;
  }

  static bool check(bool good, const std::string& name) {
    if (!good) {
      std::fprintf(stderr, "mailcosm: %s could not be written completely (disk full?)\n",
                   name == "-" ? "the output" : name.c_str());
    }
    return good;
  }

  std::string trace_name_, pcap_name_;
  FileSink story_sink_{stdout};
  std::unique_ptr<TemporaryFile> page_trace_;
  File trace_file_, page_file_, pcap_file_;
  std::unique_ptr<FileSink> trace_sink_, page_sink_, pcap_sink_;
  std::unique_ptr<sim::TraceWriter> trace_, page_;
  std::unique_ptr<sim::PcapngWriter> pcap_;
  std::unique_ptr<sim::Narrative> narrative_;
  std::unique_ptr<sim::TrafficSummary> summary_;
};

// Tells which expectations did not hold, and how many there were. Gives the exit code.
int report(const RunArguments& arguments, const sim::scenario::Scenario& scenario,
           const sim::World& world) {
  std::size_t held = 0;
  for (const auto& result : world.results()) {
    if (result.held) {
      ++held;
      continue;
    }
    const auto& position = result.source;
    std::fprintf(stderr, "%s:%u:%u: expectation failed: %s\n    found: %s\n",
                 scenario.files[position.file].c_str(), position.line, position.column,
                 result.sentence.c_str(), result.found.c_str());
  }
  const bool all = held == world.results().size();
  if (!all)
    std::fprintf(stderr, "Reproduce it with: %s\n", reproduction(arguments.scenario).c_str());
  if (!arguments.quiet) {
    std::printf(
        "%s\n",
        world.results().empty()
            ? "The scenario states no expectations."
            : fmt::format("{} of {} expectations held.", held, world.results().size()).c_str());
  }
  return all ? kOk : kExpectationFailed;
}

int explain_parallel(const RunArguments& arguments, const sim::scenario::Scenario& scenario) {
  const sim::Topology topology = sim::build_topology(scenario);
  const sim::Plan plan = sim::plan_of(scenario, topology, arguments.threads);
  std::fputs(sim::explain(plan, scenario, topology).c_str(), stdout);
  return kOk;
}

}  // namespace

int run(const RunArguments& arguments) {
  const LoadedScenario loaded = load_scenario(arguments.scenario);
  if (!loaded.scenario) return loaded.exit_code;
  if (arguments.explain_parallel) return explain_parallel(arguments, *loaded.scenario);
  Outputs outputs;  // before the world: its sinks outlive it
  sim::World world(*loaded.scenario,
                   {depth_needed(arguments, tells_story(arguments, *loaded.scenario)),
                    arguments.tie_break_seed, arguments.threads});
  if (!outputs.open(arguments, *loaded.scenario, world)) return kRuntimeFailure;
  play(world, reproduction(arguments.scenario), [&outputs] { return outputs.has_failed(); });
  if (!outputs.finish()) return kRuntimeFailure;
  if (!arguments.html.empty() && outputs.write_page(arguments) != kOk) return kRuntimeFailure;
  outputs.print_summary();
  const int exit_code = report(arguments, *loaded.scenario, world);
  if (arguments.verify) {
    const int verified = verify(arguments, *loaded.scenario);
    if (verified != kOk) return verified;
  }
  return exit_code;
}

}  // namespace mailcosm::cli
